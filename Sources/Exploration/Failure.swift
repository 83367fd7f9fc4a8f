package import Evidence
import Guarantees
import ScenarioFiles

/// What is wrong with a story that was played.
package struct Failure: Sendable, Equatable {
  package enum Kind: Sendable, Hashable, CustomStringConvertible {
    /// A promise of the catalogue is violated.
    case guarantee(String)
    /// Something that follows from the story did not come to pass.
    case expectation
    /// A message got no reply, or one too many.
    case delivery
    /// The harness or the vendor broke off.
    case internalError

    package var description: String {
      switch self {
      case .guarantee(let id): id
      case .expectation: "expectation"
      case .delivery: "delivery"
      case .internalError: "internal error"
      }
    }
  }

  package var kind: Kind
  /// What was seen, in a sentence.
  package var sentence: String

  /// All that is wrong with a history, in the order of the catalogue.
  package static func all(in history: History) -> [Failure] {
    var failures = Judge().findings(in: history).filter { $0.finding.verdict == .violated }
      .map { Failure(kind: .guarantee($0.guarantee), sentence: $0.finding.sentence) }
    let unmet = history.events.compactMap { event -> Event.Expectation? in
      guard case .expectation(let expectation) = event.kind, !expectation.met else { return nil }
      return expectation
    }
    if let first = unmet.first {
      failures.append(
        Failure(
          kind: .expectation,
          sentence: "Line \(first.line): expected \(first.text); observed \(first.observed)."
        )
      )
    }
    if let first = DeliveryRule.breaches(in: history).first {
      failures.append(Failure(kind: .delivery, sentence: first))
    }
    return failures
  }
}
