import Evidence
import Foundation
import Guarantees
import Rogues
import ScenarioFiles
import Worlds

extension Calibration {
  /// What one thread plays at a time: one vendor, with one seed, in some stories.
  struct Portion: Sendable {
    var vendor: Vendor
    var seed: UInt64
    var stories: [Scenario]
    /// Whether it ends with the story in which everything that the vendor breaks has been seen.
    var endsWhenCaught: Bool

    /// Times are told from each other on real sockets alone, and on a quiet machine.
    var wantsQuiet: Bool { endsWhenCaught && stories.contains(where: \.measuresLatency) }
  }

  /// What came of a portion.
  struct Outcome: Sendable {
    var accusations: [Row.Accusation] = []
    /// `GUARANTEE SCENARIO` of what was held.
    var held: Set<String> = []
  }

  /// Stories beyond this many messages are played once, and not with every seed.
  private static let longStory = 700
  /// Each of the others is played with so many seeds beside the first, in turn: the honest vendor
  /// meets all seeds and is put to the test in every story, in a fraction of the time.
  package static let furtherSeeds = 2
  /// Where everybody who must not be accused is put to the test, beside the stories of their own.
  private static let forEverybody = [
    "revocation/deletion-in-mid-stream.yaml", "rotation/planned-rotation.yaml",
  ]

  func portions(_ extent: Extent) -> [Portion] {
    let simulated = scenarios.filter { $0.playsIn != .loopback }
    let short = simulated.filter {
      !$0.crashesEverywhere && $0.timeline.reduce(0) { $0 + $1.messages } <= Self.longStory
    }
    let seeds = (0..<UInt64(extent.seeds)).map { settings.seed + $0 }
    return settings.vendors.flatMap { vendor -> [Portion] in
      if !vendor.breaks.isEmpty,
        !extent.isFull || vendor.isTried(inAny: scenarios, where: \.measuresLatency)
      {
        return [
          Portion(
            vendor: vendor,
            seed: settings.seed,
            stories: vendor.triedIn.compactMap { file in scenarios.first { $0.file == file } },
            endsWhenCaught: true
          )
        ]
      }
      return seeds.enumerated().map { number, seed in
        var stories = simulated
        if vendor.kind == .innocent, !extent.isFull {
          stories = short.filter {
            vendor.triedIn.contains($0.file) || Self.forEverybody.contains($0.file)
          }
        } else if number > 0, !extent.isFull {
          stories = short.enumerated()
            .filter { Self.isInTurn($0.offset, seed: number, of: seeds.count) }.map(\.element)
        }
        return Portion(vendor: vendor, seed: seed, stories: stories, endsWhenCaught: false)
      }
    }
  }

  /// Whether a story is played with this seed, from 1, beside the first.
  private static func isInTurn(_ story: Int, seed: Int, of seeds: Int) -> Bool {
    (0..<furtherSeeds).contains { (story * furtherSeeds + $0) % (seeds - 1) == seed - 1 }
  }

  func play(_ portion: Portion, number: Int) async throws -> Outcome {
    var settings = settings
    settings.vendor = portion.vendor
    settings.seed = portion.seed
    settings.directory = settings.directory.appendingPathComponent("portion-\(number)")
    var outcome = Outcome()
    for story in portion.stories {
      // Unequal requests show in the simulated world too, in a fraction of the time.
      let worlds: [WorldKind] = story.playsIn == .loopback ? [.simulated, .loopback] : [.simulated]
      for world in worlds {
        let caught = Set(outcome.accusations.map(\.guarantee))
        if portion.endsWhenCaught, caught.isSuperset(of: portion.vendor.breaks) { return outcome }
        try await play(story, in: world, settings, &outcome)
      }
    }
    return outcome
  }

  private func play(
    _ story: Scenario,
    in world: WorldKind,
    _ settings: RunSettings,
    _ outcome: inout Outcome
  ) async throws {
    let run = LibraryRun(settings: settings, judge: Judge(), jobs: 1)
    let (results, _) = await run.play([.init(scenario: story, world: world)]) { _, _ in }
    for result in results {
      switch result.ending {
      case .played: break
      case .notRun(let reason), .internalError(let reason), .unreachable(let reason):
        throw CalibrationError.notPlayed(
          vendor: settings.vendor.name,
          scenario: result.file,
          reason: reason
        )
      }
      // Stories' own checks are written for the reference, like expectations.
      for finding in result.findings where !finding.guarantee.hasPrefix(ReviewerChecks.prefix) {
        switch finding.finding.verdict {
        case .violated:
          outcome.accusations.append(
            .init(guarantee: finding.guarantee, scenario: result.file, seed: settings.seed)
          )
        case .held: outcome.held.insert("\(finding.guarantee) \(result.file)")
        case .inconclusive, .notClaimed: break
        }
      }
    }
  }
}

extension Vendor {
  fileprivate func isTried(
    inAny scenarios: [Scenario],
    where condition: (Scenario) -> Bool
  ) -> Bool {
    scenarios.contains { triedIn.contains($0.file) && condition($0) }
  }
}
