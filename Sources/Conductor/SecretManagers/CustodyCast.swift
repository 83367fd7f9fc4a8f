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
  static let folder = "keyproof"
  /// What the access log calls the vendor's program.
  static let principal = "vendor-assistant"

  let manager: WorldDescription.SecretManager
  let roleID: String
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
    }
    return custody
  }

  func addCredentials(to secrets: inout OrchestratorSecrets) {
    switch manager {
    case .embedded: break
    case .vault: secrets.vaultSecretID = secretID
    }
  }

  var hosts: [String] {
    switch manager {
    case .embedded: []
    case .vault: [Self.vaultHost]
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
    }
  }

  /// Below the mount.
  func path(of tenant: String) -> String { "\(Self.folder)/customer-\(tenant)" }
}
