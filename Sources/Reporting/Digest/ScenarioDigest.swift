import Evidence
import Guarantees
import Worlds

/// One scenario of a run, with what its history says of time and expectations.
struct ScenarioDigest {
  /// From 1, in the order of the run.
  let number: Int
  let result: ScenarioResult
  /// Stands for the scenario in file and test names.
  let name: String
  let expectations: [ExpectationTally]
  let controls: [ControlOutcome]
  /// Virtual, from the beginning to the end of the story; zero unless played.
  let duration: Duration

  init(number: Int, result: ScenarioResult, name: String) {
    self.number = number
    self.result = result
    self.name = name
    expectations = result.history.map { ExpectationTally.tallies(in: $0) } ?? []
    duration = result.history.map { $0.storyEnd - $0.facts.startedAt } ?? .zero
    controls =
      result.ending == .played
      ? result.expectedVerdicts.map { expected in
        ControlOutcome(
          guarantee: expected.guarantee,
          expected: expected.verdict,
          actual: result.findings.first { $0.guarantee == expected.guarantee }?.finding.verdict
        )
      } : []
  }

  var anchor: String { "s\(number)" }

  var evidenceName: String? {
    result.ending == .played ? "evidence/\(name).jsonl" : nil
  }

  var failedExpectations: [ExpectationTally] {
    result.expectationsWeigh ? expectations.filter { $0.failed > 0 } : []
  }

  /// How many came out otherwise with a vendor against whom that is not held.
  var waivedExpectations: Int {
    result.expectationsWeigh ? 0 : expectations.count { $0.failed > 0 }
  }

  /// Findings that weigh in the run: in a control a violation is what the story is for.
  var violations: [GuaranteeFinding] {
    result.isControl ? [] : result.findings.filter { $0.finding.verdict == .violated }
  }

  var harnessFailure: String? {
    switch result.ending {
    case .internalError(let reason), .unreachable(let reason): reason
    case .played, .notRun: nil
    }
  }

  /// Whether a reader must look at it: something broke, or was not decided though it should be.
  var hasNews: Bool {
    !violations.isEmpty || !failedExpectations.isEmpty || harnessFailure != nil
      || controls.contains { !$0.cameOut }
      || result.findings.contains { outcome(of: $0.guarantee) == .verdict(.inconclusive) }
  }

  func outcome(of guarantee: String) -> CellOutcome {
    switch result.ending {
    case .notRun: return .notRun
    case .internalError, .unreachable: return .harnessFailed
    case .played: break
    }
    guard let found = result.findings.first(where: { $0.guarantee == guarantee }) else {
      return .notRun
    }
    let verdict = found.finding.verdict
    if verdict == .violated, found.waiver != nil { return .waived }
    if let control = controls.first(where: { $0.guarantee == guarantee }) {
      return .control(verdict, cameOut: control.cameOut)
    }
    if result.isControl, verdict == .violated { return .control(verdict, cameOut: true) }
    if verdict == .inconclusive, !result.shows.contains(guarantee) { return .notExercised }
    return .verdict(verdict)
  }
}

/// Whether a control brought out the verdict that it is there to bring out.
struct ControlOutcome: Equatable {
  var guarantee: String
  var expected: Verdict
  var actual: Verdict?

  var cameOut: Bool { actual == expected }
}

extension History {
  /// When the story was over; what was seen later belongs to clearing up.
  var storyEnd: Timestamp {
    let end = events.last { $0.kind == .storyEnded }?.at ?? events.last?.at ?? facts.startedAt
    return max(end, facts.startedAt)
  }
}
