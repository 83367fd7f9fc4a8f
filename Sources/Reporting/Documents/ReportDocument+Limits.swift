import Evidence
import Guarantees

extension ReportDocument {
  /// A limit of the catalogue, with what was seen of it.
  struct Limit: Encodable {
    struct Shown: Encodable {
      var scenario: String
      var outcome: LimitDemonstration.Outcome
      var sentence: String
      /// Ids of events in the scenario's evidence.
      var events: [Int]
    }

    var id: String
    var statement: String
    /// The guide's own words that it comes from.
    var source: String
    /// What follows from it for the buyer.
    var meaning: String
    var demonstrations: [Shown]
  }
}

extension RunDigest {
  /// In the order of the catalogue, each with the stories of the run that were there to show it;
  /// controls have no say.
  var limits: [ReportDocument.Limit] {
    let shown = run.scenarios.filter { $0.ending == .played && !$0.isControl }.flatMap { scenario in
      scenario.history.map { history in
        LimitDemonstration.all(in: history).map { (scenario.file, $0) }
      } ?? []
    }
    return Catalogue.entries.filter { $0.kind == .limit }.map { entry in
      ReportDocument.Limit(
        id: entry.id,
        statement: entry.statement,
        source: entry.source,
        meaning: entry.meaning,
        demonstrations: shown.filter { $0.1.limit == entry.id }.map { file, demonstration in
          .init(
            scenario: file,
            outcome: demonstration.outcome,
            sentence: demonstration.sentence,
            events: demonstration.events
          )
        }
      )
    }
  }
}
