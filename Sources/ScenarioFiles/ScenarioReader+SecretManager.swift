import Yams

extension ScenarioReader {
  /// `change-secret: { key: second }`: another key is put into the secret manager, past the vendor.
  func changeSecret(_ node: Node) -> Action? {
    guard let fields = fields(.changeSecret, node) else { return nil }
    let tenant = self.tenant(fields)
    let key = fields.required("key").flatMap { node in
      reporter.text(node, what: "'key'").flatMap {
        reporter.identifier($0, at: node, kind: "key")
      }
    }
    guard hasSecretManager(node), canChangePastVendor(node), let tenant, let key else { return nil }
    return .changeSecret(tenant: tenant, key: key)
  }

  private func canChangePastVendor(_ node: Node) -> Bool {
    guard let names, names.world.secretManager == .vaultTransit else { return true }
    reporter.error(
      "the vendor of this world keeps the keys itself; Vault only wraps them",
      at: node
    )
    return false
  }

  /// Without a world that could be read there is nothing to compare with.
  func hasSecretManager(_ node: Node) -> Bool {
    guard let names, names.world.secretManager == .embedded else { return true }
    reporter.error("the vendor of this world has no secret manager", at: node)
    return false
  }
}
