import Orchestrator
import Secrets
import Synchronization
import Worlds

extension Vendor {
  /// Modelled on BerriAI/litellm #2149. Each process keeps the keys that it has opened, and only
  /// the one that serves the administrator's request hears that a key was removed: who tries out
  /// the removal with one process sees nothing.
  package static let hearsAtOneProcessOnly = Vendor(
    name: "hears-at-one-process-only",
    kind: .rogue(breaks: ["instant-revocation", "no-calls-after-revocation"]),
    summary: "Each of its processes keeps the key in memory, and only one hears of its removal.",
    incident: "BerriAI/litellm #2149",
    triedIn: ["replicas/key-changes-at-one.yaml"]
  ) { setup in
    try setup.program { environment in
      let custody = CustodyOfOneProcess(try OrchestratorParts.standard(environment).custody)
      return try .standard(environment, custody: custody)
    }
  }
}

private final class CustodyOfOneProcess: KeyCustody {
  private let base: any KeyCustody
  private let kept = Mutex<[String: (key: OpenedKey, summary: KeySummary)]>([:])

  init(_ base: any KeyCustody) { self.base = base }
  private func forget(_ tenant: String) { kept.withLock { $0[tenant] = nil } }

  func summary(of tenant: String) throws -> KeySummary? {
    if let kept = kept.withLock({ $0[tenant] }) { return kept.summary }
    return try base.summary(of: tenant)
  }

  func open(for tenant: String) async throws -> OpenedKey? {
    if let kept = kept.withLock({ $0[tenant] }) { return kept.key }
    guard let key = try await base.open(for: tenant), let summary = try base.summary(of: tenant)
    else { return nil }
    kept.withLock { $0[tenant] = (key, summary) }
    return key
  }
  func store(
    _ key: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    forget(tenant)
    return try await base.store(key, for: tenant, at: now)
  }
  func remove(for tenant: String) async throws -> Bool {
    forget(tenant)
    return try await base.remove(for: tenant)
  }
  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    forget(tenant)
    try base.record(rejectedAt: rejectedAt, version: version, of: tenant)
  }
}
