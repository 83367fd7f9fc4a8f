import Evidence
import Orchestrator
import ScenarioFiles
import SecretManagers
import Secrets
import Worlds

/// Where the vendor of a story keeps customers' keys, as its operator configures it and as the
/// secret manager knows it.
struct CustodyCast: Sendable {
  static let vaultHost = "vault.vendor.example"
  static let awsRegion = "eu-west-1"
  static let awsHost = "secretsmanager.eu-west-1.amazonaws.com"
  static let keyVaultHost = "vendor-assistant.vault.azure.net"
  static let entraTenant = "7e7a0000-0000-4000-8000-0000000000ff"
  static let folder = "keyproof"
  /// What the access log calls the vendor's program.
  static let principal = "vendor-assistant"

  let manager: WorldDescription.SecretManager
  /// AppRole's role id, AWS's access key id, Entra's client id.
  let roleID: String
  /// What belongs to it, and only the vendor's program knows.
  let secretID: Secret

  init(_ manager: WorldDescription.SecretManager, randomness: Randomness) {
    self.manager = manager
    roleID = "mock-role-" + randomness.text("custody/role-id", 20)
    secretID = Secret("mock-secret-id-" + randomness.text("custody/secret-id", 30))
  }

  var configuration: OrchestratorConfiguration.Custody {
    var custody = OrchestratorConfiguration.Custody()
    switch manager {
    case .embedded: break
    case .vault:
      custody.keeper = .vault
      custody.vault = .init(address: "https://\(Self.vaultHost)", roleID: roleID)
    case .aws:
      custody.keeper = .aws
      custody.aws = .init(region: Self.awsRegion, accessKeyID: roleID)
    case .azureKeyVault:
      custody.keeper = .azureKeyVault
      custody.azureKeyVault = .init(
        address: "https://\(Self.keyVaultHost)",
        entraTenant: Self.entraTenant,
        clientID: roleID
      )
      custody.azureKeyVault?.authority = "https://\(KeyVaultMock.authorityHost)"
    }
    return custody
  }

  func addCredentials(to secrets: inout OrchestratorSecrets) {
    switch manager {
    case .embedded: break
    case .vault: secrets.vaultSecretID = secretID
    case .aws: secrets.awsSecretAccessKey = secretID
    case .azureKeyVault: secrets.keyVaultClientSecret = secretID
    }
  }

  var hosts: [String] {
    switch manager {
    case .embedded: []
    case .vault: [Self.vaultHost]
    case .aws: [Self.awsHost]
    case .azureKeyVault: [Self.keyVaultHost, KeyVaultMock.authorityHost]
    }
  }

  /// What the evidence calls a manager whose log tells of every retrieval; nil where there is none.
  var watched: String? {
    manager == .embedded ? nil : manager.rawValue
  }

  /// The name of a customer's secret, as the access log has it.
  func secretName(of tenant: String) -> String {
    switch manager {
    case .embedded: ""
    case .vault: "\(VaultMock.keyValueMount)/\(path(of: tenant))"
    case .aws, .azureKeyVault: path(of: tenant)
    }
  }

  /// Below the mount.
  func path(of tenant: String) -> String {
    // Ids of a world have small letters, digits and hyphens; Azure's names double the last.
    manager == .azureKeyVault
      ? "\(Self.folder)-customer-"
        + tenant.split(separator: "-", omittingEmptySubsequences: false)
        .joined(separator: "--")
      : "\(Self.folder)/customer-\(tenant)"
  }
}
