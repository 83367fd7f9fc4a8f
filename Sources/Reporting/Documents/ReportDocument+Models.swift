import Evidence
import Guarantees

extension ReportDocument {
  /// One promise under the deployment models.
  struct ModelRow: Encodable {
    struct Cell: Encodable {
      var model: Facts.Deployment
      /// `everything`, `model-calls` or `nothing`.
      var claimed: String
      /// Absent where no story of this model was played.
      var observed: Verdict?
      var sentence: String
      var scenarios: [String]
    }

    var guarantee: String
    var models: [Cell]

    init(_ row: ModelMatrix.Row) {
      guarantee = row.guarantee
      models = row.cells.map { cell in
        Cell(
          model: cell.model,
          claimed: cell.claim?.rawValue ?? "nothing",
          observed: cell.observed,
          sentence: cell.sentence,
          scenarios: cell.scenarios
        )
      }
    }
  }
}
