import Evidence
import Foundation
import Guarantees
package import Rogues
package import ScenarioFiles
import Worlds

/// Plays vendors whose guilt or innocence is known: the proof that the instrument can tell.
package struct Calibration: Sendable {
  /// How much is played.
  package struct Extent: Sendable {
    /// Seeds for those who must not be accused; from the run's own on.
    package var seeds: Int
    /// Everybody in every story and with every seed; else rogues in their stories until they are
    /// caught, with the first seed.
    package var isFull: Bool

    package init(seeds: Int, isFull: Bool) {
      self.seeds = seeds
      self.isFull = isFull
    }
  }

  /// What one vendor was accused of, and where.
  package struct Row: Sendable {
    package struct Accusation: Sendable, Equatable {
      package var guarantee: String
      package var scenario: String
      package var seed: UInt64
    }

    package var vendor: Vendor
    package var accusations: [Accusation]
    /// Promises that the honest vendor did not keep for certain in the story that caught this one,
    /// with the same seed: what catches the one must clear the other.
    package var unproven: [String] = []
  }

  let settings: RunSettings
  let scenarios: [Scenario]
  private let jobs: Int

  package init(settings: RunSettings, scenarios: [Scenario], jobs: Int) {
    self.settings = settings
    self.scenarios = scenarios.filter { $0.vendor == nil }
    self.jobs = max(1, jobs)
  }

  /// One row for each vendor, in their order, whatever the number of threads.
  ///
  /// - Parameter finished: told how many of how many portions of the work are done.
  /// - Throws: `CalibrationError` when a scenario could not be played.
  package func rows(
    _ extent: Extent,
    finished: @escaping @Sendable (_ done: Int, _ of: Int) -> Void
  ) async throws -> [Row] {
    let portions = portions(extent)
    var outcomes = [Outcome?](repeating: nil, count: portions.count)
    var done = 0
    // Whoever measures wants the machine to itself, and comes last.
    let indices = portions.indices
    let waves = [
      (indices.filter { !portions[$0].wantsQuiet }, jobs),
      (indices.filter { portions[$0].wantsQuiet }, 1),
    ]
    for (wave, width) in waves {
      try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
        var waiting = wave[...]
        func startNext() {
          guard let index = waiting.popFirst() else { return }
          group.addTask { (index, try await play(portions[index], number: index)) }
        }
        for _ in 0..<width { startNext() }
        for try await (index, outcome) in group {
          outcomes[index] = outcome
          done += 1
          finished(done, portions.count)
          startNext()
        }
      }
    }
    return rows(of: zip(portions, outcomes.compactMap { $0 }).map { ($0, $1) })
  }

  private func rows(of played: [(Portion, Outcome)]) -> [Row] {
    var honest: Set<String> = []
    var playedHonestly: Set<String> = []
    for (portion, outcome) in played
    where portion.vendor.kind == .honest && portion.seed == settings.seed {
      playedHonestly.formUnion(portion.stories.map(\.file))
      honest.formUnion(outcome.held)
    }
    return settings.vendors.map { vendor in
      let ofVendor = played.filter { $0.0.vendor.name == vendor.name }
      var row = Row(vendor: vendor, accusations: ofVendor.flatMap(\.1.accusations))
      row.unproven = vendor.breaks.filter { guarantee in
        guard let caught = row.accusations.first(where: { $0.guarantee == guarantee }) else {
          return false
        }
        return caught.seed == settings.seed && playedHonestly.contains(caught.scenario)
          && !honest.contains("\(guarantee) \(caught.scenario)")
      }
      return row
    }
  }
}

package enum CalibrationError: Error, CustomStringConvertible {
  case notPlayed(vendor: String, scenario: String, reason: String)

  package var description: String {
    switch self {
    case .notPlayed(let vendor, let scenario, let reason):
      "\(scenario) could not be played with '\(vendor)': \(reason)"
    }
  }
}
