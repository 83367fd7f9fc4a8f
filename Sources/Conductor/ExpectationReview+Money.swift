import Evidence
import ScenarioFiles
import Secrets
import Worlds

/// What a step expects of the books.
extension ExpectationReview {
  /// Nil for an expectation of another kind.
  func moneyFailures(_ expectation: Expectation, of step: Step) -> [Failure]? {
    let moment = scenario.world.startsAt + step.timing.begins
    switch expectation {
    case .invoice(let tenant, let month, let cents):
      guard let total = invoiceTotals[step.line]?["\(tenant)/\(month)"] else {
        return [Failure("there is no invoice of that month", moment)]
      }
      return cents.contain(total) ? [] : [Failure("it comes to \(total) cents", moment)]
    case .usage(let tenant, let key, let tokens):
      let used = used(on: "\(tenant)/\(key)", until: moment)
      return tokens.contain(used) ? [] : [Failure("there were \(used) tokens", moment)]
    default: return nil
    }
  }

  private func used(on name: String, until moment: Timestamp) -> Int {
    var fingerprints: Set<Fingerprint> = []
    var tokens = 0
    for event in events {
      switch event.kind {
      // A key of an Azure resource has a value after the other: `acme/azure-1, value 2`.
      case .keyCreated(let key) where key.name == name || key.name.hasPrefix(name + ","):
        fingerprints.insert(key.key)
      case .providerCall(let call) where call.authenticatedAt <= moment:
        guard let key = call.key, fingerprints.contains(key) else { continue }
        tokens += call.promptTokens + call.completionTokens
      default: continue
      }
    }
    return tokens
  }
}
