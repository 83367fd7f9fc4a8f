import Conductor
import Evidence
import Guarantees
import Rogues
import ScenarioFiles
import Testing
import Worlds

/// An upgrade is no crash: nobody gets a reply twice, whichever world it happens in.
@Suite(.timeLimit(.minutes(3))) struct DrainTests {
  @Test(
    arguments: [("rolling-upgrade", 2), ("upgrade-while-platforms-are-slow", 6)],
    WorldKind.allCases
  )
  func nobodyNoticesAnUpgrade(story: (name: String, stops: Int), world: WorldKind) async throws {
    let history = try await Bench.play("replicas/\(story.name).yaml", in: world)
    #expect(history.findings(.violated).isEmpty, "\(history.findings(.violated))")
    #expect(history.unmetExpectations.isEmpty, "\(history.unmetExpectations)")
    let stops = history.events.filter {
      if case .vendor(.stopped) = $0.kind { true } else { false }
    }
    #expect(stops.count == story.stops)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8])
  func aSlowPlatformTellsWhoIsCutOff(seed: UInt64) async throws {
    let file = "replicas/upgrade-while-platforms-are-slow.yaml"
    let honest = try await Bench.play(file, seed: seed)
    #expect(honest.findings(.violated).isEmpty, "\(honest.findings(.violated))")
    let rogue = try #require(Vendor.all.first { $0.name == "stops-at-once" })
    let cutOff = try await Bench.play(file, vendor: rogue, seed: seed)
    let found = cutOff.findings(.violated)
    #expect(found["rotation-without-loss"]?.contains("reply twice") == true, "\(found)")
  }
}
