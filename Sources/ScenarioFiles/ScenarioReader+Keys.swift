import Yams

/// What a story does with keys. Three names are not the story's own: `never-issued`, and
/// `azure-1` and `azure-2`, the two keys of a customer's Azure resource.
extension ScenarioReader {
  static let azureKeys = ["azure-1", "azure-2"]

  func keyAction(_ word: ActionWord, _ node: Node) -> Action? {
    guard let fields = fields(word, node) else { return nil }
    let tenant = self.tenant(fields)
    if word == .removeKey { return tenant.map { .removeKey(tenant: $0) } }
    let keyNode = word == .deleteKey ? fields["key"] : fields.required("key")
    let key = keyNode.flatMap { node in
      reporter.text(node, what: "'key'").flatMap {
        reporter.identifier($0, at: node, kind: "key")
      }
    }
    if word != .installKey, let key, let keyNode { refuseReserved(key, at: keyNode) }
    guard let tenant else { return nil }
    if word == .deleteKey { return .deleteKey(tenant: tenant, key: key) }
    guard let key else { return nil }
    if word == .createKey { return .createKey(tenant: tenant, key: key) }
    if let slot = Self.slot(key), let keyNode {
      return hasResource(tenant, at: keyNode)
        ? .installKey(tenant: tenant, key: .azure(slot: slot)) : nil
    }
    return .installKey(tenant: tenant, key: key == "never-issued" ? .neverIssued : .named(key))
  }

  func regenerateKey(_ node: Node) -> Action? {
    guard let fields = fields(.regenerateKey, node) else { return nil }
    let tenant = self.tenant(fields)
    let name = fields.required("key").flatMap {
      reporter.word($0, kind: "key of the resource", among: Self.azureKeys)
    }
    guard let tenant, let slot = name.flatMap(Self.slot), let place = fields["key"],
      hasResource(tenant, at: place)
    else { return nil }
    return .regenerateKey(tenant: tenant, slot: slot)
  }

  private static func slot(_ key: String) -> Int? {
    azureKeys.firstIndex(of: key).map { $0 + 1 }
  }

  private func refuseReserved(_ key: String, at node: Node) {
    if key == "never-issued" {
      reporter.error(
        "'never-issued' is no key of the provider: it can only be installed",
        at: node
      )
    } else if Self.azureKeys.contains(key) {
      reporter.error(
        "'\(key)' is a key of the Azure resource: it is there from the beginning, and ends by "
          + "'regenerate-key'",
        at: node
      )
    }
  }

  /// Without a world that could be read there is nothing to compare with.
  private func hasResource(_ tenant: String, at node: Node) -> Bool {
    guard let known = names?.tenant(tenant), known.azure == nil else { return true }
    reporter.error("tenant '\(tenant)' has no 'azure' resource in this world", at: node)
    return false
  }
}
