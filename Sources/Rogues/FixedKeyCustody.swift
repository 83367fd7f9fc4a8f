import Orchestrator
import Secrets
import Worlds

/// One key for every tenant, whatever the administrators do: a vendor's own account, from which
/// rogues that build a second model on it are fed.
struct FixedKeyCustody: KeyCustody {
  let key: Secret
  let fingerprinter: Fingerprinter

  func summary(of tenant: String) throws -> KeySummary? { own }

  func open(for tenant: String) async throws -> OpenedKey? {
    OpenedKey(credential: ModelCredential(secret: key), version: 1)
  }

  func store(
    _ key: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    own
  }

  func remove(for tenant: String) async throws -> Bool { false }

  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {}

  private var own: KeySummary {
    KeySummary(
      version: 1,
      lastFour: key.lastFour,
      fingerprint: fingerprinter.fingerprint(of: key),
      installedAt: Timestamp(nanoseconds: 0)
    )
  }
}
