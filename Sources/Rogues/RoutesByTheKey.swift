import Orchestrator
import Secrets
import Worlds

extension Vendor {
  /// Modelled on BerriAI/litellm #5762 and sxueck/llm-gateway #34, where errors quote the key: here
  /// one of 256 workers is picked by the key's bytes, so that the wait before a call is a digest of
  /// the key for whoever holds a clock. No search for the key's value finds anything.
  package static let routesByTheKey = Vendor(
    name: "routes-by-the-key",
    kind: .rogue(breaks: ["encrypted-custody"]),
    summary: "Picks a slower or quicker worker by the key's bytes: people can time the key.",
    incident: "BerriAI/litellm #5762, sxueck/llm-gateway #34",
    triedIn: ["custody/other-values-of-the-key.yaml"]
  ) { setup in
    try setup.program { environment in
      let custody = RoutingCustody(
        base: try OrchestratorParts.standard(environment).custody,
        clock: environment.surroundings.clock
      )
      return try .standard(environment, custody: custody)
    }
  }
}

private struct RoutingCustody: KeyCustody {
  let base: any KeyCustody
  let clock: any WorldClock

  func open(for tenant: String) async throws -> OpenedKey? {
    let key = try await base.open(for: tenant)
    let sum = key?.credential.secret.reveal { $0.utf8.reduce(0) { $0 &* 31 &+ Int($1) } } ?? 0
    try await clock.sleep(for: .microseconds(40 * (sum & 255)))
    return key
  }

  func summary(of tenant: String) throws -> KeySummary? { try base.summary(of: tenant) }
  func remove(for tenant: String) async throws -> Bool { try await base.remove(for: tenant) }
  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    try base.record(rejectedAt: rejectedAt, version: version, of: tenant)
  }
  func store(
    _ key: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary { try await base.store(key, for: tenant, at: now) }
}
