package import Evidence
import Guarantees
package import ScenarioFiles
import Worlds

/// A story played once to count the vendor's operations on wire and disk, and then again and again
/// with a crash at each of them in turn.
package struct CrashesEverywhere: Sendable {
  /// Stories are short for this: each operation is a run of its own.
  static let mostOperations = 600

  package let scenario: Scenario
  package let run: RunSettings

  package init(scenario: Scenario, run: RunSettings) {
    self.scenario = scenario
    self.run = run
  }

  /// Blocks the calling thread, which must be one of its own.
  ///
  /// - Parameter judge: told each history with the operation that was struck, nil for the run
  ///   without a crash.
  /// - Returns: how many operations there are.
  /// - Throws: as `ScenarioPlayer.play`, and when there are more operations than can be played.
  @discardableResult
  package func play(_ judge: (Int?, History) throws -> Void) throws -> Int {
    let counting = CrashPlan(operation: nil)
    try judge(nil, try play(counting))
    let count = counting.counted
    guard count <= Self.mostOperations else {
      throw ConductorError.setupFailed(
        "\(count) operations are too many to crash at each; \(Self.mostOperations) can be played"
      )
    }
    for operation in 1...max(1, count) {
      try judge(operation, try play(CrashPlan(operation: operation)))
    }
    return count
  }

  /// The history to report: the first in which something is wrong, else that of the last crash.
  package func worst() throws -> History {
    var worst: History?
    var last: History?
    let count = try play { _, history in
      last = history
      if worst == nil, Self.isWrong(history) { worst = history }
    }
    guard var history = worst ?? last else {
      throw ConductorError.setupFailed("nothing was played")
    }
    history.facts.crashes = count
    return history
  }

  private static func isWrong(_ history: History) -> Bool {
    let unmet = history.events.contains { event in
      if case .expectation(let expectation) = event.kind { !expectation.met } else { false }
    }
    return unmet || !DeliveryRule.breaches(in: history).isEmpty
      || Judge().findings(in: history).contains { $0.finding.verdict == .violated }
  }

  private func play(_ plan: CrashPlan) throws -> History {
    var settings = run
    settings.crash = plan
    return try ScenarioPlayer.play(scenario, in: .simulated, run: settings)
  }
}
