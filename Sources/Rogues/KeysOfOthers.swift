import Orchestrator
import Secrets
import Synchronization
import Worlds

extension Vendor {
  /// One customer's key for whoever has none: the first caller's sticks.
  package static let lendsKeys = Vendor(
    name: "lends-keys",
    kind: .rogue(breaks: ["no-pooling", "no-calls-after-revocation"]),
    summary: "Serves a customer without a key on the key that was opened last.",
    incident: "BerriAI/litellm #17115, #36794",
    triedIn: ["leakage/customer-without-a-key.yaml"]
  ) { setup in
    try setup.program { base, _ in LendingCustody(base: base) }
  }
}

private final class LendingCustody: CustodyVariant {
  let base: any KeyCustody
  private let last = Mutex<(key: OpenedKey, summary: KeySummary)?>(nil)

  init(base: any KeyCustody) { self.base = base }

  func summary(of tenant: String) throws -> KeySummary? {
    try base.summary(of: tenant) ?? last.withLock { $0?.summary }
  }

  func open(for tenant: String) async throws -> OpenedKey? {
    guard let key = try await base.open(for: tenant), let summary = try base.summary(of: tenant)
    else { return last.withLock { $0?.key } }
    last.withLock { $0 = (key, summary) }
    return key
  }
}
