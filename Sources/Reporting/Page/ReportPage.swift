import Evidence
import Guarantees
import Mustache
import Worlds

/// `report.html`: one page that opens from disk and asks nothing of any network.
struct ReportPage {
  let digest: RunDigest
  let machine: MachineFacts

  func render() throws -> String {
    let library = MustacheLibrary(templates: [
      "page": try MustacheTemplate(string: PageTemplate.text),
      "promise": try MustacheTemplate(string: PromiseTemplate.text),
      "models": try MustacheTemplate(string: ModelsTemplate.text),
      "flows": try MustacheTemplate(string: FlowsTemplate.text),
      "matrix": try MustacheTemplate(string: MatrixTemplate.text),
      "story": try MustacheTemplate(string: StoryTemplate.text),
      "finding": try MustacheTemplate(string: FindingTemplate.text),
    ])
    return library.render(view, withTemplate: "page") ?? ""
  }

  private var view: PageView {
    PageView(
      style: Markup(StyleSheet.text + StyleSheet.details),
      subject: ShownText(digest.run.subject),
      headline: ShownText(digest.headline),
      reservations: digest.reservations.map { ShownText($0) },
      tone: ShownText(digest.tone.rawValue),
      counters: counters,
      metas: metas,
      limits: Self.limits.map { ShownText($0) },
      calibration: ShownText(calibration),
      isCalibrated: digest.run.calibration != nil,
      promises: digest.verdictsBySeverity.map(promise),
      columns: digest.run.guarantees.map { ColumnView(columnID: ShownText($0.guarantee)) },
      families: families,
      legend: Self.legend,
      hasModels: hasModels,
      modelNames: modelNames,
      modelRows: modelRows,
      hasFlows: !digest.flows.isEmpty,
      flowKinds: flowKinds,
      flows: flows,
      stories: digest.scenarios.map { StoryMaker(scenario: $0, digest: digest).view },
      evidenceFiles: digest.scenarios.compactMap(\.evidenceName).map { ShownText($0) }
    )
  }

  private var counters: [CounterView] {
    let order: [Verdict] = [.violated, .inconclusive, .held, .notClaimed]
    return order.filter { digest.count($0) > 0 || $0 == .held || $0 == .violated }.map { verdict in
      let number = digest.count(verdict)
      return CounterView(
        counterStyle: ShownText(number == 0 ? "quiet" : verdict.rawValue),
        counterSymbol: ShownText(verdict.symbol),
        counterNumber: ShownText(String(number)),
        counterWord: ShownText(verdict.word)
      )
    }
  }

  private var metas: [MetaView] {
    let histories = digest.scenarios.compactMap(\.result.history)
    let worlds = WorldKind.allCases.filter { kind in histories.contains { $0.facts.world == kind } }
    let span = digest.scenarios.reduce(Duration.zero) { $0 + $1.duration }
    let events = histories.reduce(0) { $0 + $1.events.count }
    var stories = [Words.count(digest.played, "played", "played")]
    if digest.notRun > 0 { stories.append("\(digest.notRun) not run") }
    if digest.harnessFailures > 0 { stories.append("\(digest.harnessFailures) failed") }
    let values = [
      ("Played on", machine.startedAt.iso8601.prefix(10) + " (UTC)"),
      ("World", worlds.map(\.rawValue).joined(separator: " and ")),
      ("Seed", String(digest.run.seed)),
      ("Stories", stories.joined(separator: ", ")),
      ("Virtual time", Words.roughly(span)),
      ("Events seen", Words.grouped(events)),
      ("Tool", "keyproof \(machine.toolVersion)"),
    ]
    return values.filter { !$0.1.isEmpty }.map {
      MetaView(term: ShownText($0.0), meaning: ShownText(String($0.1)))
    }
  }

  private var calibration: String {
    digest.run.calibration?.sentence
      ?? "Not calibrated: no score of the rogue vendors belongs to this build and library."
  }

  private func promise(_ verdict: GuaranteeVerdict) -> PromiseView {
    let guarantee = digest.guarantee(verdict.guarantee)
    return PromiseView(
      promiseID: ShownText(verdict.guarantee),
      promiseStyle: ShownText(verdict.verdict.rawValue),
      promiseSymbol: ShownText(verdict.verdict.symbol),
      promiseWord: ShownText(verdict.shownWord),
      statement: ShownText(guarantee?.statement ?? verdict.guarantee),
      promiseSentence: ShownText(verdict.sentence),
      source: guarantee.map { [ShownText($0.source)] } ?? [],
      consequence: guarantee.map { [ShownText($0.consequence)] } ?? [],
      warns: verdict.verdict == .violated,
      deciding: verdict.scenarios.compactMap { file in
        digest.scenarios.first { $0.result.file == file }.map {
          StoryLinkView(
            linkTarget: ShownText("\($0.anchor)-\(verdict.guarantee)"),
            linkText: ShownText($0.result.title)
          )
        }
      },
      controlled: controls(of: verdict.guarantee)
    )
  }

  private func controls(of id: String) -> [ControlsView] {
    guard let supports = Catalogue.entry(id)?.supports, !supports.isEmpty else { return [] }
    let numbers = supports.map {
      "\($0.framework.shortTitle) \($0.numbers.joined(separator: ", "))"
    }
    return [
      ControlsView(
        controlNumbers: ShownText(numbers.joined(separator: "; ")),
        controlNotice: ShownText(ControlSupport.disclaimer)
      )
    ]
  }
}
