package import Evidence

/// Deployment models against promises: what each claims, and apart from it what was observed. Flip
/// a claim, and the observations stay.
package struct ModelMatrix: Sendable, Equatable {
  package struct Cell: Sendable, Equatable {
    package var model: Facts.Deployment
    /// Nil where the model does not make the promise.
    package var claim: Claims.Scope?
    /// Over the stories of this model, whatever it claims; nil where none was played.
    package var observed: Verdict?
    /// The stories that decided it.
    package var scenarios: [String]
    /// Of the first of them.
    package var sentence: String
  }

  package struct Row: Sendable, Equatable {
    package var guarantee: String
    /// In the order of `Facts.Deployment`.
    package var cells: [Cell]
  }

  package var rows: [Row]

  /// Controls have no say, nor have stories whose customers are of several models.
  package init(_ scenarios: [ScenarioResult], guarantees: [Guarantee] = Catalogue.guarantees) {
    let played = scenarios.filter { $0.ending == .played && !$0.isControl }
    let byModel = Dictionary(grouping: played, by: \.deployment)
    rows = guarantees.map { guarantee in
      Row(
        guarantee: guarantee.id,
        cells: Facts.Deployment.allCases.map { model in
          Self.cell(guarantee, model, byModel[model] ?? [])
        }
      )
    }
  }

  private static func cell(
    _ guarantee: Guarantee,
    _ model: Facts.Deployment,
    _ scenarios: [ScenarioResult]
  ) -> Cell {
    var cell = Cell(
      model: model,
      claim: guarantee.claims.scope(of: model),
      scenarios: [],
      sentence: ""
    )
    let findings = scenarios.compactMap { scenario in
      scenario.findings.first { $0.guarantee == guarantee.id }.map { (scenario, $0.finding) }
    }
    for verdict in [Verdict.violated, .held, .inconclusive] {
      let deciding = findings.filter { ($0.1.observed?.verdict ?? $0.1.verdict) == verdict }
      guard let (_, first) = deciding.first else { continue }
      cell.observed = verdict
      cell.scenarios = deciding.map(\.0.file)
      cell.sentence = first.observed?.sentence ?? first.sentence
      break
    }
    return cell
  }
}

extension ScenarioResult {
  /// Nil for a story that was not played, and for customers of several models.
  package var deployment: Facts.Deployment? {
    let models = Set(history?.facts.tenants.map(\.deployment) ?? [])
    return models.count == 1 ? models.first : nil
  }
}
