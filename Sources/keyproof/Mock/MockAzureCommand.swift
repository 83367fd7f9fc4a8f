import ArgumentParser
import Providers
import Secrets
import Worlds

struct MockAzureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "azure",
    abstract: "Runs a mock Azure OpenAI: deployments, two keys a resource, key management.",
    discussion: """
      One address serves all resources, the resource manager and Entra's token endpoint. A \
      resource is told by the first label of the host (NAME.localhost); another host gets the \
      first one.
      """
  )

  @OptionGroup var options: MockOptions
  @OptionGroup var azure: MockAzureOptions

  mutating func run() async throws {
    let terminal = Terminal()
    let clock = WallClock()
    let configuration = try MockAzureConfiguration.load(options.config, terminal: terminal)
    let resources = try azure.resources(configuration)
    let session = try MockSession(options, configuration.common, terminal: terminal, clock: clock)
    let identities = configuration.mockIdentities
    let issuer = try EntraIssuer(identities: identities, clock: clock)
    let mock = try AzureOpenAIMock(
      resources: resources,
      propagation: AzureKeyPropagation(
        oldKeys: azure.oldKeysLast.map { .delay($0.value) }
          ?? configuration.common.revocation?.value ?? .immediate,
        newKeysWait: azure.newKeysWait?.value ?? configuration.newKeysWait?.value ?? .zero
      ),
      speed: configuration.common.speed,
      ledger: session.books.ledger,
      lastOrder: try session.books.ledger.lastOrder(),
      journalCapacity: configuration.common.journalCapacity,
      prices: configuration.priceTable,
      clock: clock,
      randomness: session.randomness,
      checkToken: { issuer.check($0, audiences: $1) },
      observe: { _ in }
    )
    if let behaviour = configuration.common.behaviour { mock.behaviour = behaviour }
    let greeting = AzureGreeting(
      resource: mock.resources[0],
      keys: try mock.secrets(of: mock.resources[0].name),
      identity: identities[0]
    )
    try await session.run(
      "azure",
      port: 8_081,
      responder: AzureFront(mock: mock, issuer: issuer).responder,
      routes: AzureControl(mock: mock).routes
    ) { origin, token in
      greeting.text(origin: origin, controlToken: token)
    }
  }
}

extension MockAzureConfiguration {
  /// One that may do everything, unless the file names others.
  fileprivate var mockIdentities: [AzureIdentity] {
    guard identities.isEmpty else {
      return identities.map { identity in
        AzureIdentity(
          tenant: identity.tenant,
          clientID: identity.clientId,
          clientSecret: identity.clientSecret.value,
          mayCallModels: identity.callsModels ?? true,
          mayManageKeys: identity.managesKeys ?? true
        )
      }
    }
    return [
      AzureIdentity(
        tenant: "00000000-0000-4000-8000-0000000000aa",
        clientID: "00000000-0000-4000-8000-0000000000bb",
        clientSecret: Secret("mock-client-secret")
      )
    ]
  }

  fileprivate var priceTable: PriceTable {
    var table = PriceTable.azure
    for price in prices { table.set(price.value) }
    return table
  }
}

/// What is printed when the mock listens: all that it takes to try it.
private struct AzureGreeting: Sendable {
  let resource: AzureResource
  let keys: [Secret]
  let identity: AzureIdentity

  /// - Parameter controlToken: nil when its owner knows it already.
  func text(origin: String, controlToken: Secret?) -> String {
    func plain(_ secret: Secret) -> String { secret.reveal { $0 } }
    let names = resource.deployments.map { "\($0.name) (\($0.model))" }.joined(separator: ", ")
    let deployment = resource.deployments.first?.name ?? "DEPLOYMENT"
    let account =
      "\(origin)/subscriptions/\(resource.subscription)/resourceGroups/\(resource.resourceGroup)"
      + "/providers/Microsoft.CognitiveServices/accounts/\(resource.name)"
    return """
      Mock Azure OpenAI at \(origin)
      Resource:      \(resource.name)   deployments: \(names)
      Key 1:         \(plain(keys[0]))
      Key 2:         \(plain(keys[1]))
      Keys at:       \(account)/listKeys, …/regenerateKey
      Entra:         tenant \(identity.tenant), client \(identity.clientID),
                     secret \(plain(identity.clientSecret))
      Control token: \(controlToken.map(plain) ?? "as given")   (\(origin)\(ControlAPI.prefix)/)

      Try it:
        export AZURE_OPENAI_ENDPOINT=\(origin) AZURE_OPENAI_API_KEY=\(plain(keys[0]))
        export OPENAI_API_VERSION=2024-10-21
        curl -s "$AZURE_OPENAI_ENDPOINT/openai/deployments/\(deployment)\
      /chat/completions?api-version=$OPENAI_API_VERSION" \\
          -H "api-key: $AZURE_OPENAI_API_KEY" \\
          -d '{"messages":[{"role":"user","content":"Hello"}]}'
      """
  }
}
