import Evidence
import Guarantees
import Mustache
import Worlds

/// `report.html`: one page that opens from disk and asks nothing of any network.
struct ReportPage {
  let digest: RunDigest
  let machine: MachineFacts
  /// The id of the key that the report is signed with.
  let signer: String
  /// Of the files beside the page, by name, in hexadecimal digits.
  let digests: [String: String]

  func render() throws -> String {
    let templates = [
      "page": PageTemplate.text, "head": HeadTemplate.text, "questions": QuestionsTemplate.text,
      "promise": PromiseTemplate.text, "models": ModelsTemplate.text, "flows": FlowsTemplate.text,
      "money": MoneyTemplate.text, "moments": MomentsTemplate.text,
      "matrix": MatrixTemplate.text, "story": StoryTemplate.text,
      "closeUp": CloseUpTemplate.text, "finding": FindingTemplate.text,
    ]
    let library = MustacheLibrary(
      templates: try templates.mapValues { try MustacheTemplate(string: $0) }
    )
    return library.render(view, withTemplate: "page") ?? ""
  }

  private var view: PageView {
    let style = StyleSheet.text + StyleSheet.parts + StyleSheet.details
    let keyMoments = digest.scenarios.map(\.keyMoments)
    let (moments, momentsOmitted) = moments(keyMoments)
    var events = StoryEvents(digest.scenarios)
    let stories = concurrentMap(Array(zip(digest.scenarios, keyMoments))) { [events] in
      StoryMaker(scenario: $0, digest: digest).view(moments: $1, events: events)
    }.map { story, shown in
      var story = story
      story.eventData = shown.map { [Markup(events.json(of: $0))] } ?? []
      return story
    }
    return PageView(
      style: Markup(style),
      styleSource: Markup(PageScript.source(style)),
      script: Markup(PageScript.text),
      scriptSource: Markup(PageScript.source(PageScript.text)),
      texts: Markup(events.texts.json),
      eventRows: Markup(StoryEvents.rowsJSON),
      subject: ShownText(digest.run.subject),
      headline: ShownText(digest.headline),
      reservations: digest.reservations.map { ShownText($0) },
      tone: ShownText(digest.tone.rawValue),
      counters: counters,
      metas: metas,
      sureties: sureties,
      doubts: doubts,
      answers: answers,
      limits: Self.limits.map { ShownText($0) },
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
      hasMoney: !digest.money.rows.isEmpty,
      bookNames: bookNames,
      moneyRows: moneyRows,
      statements: statements,
      hasMoments: !moments.isEmpty,
      moments: moments,
      momentsOmitted: momentsOmitted,
      stories: stories,
      files: files
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
}
