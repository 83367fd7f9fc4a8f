/// An excuse for a violation that is known: who answers for it, why, and until when. It changes no
/// verdict; what is excused is still violated, and shown so.
package struct Waiver: Sendable, Equatable, Codable {
  /// The id of a promise, or of a scenario's own check.
  package var guarantee: String
  /// The scenario's file, as reports name it; without its `#`, all stories of the file.
  package var scenario: String
  package var reason: String
  package var owner: String
  /// The last day on which it counts, as `2026-12-31` (UTC).
  package var expires: String

  package init(
    guarantee: String,
    scenario: String,
    reason: String,
    owner: String,
    expires: String
  ) {
    self.guarantee = guarantee
    self.scenario = scenario
    self.reason = reason
    self.owner = owner
    self.expires = expires
  }

  func names(file: String) -> Bool {
    scenario == file || file.hasPrefix(scenario + "#")
  }

  /// For a sentence.
  package var words: String { "waived until \(expires) by \(owner): \(reason)" }
}

/// The waivers of a run, with the file that they stand in and the day that decides what expired.
package struct WaiverList: Sendable, Equatable {
  package var text: String
  /// As `2026-11-29` (UTC).
  package var day: String
  package var waivers: [Waiver]

  package init(text: String, day: String, waivers: [Waiver]) {
    self.text = text
    self.day = day
    self.waivers = waivers
  }

  /// What became of each, in the file's order.
  func judged(over scenarios: [ScenarioResult]) -> [JudgedWaiver] {
    waivers.map { waiver in
      let named = scenarios.filter { !$0.isControl && waiver.names(file: $0.file) }
      let violated = named.filter { scenario in
        scenario.ending == .played
          && scenario.findings.contains {
            waiver.guarantee == $0.guarantee && $0.finding.verdict == .violated
          }
      }
      let isTried = !named.isEmpty && named.allSatisfy { $0.ending == .played }
      let state: JudgedWaiver.State =
        waiver.expires < day
        ? .expired : !violated.isEmpty ? .excuses : isTried ? .stale : .notTried
      return JudgedWaiver(waiver: waiver, state: state, violatedIn: violated.map(\.file))
    }
  }
}

/// A waiver, and whether it still stands.
package struct JudgedWaiver: Sendable, Equatable {
  package enum State: String, Sendable, Codable {
    case excuses
    /// Its last day is over. It excuses nothing, and fails the run until somebody sees to it.
    case expired
    /// What it excuses no longer happens. It fails the run, so that it does not lie in wait for
    /// the next violation.
    case stale
    /// Not all stories that it names were played, and in those that were nothing was violated.
    case notTried = "not-tried"
  }

  package var waiver: Waiver
  package var state: State
  /// Files of the stories in which the promise was violated.
  package var violatedIn: [String]

  package var fails: Bool { state == .expired || state == .stale }

  /// What is wrong with it; nil where nothing is.
  package var complaint: String? {
    let subject = "the waiver of \(waiver.guarantee) in \(waiver.scenario) (\(waiver.owner))"
    return switch state {
    case .expired: "\(subject) expired on \(waiver.expires)"
    case .stale: "\(subject) is no longer needed: the promise was not violated there"
    case .excuses, .notTried: nil
    }
  }
}

extension Judge {
  /// The scenarios with the waiver of each excused violation beside it.
  func excused(_ scenarios: [ScenarioResult], by waivers: [JudgedWaiver]) -> [ScenarioResult] {
    let standing = waivers.filter { $0.state == .excuses }.map(\.waiver)
    guard !standing.isEmpty else { return scenarios }
    return scenarios.map { scenario in
      guard !scenario.isControl else { return scenario }
      var scenario = scenario
      for index in scenario.findings.indices
      where scenario.findings[index].finding.verdict == .violated {
        scenario.findings[index].waiver = standing.first {
          $0.guarantee == scenario.findings[index].guarantee && $0.names(file: scenario.file)
        }
      }
      return scenario
    }
  }
}
