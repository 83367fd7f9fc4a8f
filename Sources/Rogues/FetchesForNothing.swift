import Orchestrator
import Secrets
import Worlds

extension Vendor {
  /// Warm by the clock: the key lies in memory whether or not anybody asks anything.
  package static let fetchesForNothing = Vendor(
    name: "fetches-for-nothing",
    kind: .rogue(breaks: ["just-in-time-retrieval"]),
    summary: "Fetches every key each four minutes, so that it is at hand, and for no call.",
    incident: "kubernetes-sigs/secrets-store-csi-driver's rotation poll",
    triedIn: ["custody/vault-fetched-for-each-call.yaml"]
  ) { setup in
    let tenants = setup.configuration.tenants.map(\.id)
    return try setup.program { base, environment in
      WarmingCustody(base: base, tenants: tenants, clock: environment.surroundings.clock)
    }
  }
}

private struct WarmingCustody: CustodyVariant {
  let base: any KeyCustody
  let tenants: [String]
  let clock: any WorldClock

  func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await base.run() }
      group.addTask {
        while (try? await clock.sleep(for: .minutes(4))) != nil {
          for tenant in tenants { _ = try? await base.open(for: tenant) }
        }
      }
    }
  }
}
