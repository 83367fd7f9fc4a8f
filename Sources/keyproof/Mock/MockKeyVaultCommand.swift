import ArgumentParser
import SecretManagers
import Secrets
import Worlds

struct MockKeyVaultCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key-vault",
    abstract: "Runs a mock Azure Key Vault with a token endpoint of Entra: challenge, versions.",
    discussion: """
      It keeps everything in memory. The access log goes to standard output, a line for each \
      request. It speaks plain HTTP; Azure's own clients want TLS in front of it: \
      Sources/SecretManagers/README.md says how.
      """
  )

  @OptionGroup var options: MockManagerOptions

  @Option(help: "The vault's name: its ids begin with https://NAME.vault.azure.net.")
  var vault = "keyproof"

  @Option(help: "What tokens must be for; clients want the vault's host to lie below it.")
  var resource = "https://vault.azure.net"

  mutating func run() async throws {
    let clock = WallClock()
    let client = KeyVaultClientIdentity(
      name: "assistant",
      tenant: "7e7a0000-0000-4000-8000-000000000001",
      clientID: "c11e0000-0000-4000-8000-000000000001",
      clientSecret: options.credential("client-secret", prefix: "mock-client-")
    )
    let resource = resource
    let mock = KeyVaultMock(
      host: "\(vault).vault.azure.net",
      resource: resource,
      clients: [client],
      clock: clock,
      randomness: options.randomness,
      observe: MockManagerOptions.print
    )
    try await options.run(port: 8_400, clock: clock, responder: mock.responder) { origin in
      """
      Mock Azure Key Vault at \(origin), and Entra's token endpoint beside it
      Tenant:        \(client.tenant)
      Client id:     \(client.clientID)
      Client secret: \(client.clientSecret.reveal { $0 })
      Resource:      \(resource)

      Try it:
        TOKEN=$(curl -s \(origin)/\(client.tenant)/oauth2/v2.0/token \\
          -d grant_type=client_credentials -d client_id=\(client.clientID) \\
          -d client_secret=\(client.clientSecret.reveal { $0 }) \\
          -d scope=\(resource)/.default | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
        curl -s -X PUT "\(origin)/secrets/keyproof-acme?api-version=7.4" \\
          -H "Authorization: Bearer $TOKEN" -d '{"value":"sk-test"}'
      """
    }
  }
}
