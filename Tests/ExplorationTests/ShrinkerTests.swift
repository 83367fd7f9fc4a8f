import Exploration
import ScenarioFiles
import Testing
import Worlds

@Suite struct ShrinkerTests {
  /// A story with more in it than it needs, by somebody who draws.
  private func story(with seed: UInt64) -> Scenario {
    StoryDrawer(folder: "explored").draw(seed).scenario
  }

  private func deletes(_ scenario: Scenario) -> Bool {
    scenario.timeline.contains { step in
      if case .deleteKey = step.action { true } else { false }
    }
  }

  private func asks(_ scenario: Scenario) -> Bool {
    scenario.timeline.contains { step in
      if case .ask = step.action { true } else { false }
    }
  }

  private func needed(by scenario: Scenario) -> Set<String> {
    Set(
      scenario.timeline.flatMap { step -> [String] in
        switch step.action {
        case .deleteKey(let tenant, _): [tenant]
        case .ask(let ask):
          scenario.world.tenants.filter { tenant in
            tenant.people.contains { ask.people.contains($0.id) }
          }.map(\.id)
        default: []
        }
      }
    )
  }

  @Test func whatIsNotNeededGoes() throws {
    let seeds = (1...200 as ClosedRange<UInt64>).filter { deletes(story(with: $0)) }
    #expect(seeds.count > 20)
    for seed in seeds.prefix(10) {
      let given = story(with: seed)
      var shrinker = Shrinker(mostPlays: 2_000) { deletes($0) && asks($0) }
      let shortest = try shrinker.shrunk(given)
      #expect(deletes(shortest) && asks(shortest))
      #expect(shortest.timeline.count <= 2)
      // The one who asks and the one whose key is deleted may be of two customers.
      #expect(shortest.world.tenants.count == needed(by: shortest).count)
      #expect(shortest.world.tenants[0].people.count == 1)
      #expect(shortest.world.tenants[0].knowledge == [])
      #expect(shortest.world.replicas == 1)
      #expect(shortest.world.secretManager == .embedded)
      #expect(shrinker.plays <= 2_000)
    }
  }

  @Test func itEndsWhenNoMorePlaysAreLeft() throws {
    let given = story(with: 3)
    var asked = 0
    var shrinker = Shrinker(mostPlays: 7) { _ in
      asked += 1
      return false
    }
    #expect(try shrinker.shrunk(given).isSameStory(as: given))
    #expect(asked == 7)
    #expect(shrinker.plays == 7)
  }

  @Test func faultsNeverPutAnEndToEachOther() throws {
    let fault = FaultDescription(kind: .outage, place: .provider, lasting: .seconds(30))
    var given = story(with: 1)
    given.timeline = [
      Step(line: 0, timing: .at(.seconds(10)), action: .fault(fault)),
      Step(line: 0, timing: .at(.seconds(100)), action: .fault(fault)),
    ]
    var overlaps = 0
    var shrinker = Shrinker(mostPlays: 500) { candidate in
      guard candidate.timeline.count == 2 else { return false }
      let moments = candidate.timeline.map(\.timing.begins)
      guard case .fault(let first) = candidate.timeline[0].action else { return false }
      if moments[1] <= moments[0] + first.lasting { overlaps += 1 }
      return true
    }
    let shortest = try shrinker.shrunk(given)
    #expect(overlaps == 0)
    #expect(shortest.timeline.count == 2)
  }
}
