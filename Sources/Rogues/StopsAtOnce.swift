import Orchestrator
import Worlds

extension Vendor {
  /// Modelled on services that end with their first SIGTERM, as a process does that handles none:
  /// whatever a platform is taking in that moment is unknown to the next life, which says it again.
  package static let stopsAtOnce = Vendor(
    name: "stops-at-once",
    kind: .rogue(breaks: ["rotation-without-loss"]),
    summary: "Ends at once when it is asked to stop, in the middle of whatever it does.",
    incident: "redpanda-data/connect #173: what is in transit at a rolling update comes twice.",
    triedIn: ["replicas/upgrade-while-platforms-are-slow.yaml"]
  ) { setup in
    var program = try setup.program { try OrchestratorParts.standard($0) }
    program.drain = { _ in }
    return program
  }
}
