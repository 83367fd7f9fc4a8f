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
  /// Each person is told that the message waits for a key; or nobody is.
  case waits(Bool)

  package enum AnswerKind: String, Sendable, Equatable, CaseIterable {
    case given
    case refused
    /// In the assistant's own words: what a command gets.
    case told
    case none
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
