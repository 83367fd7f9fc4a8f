import Evidence
import Guarantees
import ScenarioFiles
import Testing
import Worlds

/// The honest vendor keeps its promises, in both worlds alike.
///
/// One after the other: stories over real sockets want their share of the machine.
@Suite(.serialized) struct ScenarioTests {
  static let files = [
    "rotation/planned-rotation.yaml",
    "rotation/crash-and-restart.yaml",
    "revocation/deletion-under-traffic.yaml",
    "revocation/deletion-in-mid-stream.yaml",
    "revocation/removed-in-the-settings.yaml",
    "leakage/group-of-two-departments.yaml",
    "callers/impostors-in-teams.yaml",
  ]

  @Test(.timeLimit(.minutes(2)), arguments: [WorldKind.simulated, .loopback], files)
  func theHonestVendorHoldsWhatAFileShows(world: WorldKind, file: String) async throws {
    let scenario = try Bench.scenario(file)
    let history = try await Bench.play(file, in: world)
    let held = history.findings(.held)
    #expect(!scenario.shows.isEmpty)
    for guarantee in scenario.shows {
      #expect(held[guarantee] != nil, "\(guarantee): \(history.sentence(on: guarantee))")
    }
    #expect(history.findings(.violated).isEmpty)
    #expect(history.unmetExpectations.isEmpty)
    #expect(history.facts.world == world)
    #expect(history.facts.vendor == "honest")
  }

  @Test(arguments: [
    ("rotation/planned-rotation.yaml", 2), ("leakage/group-of-two-departments.yaml", 1),
  ])
  func everyExpectationOfAFileIsReviewed(file: String, atLeast: Int) async throws {
    let scenario = try Bench.scenario(file)
    let history = try await Bench.play(file)
    let lines = Set(scenario.timeline.filter { !$0.expectations.isEmpty }.map(\.line))
    #expect(lines.count >= atLeast)
    #expect(Set(history.expectations.map(\.line)) == lines)
  }
}

extension History {
  fileprivate func sentence(on guarantee: String) -> String {
    let found = Judge().findings(in: self).first { $0.guarantee == guarantee }?.finding
    return found.map { "\($0.verdict): \($0.sentence)" } ?? "no finding"
  }
}
