import Orchestrator
import Secrets
import Worlds

extension Vendor {
  /// Modelled on BasedHardware/omi #7291 and InsForge/InsForge #976: nobody takes note that a key
  /// is dead, so every message tries it anew.
  package static let hammersDeadKey = Vendor(
    name: "hammers-dead-key",
    kind: .rogue(breaks: ["no-calls-after-revocation"]),
    summary: "Takes no note of a rejected key, and tries it again for every message.",
    incident: "BasedHardware/omi #7291, InsForge/InsForge #976",
    triedIn: ["revocation/deletion-under-traffic.yaml"]
  ) { setup in
    try setup.program { environment in
      let custody = ForgetfulCustody(base: try OrchestratorParts.standard(environment).custody)
      return try .standard(environment, custody: custody)
    }
  }
}

private struct ForgetfulCustody: KeyCustody {
  let base: any KeyCustody

  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {}

  func summary(of tenant: String) throws -> KeySummary? { try base.summary(of: tenant) }
  func open(for tenant: String) async throws -> OpenedKey? { try await base.open(for: tenant) }
  func store(
    _ key: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    try await base.store(key, for: tenant, at: now)
  }
  func remove(for tenant: String) async throws -> Bool { try await base.remove(for: tenant) }
}
