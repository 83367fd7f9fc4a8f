import ArgumentParser
import SecretManagers
import Secrets
import Worlds

struct MockVaultCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vault",
    abstract: "Runs a mock HashiCorp Vault: AppRole, key-value engine 2, transit, seal.",
    discussion: """
      It keeps everything in memory. The access log goes to standard output, a line for each \
      request.
      """
  )

  @OptionGroup var options: MockManagerOptions

  mutating func run() async throws {
    let clock = WallClock()
    let rootToken = options.credential("root-token", prefix: "hvs.mock-")
    let secretID = options.credential("secret-id", prefix: "mock-secret-id-")
    var role = VaultRole.keeper(
      name: "assistant",
      roleID: "mock-role",
      secretID: secretID,
      folder: "keyproof"
    )
    role.rules +=
      VaultRole.wrapper(
        name: "assistant",
        roleID: "mock-role",
        secretID: secretID,
        key: "keyproof"
      ).rules
    let mock = VaultMock(
      roles: [role],
      rootToken: rootToken,
      clock: clock,
      randomness: options.randomness,
      observe: MockManagerOptions.print
    )
    mock.createTransitKey("keyproof")
    try await options.run(port: 8_200, clock: clock, responder: mock.responder) { origin in
      let token = rootToken.reveal { $0 }
      return """
        Mock Vault at \(origin)
        Root token: \(token)
        AppRole:    role mock-role, secret \(secretID.reveal { $0 })
                    (secret/keyproof/*, transit/encrypt/keyproof, transit/decrypt/keyproof)

        Try it:
          export VAULT_ADDR=\(origin) VAULT_TOKEN=\(token)
          curl -s $VAULT_ADDR/v1/secret/data/keyproof/acme -H "X-Vault-Token: $VAULT_TOKEN" \\
            -d '{"data":{"api_key":"sk-test"}}'
        """
    }
  }
}
