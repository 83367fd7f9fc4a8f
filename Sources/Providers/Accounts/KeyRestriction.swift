import Wire

/// What a key may be used for. Without scopes and endpoints: everything.
package struct KeyRestriction: Sendable, Equatable {
  /// As the administration API names them, such as `model.request`; empty for all permissions.
  package var scopes: [String]
  /// Paths such as `/v1/embeddings`, and all below them; empty for all.
  package var endpoints: [String]

  package init(scopes: [String] = [], endpoints: [String] = []) {
    self.scopes = scopes
    self.endpoints = endpoints
  }

  /// What a request asks a key to be restricted to.
  ///
  /// - Throws: `Refusal` for more than a key may be restricted to: each key keeps its own.
  static func checked(scopes: [String]?, endpoints: [String]? = nil) throws -> KeyRestriction {
    for (name, values) in [("scopes", scopes ?? []), ("endpoints", endpoints ?? [])] {
      guard values.count <= 64, values.allSatisfy({ (1...256).contains($0.utf8.count) }) else {
        let wanted = "at most 64 texts of 1 to 256 bytes"
        throw Refusal(RequestFault.invalid(parameter: name, wanted: wanted))
      }
    }
    return KeyRestriction(scopes: scopes ?? [], endpoints: endpoints ?? [])
  }

  /// The scope that a call wants and this key does not have; nil when it may go on.
  func missingScope(isRead: Bool, path: String) -> String? {
    guard !scopes.isEmpty || !endpoints.isEmpty else { return nil }
    guard let wanted = Self.scope(isRead: isRead, path: path) else { return "model.request" }
    let isOpen = endpoints.isEmpty || endpoints.contains { Self.isSame(path, orBelow: $0) }
    return isOpen && grants(wanted) ? nil : wanted
  }

  private func grants(_ wanted: String) -> Bool {
    scopes.isEmpty || scopes.contains(wanted)
      || (wanted.hasSuffix(".read") && scopes.contains("api.all.read"))
  }

  /// Nil for paths that are none of the provider's: no restricted key is taken there.
  private static func scope(isRead: Bool, path: String) -> String? {
    if isSame(path, orBelow: "/v1/models") { return "api.model.read" }
    if isSame(path, orBelow: "/v1/responses") {
      return isRead ? "api.responses.read" : "api.responses.write"
    }
    let requests = ["/v1/chat/completions", "/v1/completions", "/v1/embeddings"]
    return requests.contains { isSame(path, orBelow: $0) } ? "model.request" : nil
  }

  private static func isSame(_ path: String, orBelow parent: String) -> Bool {
    path == parent || (path.hasPrefix(parent) && path.dropFirst(parent.count).first == "/")
  }
}
