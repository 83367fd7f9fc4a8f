import Orchestrator
import Secrets
import Synchronization
import Worlds

extension Vendor {
  /// Modelled on api7/aisix #779 and MervinPraison/PraisonAI #4488: a new key is confirmed at once,
  /// while a client that was made with the old one lives on.
  package static let swallowsRotation = Vendor(
    name: "swallows-rotation",
    kind: .rogue(breaks: ["uninterrupted-rotation"]),
    summary: "Confirms a new key at once, and goes on with the old one for ten minutes.",
    incident: "api7/aisix #779, MervinPraison/PraisonAI #4488",
    triedIn: ["rotation/planned-rotation.yaml"]
  ) { setup in
    try setup.program { environment in
      let custody = LaggingCustody(
        base: try OrchestratorParts.standard(environment).custody,
        clock: environment.surroundings.clock
      )
      return try .standard(environment, custody: custody)
    }
  }
}

private final class LaggingCustody: CustodyVariant {
  private typealias Client = (credential: ModelCredential, madeAt: Timestamp)
  let base: any KeyCustody
  private let clock: any WorldClock
  private let clients = Mutex<[String: Client]>([:])

  init(base: any KeyCustody, clock: any WorldClock) {
    (self.base, self.clock) = (base, clock)
  }

  /// The key of the client at hand, under the version of the key that should be in it.
  func open(for tenant: String) async throws -> OpenedKey? {
    guard var key = try await base.open(for: tenant) else { return nil }
    let now = clock.now
    key.credential = clients.withLock { clients in
      if let client = clients[tenant], now - client.madeAt < .minutes(10) {
        return client.credential
      }
      clients[tenant] = (key.credential, now)
      return key.credential
    }
    return key
  }
}
