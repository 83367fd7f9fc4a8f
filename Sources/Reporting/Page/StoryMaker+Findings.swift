import Evidence
import Guarantees
import Worlds

extension StoryMaker {
  private static let quoteLimit = 8

  /// What the story is about, and whatever broke in it; violations first.
  var mainFindings: [GuaranteeFinding] {
    let main = scenario.result.findings.filter(isMain)
    return main.filter { $0.finding.verdict == .violated }
      + main.filter { $0.finding.verdict != .violated }
  }

  var asides: [AsideView] {
    let rest = scenario.result.findings.filter { !isMain($0) }
    guard !rest.isEmpty else { return [] }
    let held = rest.count { $0.finding.verdict == .held }
    return [
      AsideView(
        asideTitle: ShownText(
          "\(Words.count(rest.count, "other promise", "other promises")) judged in passing"
            + (held > 0 ? ", \(held) held" : "")
        ),
        findings: rest.map(finding)
      )
    ]
  }

  private func isMain(_ found: GuaranteeFinding) -> Bool {
    found.finding.verdict == .violated || scenario.result.shows.contains(found.guarantee)
      || scenario.result.expectedVerdicts.contains { $0.guarantee == found.guarantee }
  }

  func finding(_ found: GuaranteeFinding) -> FindingView {
    let outcome = scenario.outcome(of: found.guarantee)
    let finding = found.finding
    return FindingView(
      findingAnchor: ShownText("\(scenario.anchor)-\(found.guarantee)"),
      findingID: ShownText(found.guarantee),
      findingStyle: ShownText(outcome.style),
      findingSymbol: ShownText(outcome.symbol),
      findingWord: ShownText(finding.verdict.word),
      findingOpen: finding.verdict == .violated,
      findingSentence: ShownText(finding.sentence),
      exercise: finding.exercise.map {
        ExerciseView(
          exerciseName: ShownText($0.name),
          exerciseCount: ShownText(Words.grouped($0.count))
        )
      },
      witnesses: finding.witnesses?.distinct.map(witness) ?? [],
      witnessCount: finding.witnesses.map {
        [ShownText(Words.count($0.count, "witness", "witnesses"))]
      } ?? []
    )
  }

  private func witness(_ rank: String, _ witness: Finding.Witness) -> WitnessView {
    let history = scenario.result.history
    let more = witness.events.count - Self.quoteLimit
    return WitnessView(
      witnessRank: ShownText(rank),
      witnessWhat: ShownText(witness.what),
      sides: witness.sides.map {
        [SidesView(sideFirst: ShownText($0.first), sideSecond: ShownText($0.second))]
      } ?? [],
      quotes: witness.events.prefix(Self.quoteLimit).map { id in
        guard let history, let event = history.event(id) else {
          return QuoteView(
            quoteID: ShownText("#\(id)"),
            quoteTime: ShownText(""),
            quoteWords: ShownText("not in the history")
          )
        }
        return QuoteView(
          quoteID: ShownText("#\(id)"),
          quoteTime: ShownText(Words.elapsed(event.at - history.facts.startedAt)),
          quoteWords: ShownText(words?.words(for: event) ?? "", limit: 400)
        )
      },
      quotesOmitted: more > 0 ? [ShownText("and \(more) more events in the evidence")] : []
    )
  }
}
