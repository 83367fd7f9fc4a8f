import Evidence
import Guarantees
import Worlds

/// Makes the view of one scenario.
struct StoryMaker {
  /// With this many stories the page is still short enough to unfold them all.
  private static let openLimit = 24

  let scenario: ScenarioDigest
  let digest: RunDigest
  let words: EventWords?

  init(scenario: ScenarioDigest, digest: RunDigest) {
    self.scenario = scenario
    self.digest = digest
    words = scenario.result.history.map { EventWords(history: $0) }
  }

  /// The view without its events' data, and what makes them.
  func view(
    moments: [KeyMoment],
    events: StoryEvents
  ) -> (view: StoryView, events: StoryEvents.Story?) {
    let result = scenario.result
    let head = headline
    let timeline = result.history.map {
      TimelineReader.timeline(of: $0, findings: result.findings)
    }
    let made = StoryView(
      storyAnchor: ShownText(scenario.anchor),
      storyTitle: ShownText(result.title, limit: 300),
      storyFile: ShownText(result.file, limit: 300),
      storyStyle: ShownText(head.style),
      storySymbol: ShownText(head.symbol),
      storyWord: ShownText(head.word),
      storyOpen: scenario.hasNews || digest.scenarios.count <= Self.openLimit,
      about: ShownText(result.about),
      facts: facts.map { ShownText($0) },
      problem: problem.map { ShownText($0) },
      closeUps: timeline.map { timeline in moments.map { closeUp($0, timeline) } } ?? [],
      plots: result.history.map(LatencyPlot.plots)?.map(plot) ?? [],
      timeline: timeline.map { [view(of: $0)] } ?? [],
      eventData: [],
      missed: scenario.failedExpectations.map(missed),
      findings: mainFindings.map(finding),
      asides: asides,
      replay: ShownText(result.replay),
      evidence: scenario.evidenceName.map { [ShownText($0)] } ?? []
    )
    guard let history = result.history, let words else { return (made, nil) }
    return (made, events.story(scenario, history, words: words))
  }

  private var headline: (style: String, symbol: String, word: String) {
    switch scenario.result.ending {
    case .notRun: return ("quiet", "○", "not run")
    case .unreachable: return ("violated", "!", "the vendor could not be reached")
    case .internalError: return ("violated", "!", "the harness failed")
    case .played: break
    }
    if scenario.result.isControl {
      return scenario.controls.allSatisfy(\.cameOut)
        ? ("control", "✓", "control came out") : ("violated", "✗", "control failed")
    }
    if !scenario.violations.isEmpty { return ("violated", "✗", "violated") }
    if !scenario.failedExpectations.isEmpty { return ("violated", "✗", "expectation missed") }
    return scenario.hasNews ? ("inconclusive", "?", "inconclusive") : ("held", "✓", "held")
  }

  private var facts: [String] {
    guard let history = scenario.result.history else { return [] }
    let facts = history.facts
    return [
      "\(facts.world.rawValue) world", "vendor \(facts.vendor)",
      "\(Words.roughly(scenario.duration)) of virtual time from "
        + facts.startedAt.iso8601.prefix(16).replacing("T", with: " "),
      Words.count(history.events.count, "event", "events"),
      Words.count(facts.people.count, "person", "people"),
    ]
  }

  private var problem: [String] {
    switch scenario.result.ending {
    case .played:
      scenario.controls.map { control in
        "Control: \(control.guarantee) must come out \(control.expected.word), and came out "
          + (control.actual?.word ?? "not judged") + "."
      }
    case .notRun(let reason): ["Not run: \(reason)"]
    case .unreachable(let reason): ["The vendor could not be reached: \(reason)"]
    case .internalError(let reason): ["The harness failed: \(reason)"]
    }
  }

  private func view(of timeline: Timeline) -> TimelineView {
    TimelineView(
      drawing: Markup(TimelineDrawing.svg(of: timeline)),
      marksOpen: timeline.marks.count <= 10,
      marks: marks(of: timeline, from: timeline.start),
      markCount: ShownText(Words.count(timeline.marks.count, "numbered mark", "numbered marks")),
      marksOmitted: timeline.omittedMarks == 0
        ? [] : [ShownText("\(timeline.omittedMarks) more are in the evidence.")]
    )
  }

  func marks(of timeline: Timeline, from start: Timestamp) -> [MarkView] {
    timeline.marks.enumerated().map { index, mark in
      MarkView(
        markNumber: ShownText(String(index + 1)),
        markTime: ShownText(Words.elapsed(mark.at - start)),
        markWords: ShownText(mark.words, limit: 300)
      )
    }
  }

  private func missed(_ tally: ExpectationTally) -> MissedView {
    let first = tally.failedAt.map { at in
      scenario.result.history.map { ", first at \(Words.elapsed(at - $0.facts.startedAt))" } ?? ""
    }
    return MissedView(
      missedPlace: ShownText("\(scenario.result.file):\(tally.line)"),
      missedText: ShownText(tally.text),
      missedObserved: ShownText(tally.observed),
      missedTimes: ShownText(
        "not met \(Words.count(tally.failed, "time", "times")), met \(tally.met)\(first ?? "")"
      )
    )
  }
}
