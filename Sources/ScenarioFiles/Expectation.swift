import Worlds

/// What only this story knows to expect of its step.
package enum Expectation: Sendable, Equatable {
  /// Every message of the step is answered (or `noReply`: none is), by its deadline.
  case answer(AnswerKind, within: Duration)
  /// Every refusal of the step gives this reason.
  case because(RefusalReason)
  /// Each reply carries a document of this knowledge base; or none does.
  case drawsOn(knowledge: String)
  case nothingFrom(knowledge: String)
  /// An admin step is accepted or refused by the vendor.
  case accepted(Bool)
  /// Each reply contains this text; or none does.
  case mentions(String)
  case neverMentions(String)
  /// People saw each answer of the step grow; or none of them.
  case grows(Bool)
  /// The vendor's invoice of a month comes to so much.
  case invoice(tenant: String, month: String, cents: Bounds)
  /// So many tokens ran on a key until the step.
  case usage(tenant: String, key: String, tokens: Bounds)
  /// Each person is told that the message waits for a key; or nobody is.
  case waits(Bool)

  /// At least so much, and at most; nil for no bound.
  package struct Bounds: Sendable, Equatable {
    package var least: Int?
    package var most: Int?

    package init(least: Int?, most: Int?) {
      self.least = least
      self.most = most
    }

    package func contain(_ number: Int) -> Bool {
      number >= least ?? number && number <= most ?? number
    }

    /// `at least 3 and at most 5`, `226`.
    package var words: String {
      if let least, least == most { return "\(least)" }
      return [least.map { "at least \($0)" }, most.map { "at most \($0)" }].compactMap { $0 }
        .joined(separator: " and ")
    }
  }

  package enum AnswerKind: String, Sendable, Equatable, CaseIterable {
    case given
    case refused
    /// In the assistant's own words: what a command gets.
    case told
    case none
    /// The platform never got it to the vendor, which was down, and gave it up.
    case undelivered
    /// Either will do, but one of them must come.
    case givenOrRefused = "given-or-refused"
  }
}

/// Why a person is refused, as far as the words of a refusal must make it plain.
package enum RefusalReason: String, Sendable, Equatable, CaseIterable {
  case keyRejected = "key-rejected"
  case noKey = "no-key"
  case keyUnavailable = "key-unavailable"
  case subscriptionEnded = "subscription-ended"
  case providerUnavailable = "provider-unavailable"
  case notAllowed = "not-allowed"
  case deactivated
  case directoryUnavailable = "directory-unavailable"
  case tooLong = "too-long"
  case tooMany = "too-many"
  /// Of a button: it is for somebody else.
  case notYours = "not-yours"
}
