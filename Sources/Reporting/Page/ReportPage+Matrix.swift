import Guarantees

extension ReportPage {
  /// Stories by family in the order of the run; controls stand apart, at the end.
  var families: [MatrixFamilyView] {
    var names: [String] = []
    for scenario in digest.scenarios where !names.contains(familyName(scenario)) {
      names.append(familyName(scenario))
    }
    let controls = names.filter { $0 == Self.controls }
    return (names.filter { $0 != Self.controls } + controls).map { name in
      MatrixFamilyView(
        familyName: ShownText(name),
        familyWidth: ShownText(String(digest.run.guarantees.count + 1)),
        rows: digest.scenarios.filter { familyName($0) == name }.map(row)
      )
    }
  }

  private static var controls: String { "controls: vendors that break a promise on purpose" }

  private func familyName(_ scenario: ScenarioDigest) -> String {
    scenario.result.isControl ? Self.controls : scenario.result.family
  }

  private func row(_ scenario: ScenarioDigest) -> MatrixRowView {
    var notes: [String] = []
    var alarms: [String] = []
    let missed = scenario.failedExpectations.count
    if missed > 0 {
      alarms.append(Words.count(missed, "expectation missed", "expectations missed"))
    }
    switch scenario.result.ending {
    case .played: break
    case .notRun: notes.append("not run")
    case .unreachable: alarms.append("the vendor could not be reached")
    case .internalError: alarms.append("the harness failed")
    }
    return MatrixRowView(
      rowTarget: ShownText(scenario.anchor),
      rowTitle: ShownText(scenario.result.title),
      rowNote: notes.map { ShownText($0) },
      rowAlarm: alarms.map { ShownText($0) },
      cells: digest.run.guarantees.map { verdict in
        let outcome = scenario.outcome(of: verdict.guarantee)
        let isJudged = scenario.result.findings.contains { $0.guarantee == verdict.guarantee }
        return CellView(
          cellTarget: ShownText(
            isJudged ? "\(scenario.anchor)-\(verdict.guarantee)" : scenario.anchor
          ),
          cellStyle: ShownText(outcome.style),
          cellShown: scenario.result.shows.contains(verdict.guarantee),
          cellSymbol: ShownText(outcome.symbol),
          cellWord: ShownText("\(verdict.guarantee): \(outcome.word)")
        )
      }
    )
  }

  static let limits =
    ["It speaks of the program named above, as it was built for this run, and of no other product."]
    + Catalogue.entries.filter { $0.kind == .limit }.map(\.statement)

  static let legend: [LegendView] = {
    let entries: [(CellOutcome, String, String)] = [
      (.verdict(.held), "held", "The story put the promise to the test, and it was kept."),
      (.verdict(.violated), "violated", "It was seen broken; the witnesses are quoted."),
      (
        .verdict(.inconclusive), "inconclusive",
        "The story is there to test it, and what was seen does not decide it. Never a pass."
      ),
      (
        .verdict(.notClaimed), "not claimed",
        "The vendor does not promise it, or nobody outside could see it."
      ),
      (.notExercised, "not exercised", "The story is about something else. Carries no weight."),
      (.notRun, "not run", "Left out by the world or by a filter. Carries no weight."),
      (
        .control(.violated, cameOut: true), "control",
        "A vendor that breaks the promise on purpose was found out, as it must be."
      ),
      (
        .control(.held, cameOut: false), "control failed",
        "A control did not show what it must: the instrument is not to be trusted there."
      ),
      (
        .harnessFailed, "harness failed",
        "The harness itself failed in this story; nothing was judged."
      ),
    ]
    return entries.map { outcome, word, meaning in
      LegendView(
        legendStyle: ShownText(outcome.style),
        legendSymbol: ShownText(outcome.symbol),
        legendWord: ShownText(word),
        legendMeaning: ShownText(meaning)
      )
    }
  }()
}
