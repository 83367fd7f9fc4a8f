import Orchestrator
import Secrets
import Synchronization
import Worlds

extension Vendor {
  /// Looks like a vendor that falls back to another key. Yet it is the same customer's, handed over
  /// by its administrator for this very case; what is removed in the settings is gone with it.
  package static let innocentStandbyKey = Vendor(
    name: "innocent-standby-key",
    kind: .innocent,
    summary: "Goes on with the customer's own standby key once the first is rejected.",
    wantsStandbyKeys: true
  ) { setup in
    try setup.program { environment in
      let custody = try OrchestratorParts.standard(environment).custody
      let standby = StandbyCustody(custody, standbys: setup.standbyKeys)
      return try .standard(environment, custody: standby)
    }
  }
}

private final class StandbyCustody: KeyCustody {
  /// Added to the first key's version, so that the two are told apart.
  private static let mark = Int64(1) << 32
  private let base: any KeyCustody
  private let standbys: Mutex<[String: Secret]>
  init(_ base: any KeyCustody, standbys: [String: Secret]) {
    self.base = base
    self.standbys = Mutex(standbys)
  }

  func summary(of tenant: String) throws -> KeySummary? {
    var summary = try base.summary(of: tenant)
    guard summary?.state == .rejected, standbys.withLock({ $0[tenant] }) != nil
    else { return summary }
    summary?.version += Self.mark
    summary?.rejectedAt = nil
    return summary
  }

  func open(for tenant: String) async throws -> OpenedKey? {
    guard let summary = try summary(of: tenant), summary.version > Self.mark,
      let standby = standbys.withLock({ $0[tenant] })
    else { return try await base.open(for: tenant) }
    // Handed over for OpenAI, or for the customer's own server where it has one.
    var credential = ModelCredential(secret: standby)
    if case .server = summary.destination { credential.destination = summary.destination }
    return OpenedKey(credential: credential, version: summary.version)
  }

  func store(
    _ key: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    try await base.store(key, for: tenant, at: now)
  }
  func remove(for tenant: String) async throws -> Bool {
    standbys.withLock { $0[tenant] = nil }
    return try await base.remove(for: tenant)
  }
  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    if version > Self.mark, rejectedAt != nil { standbys.withLock { $0[tenant] = nil } }
    try base.record(rejectedAt: rejectedAt, version: version, of: tenant)
  }
}
