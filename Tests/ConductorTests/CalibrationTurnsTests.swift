import Rogues
import ScenarioFiles
import Testing

@testable import Conductor

/// How much of the library the honest vendor plays with which seeds.
@Suite struct CalibrationTurnsTests {
  private func seedsByStory(_ extent: Calibration.Extent) async throws -> [String: [UInt64]] {
    let scenarios = try Bench.library()
    return try await Bench.withDirectory { directory in
      let settings = try await Bench.settings(directory: directory)
      return Calibration(settings: settings, scenarios: scenarios, jobs: 1).portions(extent)
        .filter { $0.vendor.kind == .honest }
        .reduce(into: [:]) { seeds, portion in
          for story in portion.stories { seeds[story.file, default: []].append(portion.seed) }
        }
    }
  }

  @Test func everyStoryMeetsTheFirstSeedAndTwoOthersAndEverySeedComesUp() async throws {
    let seeds = try await seedsByStory(.init(seeds: 10, isFull: false))
    let first = try #require(seeds.values.first?.first)
    #expect(seeds.values.allSatisfy { $0.first == first })
    // Long ones and those that crash everywhere are played once.
    #expect(Set(seeds.values.map(\.count)) == [1, 1 + Calibration.furtherSeeds])
    #expect(seeds.values.count { $0.count == 1 } < 12)
    #expect(Set(seeds.values.joined()).count == 10)
    #expect(seeds.values.allSatisfy { Set($0).count == $0.count })
  }

  @Test func inFullEveryStoryMeetsEverySeed() async throws {
    let seeds = try await seedsByStory(.init(seeds: 4, isFull: true))
    #expect(!seeds.isEmpty)
    #expect(seeds.values.allSatisfy { $0.count == 4 })
  }

  @Test(arguments: [1, 2, 3]) func fewSeedsAreAllPlayed(count: Int) async throws {
    let seeds = try await seedsByStory(.init(seeds: count, isFull: false))
    #expect(seeds.values.map(\.count).max() == count)
  }
}
