package import Secrets

/// Somebody who may log in to a mock Vault with an AppRole, and what they may do.
package struct VaultRole: Sendable {
  package enum Capability: String, Sendable, CaseIterable {
    case create
    case read
    case update
    case delete
    case list
  }

  /// One rule of a policy: `secret/data/tenants/*`, or a path without the star.
  package struct Rule: Sendable {
    package var path: String
    package var capabilities: Set<Capability>

    package init(_ path: String, _ capabilities: Set<Capability>) {
      self.path = path
      self.capabilities = capabilities
    }

    func allows(_ capability: Capability, at path: String) -> Bool {
      guard capabilities.contains(capability) else { return false }
      return self.path.last == "*" ? path.hasPrefix(self.path.dropLast()) : path == self.path
    }
  }

  package var name: String
  package var roleID: String
  package var secretID: Secret
  package var rules: [Rule]
  /// Of the tokens that a login gives; renewing never goes beyond it.
  package var tokenLifetime: Duration

  package init(
    name: String,
    roleID: String,
    secretID: Secret,
    rules: [Rule],
    tokenLifetime: Duration = .seconds(1_200)
  ) {
    self.name = name
    self.roleID = roleID
    self.secretID = secretID
    self.rules = rules
    self.tokenLifetime = tokenLifetime
  }

  /// Everything below one folder of a key-value mount, and nothing else.
  package static func keeper(
    name: String,
    roleID: String,
    secretID: Secret,
    mount: String = "secret",
    folder: String
  ) -> VaultRole {
    VaultRole(
      name: name,
      roleID: roleID,
      secretID: secretID,
      rules: [
        Rule("\(mount)/data/\(folder)/*", [.create, .read, .update, .delete]),
        Rule("\(mount)/delete/\(folder)/*", [.update]),
        Rule("\(mount)/destroy/\(folder)/*", [.update]),
        Rule("\(mount)/metadata/\(folder)/*", [.read, .delete, .list]),
      ]
    )
  }

  /// Encrypting and decrypting with one key of transit, and nothing else.
  package static func wrapper(
    name: String,
    roleID: String,
    secretID: Secret,
    mount: String = "transit",
    key: String
  ) -> VaultRole {
    VaultRole(
      name: name,
      roleID: roleID,
      secretID: secretID,
      rules: [
        Rule("\(mount)/encrypt/\(key)", [.update]), Rule("\(mount)/decrypt/\(key)", [.update]),
      ]
    )
  }

  func allows(_ capability: Capability, at path: String) -> Bool {
    rules.contains { $0.allows(capability, at: path) }
  }
}
