import Evidence
import ScenarioFiles
import Worlds

/// Whether a message got what its step expects: an answer, a refusal, or nothing.
extension ExpectationReview {
  func answerFailure(
    _ kind: Expectation.AnswerKind,
    within limit: Duration,
    _ message: Message
  ) -> Failure? {
    let answer = message.answers.first?.at
    let refusal = message.endings.first { $0.reply.nature == .notice }?.at
    let overdue = message.sentAt + limit
    func late(_ moment: Timestamp, _ words: String) -> Failure? {
      let took = moment - message.sentAt
      return took <= limit ? nil : Failure("\(words) \(took.inWords)", overdue)
    }
    switch kind {
    case .given:
      if let answer { return late(answer, "was answered only after") }
      return refusal.map { Failure("was refused", $0) } ?? Failure(message.silence, overdue)
    case .refused, .told:
      if let answer { return Failure("was answered", answer) }
      guard let refusal else { return Failure(message.silence, overdue) }
      return late(refusal, "was told only after")
    case .none: return message.replies.first.map { Failure("got a reply", $0.at) }
    case .undelivered:
      if let reply = message.replies.first { return Failure("got a reply", reply.at) }
      return message.wasAccepted ? Failure("was delivered", message.sentAt) : nil
    case .givenOrRefused:
      guard let first = message.endings.first else { return Failure(message.silence, overdue) }
      return late(first.at, "heard nothing for")
    }
  }
}

extension ExpectationReview.Message {
  /// What became of one that nobody answered or refused.
  fileprivate var silence: String {
    if !promises.isEmpty { return "still waits" }
    return wasAccepted ? "got no reply" : "got no reply: it was never delivered"
  }
}
