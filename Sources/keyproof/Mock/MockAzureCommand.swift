import ArgumentParser
import Providers
import ScenarioFiles
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

  @OptionGroup var options: MockAzureOptions

  mutating func run() async throws {
    let terminal = Terminal()
    let clock = WallClock()
    let token = Secret(options.controlToken ?? ControlToken.random())
    let identity = AzureIdentity(
      tenant: "00000000-0000-4000-8000-0000000000aa",
      clientID: "00000000-0000-4000-8000-0000000000bb",
      clientSecret: Secret("mock-client-secret")
    )
    let issuer = try EntraIssuer(identities: [identity], clock: clock)
    let mock = try AzureOpenAIMock(
      resources: try options.resources(),
      propagation: AzureKeyPropagation(
        oldKeysLast: options.oldKeysLast?.value ?? .zero,
        newKeysWait: options.newKeysWait?.value ?? .zero
      ),
      speed: ModelSpeed(
        firstToken: .zero ... .zero,
        betweenTokens: .zero ... .zero,
        embedding: .zero ... .zero
      ),
      clock: clock,
      randomness: Randomness(seed: options.seed),
      checkToken: { issuer.check($0, audiences: $1) },
      observe: { _ in }
    )
    let control = ControlAPI(
      provider: "azure",
      token: token,
      clock: clock,
      routes: AzureControl(mock: mock).routes
    )
    let service = SocketService(
      responder: control.guarding(AzureFront(mock: mock, issuer: issuer).responder),
      background: { try await clock.sleep(for: .seconds(3_600 * 24 * 365)) },
      finish: {}
    )
    let server = SocketServer(
      host: options.host,
      port: options.port,
      limits: ServerLimits(),
      clock: clock
    )
    let host = options.host.contains(":") ? "[\(options.host)]" : options.host
    let greeting = AzureGreeting(
      resource: mock.resources[0],
      keys: try mock.secrets(of: mock.resources[0].name),
      identity: identity,
      controlToken: options.controlToken == nil ? token : nil
    )
    try await server.run(service) { port in
      terminal.print(greeting.text(origin: "http://\(host):\(port)"))
    }
  }
}

/// What is printed when the mock listens: all that it takes to try it.
private struct AzureGreeting: Sendable {
  let resource: AzureResource
  let keys: [Secret]
  let identity: AzureIdentity
  /// Nil when its owner knows it already.
  let controlToken: Secret?

  func text(origin: String) -> String {
    func plain(_ secret: Secret) -> String { secret.reveal { $0 } }
    let names = resource.deployments.map { "\($0.name) (\($0.model))" }.joined(separator: ", ")
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
        curl -s "$AZURE_OPENAI_ENDPOINT/openai/deployments/\(resource.deployments[0].name)\
      /chat/completions?api-version=$OPENAI_API_VERSION" \\
          -H "api-key: $AZURE_OPENAI_API_KEY" \\
          -d '{"messages":[{"role":"user","content":"Hello"}]}'
      """
  }
}
