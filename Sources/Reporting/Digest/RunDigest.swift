import Evidence
import Guarantees

/// A run with everything worked out that more than one artefact says, so that all of them say
/// the same.
struct RunDigest {
  let run: RunResult
  let catalogue: [Guarantee]
  let scenarios: [ScenarioDigest]
  let models: ModelMatrix
  /// Where the data went, for each deployment model that was played.
  let flows: [(model: Facts.Deployment, flow: DataFlow)]
  let money: MoneyDigest

  init(run: RunResult, catalogue: [Guarantee]) {
    self.run = run
    self.catalogue = catalogue
    models = ModelMatrix(run.scenarios, guarantees: catalogue)
    flows = DataFlow.byModel(run.scenarios)
    money = MoneyDigest(run.scenarios)
    var names = EvidenceNames()
    scenarios = run.scenarios.enumerated().map { index, result in
      ScenarioDigest(number: index + 1, result: result, name: names.name(of: result))
    }
  }

  /// Violations first, then what was not decided, what held, and what is not claimed.
  var verdictsBySeverity: [GuaranteeVerdict] {
    let order: [Verdict] = [.violated, .inconclusive, .held, .notClaimed]
    return order.flatMap { verdict in run.guarantees.filter { $0.verdict == verdict } }
  }

  func guarantee(_ id: String) -> Guarantee? {
    catalogue.first { $0.id == id }
  }

  /// What the selection or the world left out was not tried: it is no open question.
  func count(_ verdict: Verdict) -> Int {
    run.guarantees.count { $0.verdict == verdict && !$0.wasLeftOut }
  }

  var failedExpectations: Int { scenarios.reduce(0) { $0 + $1.failedExpectations.count } }

  /// Why expectations that were not met are missing from the findings; nil where none are.
  var waiver: String? {
    let waived = scenarios.reduce(0) { $0 + $1.waivedExpectations }
    guard waived > 0 else { return nil }
    return
      "\(Words.count(waived, "expectation", "expectations")) of the stories came out otherwise "
      + "and do not weigh: they are written for the reference orchestrator, and a vendor that only "
      + "looks guilty is judged by the promises alone."
  }

  var failedControls: Int { scenarios.reduce(0) { $0 + $1.controls.count { !$0.cameOut } } }

  var played: Int { scenarios.count { $0.result.ending == .played } }

  var harnessFailures: Int { scenarios.count { $0.harnessFailure != nil } }

  var notRun: Int { scenarios.count - played - harnessFailures }
}

extension GuaranteeVerdict {
  /// Whether no story that was played is about it.
  var wasLeftOut: Bool { verdict == .inconclusive && !weighs }
}
