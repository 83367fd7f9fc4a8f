package import ScenarioFiles
import Worlds

/// Makes a failing story as short as it gets while it still fails: delta debugging over its steps,
/// then over people, customers, knowledge, faults, durations and texts, until nothing more can be
/// taken away.
package struct Shrinker {
  private let fails: (Scenario) throws -> Bool
  private var playsLeft: Int
  /// How many stories were tried.
  package private(set) var plays = 0

  /// - Parameters:
  ///   - mostPlays: after which the shortest so far is taken.
  ///   - fails: whether a story fails in the same way; false for one that cannot be played.
  package init(mostPlays: Int, fails: @escaping (Scenario) throws -> Bool) {
    self.fails = fails
    playsLeft = mostPlays
  }

  /// - Throws: what `fails` throws.
  package mutating func shrunk(_ given: Scenario) throws -> Scenario {
    var scenario = given
    var before: Scenario
    repeat {
      before = scenario
      scenario = try withFewerSteps(scenario)
      for changes in [Reductions.ofWorld, Reductions.ofSteps, Reductions.ofTime] {
        for change in changes(scenario) {
          if let smaller = change(scenario), try isFailing(smaller) {
            scenario = Promises(smaller).annotated
          }
        }
      }
    } while scenario != before && playsLeft > 0
    return scenario
  }

  /// Zeller's ddmin, without the subsets: takes away ever smaller runs of steps.
  private mutating func withFewerSteps(_ given: Scenario) throws -> Scenario {
    var scenario = given
    var size = max(1, scenario.timeline.count / 2)
    while true {
      var start = 0
      while start < scenario.timeline.count, scenario.timeline.count > 1 {
        var smaller = scenario
        smaller.timeline.removeSubrange(start..<min(start + size, smaller.timeline.count))
        if !smaller.timeline.isEmpty, try isFailing(smaller) {
          scenario = Promises(smaller).annotated
        } else {
          start += size
        }
      }
      guard size > 1 else { return scenario }
      size /= 2
    }
  }

  private mutating func isFailing(_ candidate: Scenario) throws -> Bool {
    guard playsLeft > 0, !candidate.hasFaultsInEachOther else { return false }
    playsLeft -= 1
    plays += 1
    return try fails(Promises(candidate).annotated)
  }
}

extension Scenario {
  /// Whether one fault begins at a place where another is still on: they would put an end to each
  /// other, which is a matter of the harness.
  var hasFaultsInEachOther: Bool {
    var ends: [FaultDescription.Place: Duration] = [:]
    for step in timeline {
      guard case .fault(let fault) = step.action else { continue }
      let begins = step.timing.begins
      if let end = ends[fault.place], begins <= end { return true }
      ends[fault.place] = begins + fault.lasting
    }
    return false
  }
}
