import Orchestrator
import Secrets
import Synchronization
import Worlds

extension Vendor {
  /// Modelled on BerriAI/litellm #1775 and vellum-ai/vellum-assistant PR #19567: a cache in memory
  /// goes on serving a key that was deleted from the settings.
  package static let keepsRemovedKey = Vendor(
    name: "keeps-removed-key",
    kind: .rogue(breaks: ["instant-revocation", "no-calls-after-revocation"]),
    summary: "Goes on using a removed key from its memory for ten minutes.",
    incident: "BerriAI/litellm #1775, vellum-ai/vellum-assistant PR #19567",
    triedIn: ["revocation/removed-in-the-settings.yaml"]
  ) { setup in
    try setup.program { environment in
      let custody = RememberingCustody(
        base: try OrchestratorParts.standard(environment).custody,
        clock: environment.surroundings.clock
      )
      return try .standard(environment, custody: custody)
    }
  }
}

private final class RememberingCustody: CustodyVariant {
  private typealias Memory = (key: OpenedKey, summary: KeySummary, at: Timestamp)
  let base: any KeyCustody
  private let clock: any WorldClock
  private let memories = Mutex<[String: Memory]>([:])

  init(base: any KeyCustody, clock: any WorldClock) {
    (self.base, self.clock) = (base, clock)
  }

  private func remembered(_ tenant: String) -> Memory? {
    memories.withLock { $0[tenant] }.flatMap { clock.now - $0.at < .minutes(10) ? $0 : nil }
  }

  func summary(of tenant: String) throws -> KeySummary? {
    try base.summary(of: tenant) ?? remembered(tenant)?.summary
  }

  func open(for tenant: String) async throws -> OpenedKey? {
    guard let key = try await base.open(for: tenant), let summary = try base.summary(of: tenant)
    else { return remembered(tenant)?.key }
    memories.withLock { $0[tenant] = (key, summary, clock.now) }
    return key
  }
}
