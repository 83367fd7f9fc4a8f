import Secrets

extension Vendor {
  /// Modelled on anomalyco/opencode #14401: an endpoint that lists the configured providers returns
  /// their keys with them.
  package static let showsKeyForDebugging = Vendor(
    name: "shows-key-for-debugging",
    kind: .rogue(breaks: ["engineer-exclusion"]),
    summary: "Has an endpoint for debugging that prints the providers with their keys.",
    incident: "anomalyco/opencode #14401",
    triedIn: ["custody/engineer-looks-around.yaml"]
  ) { setup in
    try setup.program(showingKeysAt: "/debug/config") { keys in
      "provider: openai\n"
        + keys.map { tenant, key in "\(tenant): \(key?.reveal { $0 } ?? "none")\n" }.joined()
    }
  }
}
