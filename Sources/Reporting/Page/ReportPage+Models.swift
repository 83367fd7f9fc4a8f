import Evidence
import Guarantees

struct ModelRowView {
  var modelPromise: ShownText
  var modelCells: [ModelCellView]
}

struct ModelCellView {
  var claimWord: ShownText
  var observedStyle: ShownText
  var observedSymbol: ShownText
  var observedWord: ShownText
  var observedTitle: ShownText
}

extension ReportPage {
  /// Shown where stories of more than one model were played: there is nothing to compare else.
  var hasModels: Bool {
    let matrix = digest.models.rows
    return Facts.Deployment.allCases.count { model in
      matrix.contains { row in
        row.cells.contains { $0.model == model && $0.observed != nil }
      }
    } > 1
  }

  var modelNames: [ShownText] { Facts.Deployment.allCases.map { ShownText($0.words) } }

  var modelRows: [ModelRowView] {
    digest.models.rows.map { row in
      ModelRowView(
        modelPromise: ShownText(row.guarantee),
        modelCells: row.cells.map(view)
      )
    }
  }

  private func view(_ cell: ModelMatrix.Cell) -> ModelCellView {
    let outcome: CellOutcome =
      switch cell.observed {
      case .inconclusive?: .notExercised
      case let verdict?: .verdict(verdict)
      case nil: .notRun
      }
    let count = cell.scenarios.count
    let stories = count > 0 ? " (\(Words.count(count, "story", "stories")))" : ""
    return ModelCellView(
      claimWord: ShownText(cell.claim.words),
      observedStyle: ShownText(outcome.style),
      observedSymbol: ShownText(outcome.symbol),
      observedWord: ShownText(outcome.word),
      observedTitle: ShownText(outcome.word + stories + (count > 0 ? ": " + cell.sentence : ""))
    )
  }
}

extension Claims.Scope? {
  var words: String {
    switch self {
    case .everything?: "yes"
    case .modelCalls?: "model calls"
    case nil: "no"
    }
  }
}
