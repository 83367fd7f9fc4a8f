import Orchestrator
import Secrets
import Synchronization
import Wire
import Worlds

extension Vendor {
  /// Modelled on anomalyco/opencode #14401 and mem0ai/mem0 #6081: one route of several gives out
  /// what the others mask.
  package static let showsKeyInSettings = Vendor(
    name: "shows-key-in-settings",
    kind: .rogue(breaks: ["encrypted-custody"]),
    summary: "Gives the whole key out where administrators look up its state.",
    incident: "anomalyco/opencode #14401, mem0ai/mem0 #6081, nyroway/nyro #65",
    triedIn: ["custody/key-under-faults.yaml"]
  ) { setup in
    let last = LastKey()
    return try setup.program { base, _ in NotingCustody(base: base, last: last) }
      .rewriting("key") { page in
        guard case .object(let members) = page, let key = last.value else { return page }
        return .object(members + [.init("api_key", .string(key.reveal { $0 }))])
      }
  }
}

private final class LastKey: Sendable {
  private let key = Mutex<Secret?>(nil)

  var value: Secret? { key.withLock { $0 } }
  func note(_ secret: Secret) { key.withLock { $0 = secret } }
}

private struct NotingCustody: CustodyVariant {
  let base: any KeyCustody
  let last: LastKey

  func open(for tenant: String) async throws -> OpenedKey? {
    let key = try await base.open(for: tenant)
    if let key { last.note(key.credential.secret) }
    return key
  }
}
