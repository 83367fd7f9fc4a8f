import Orchestrator
import Secrets
import Synchronization
import Worlds

extension Vendor {
  /// Modelled on ALwrity/ALwrity #640 and Cognipeer/console PR #163: whose key is meant is kept in
  /// one place for the whole process, and read again a moment later. With one caller at a time it
  /// is always right.
  package static let mixesKeysUnderLoad = Vendor(
    name: "mixes-keys-under-load",
    kind: .rogue(breaks: ["no-pooling", "direct-billing"]),
    summary: "Uses another customer's key for calls that begin within the same moment.",
    incident: "ALwrity/ALwrity #640, Cognipeer/console PR #163",
    triedIn: ["leakage/two-customers-at-once.yaml"]
  ) { setup in
    try setup.program { environment in
      let custody = ProcessWideCustody(
        base: try OrchestratorParts.standard(environment).custody,
        clock: environment.surroundings.clock
      )
      return try .standard(environment, custody: custody)
    }
  }
}

private final class ProcessWideCustody: KeyCustody {
  private let base: any KeyCustody
  private let clock: any WorldClock
  private let current = Mutex("")

  init(base: any KeyCustody, clock: any WorldClock) {
    (self.base, self.clock) = (base, clock)
  }

  func open(for tenant: String) async throws -> OpenedKey? {
    current.withLock { $0 = tenant }
    try await clock.sleep(for: .milliseconds(30))
    return try await base.open(for: current.withLock { $0 })
  }

  func summary(of tenant: String) throws -> KeySummary? { try base.summary(of: tenant) }
  func remove(for tenant: String) async throws -> Bool { try await base.remove(for: tenant) }
  func store(
    _ key: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary { try await base.store(key, for: tenant, at: now) }
  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    try base.record(rejectedAt: rejectedAt, version: version, of: tenant)
  }
}
