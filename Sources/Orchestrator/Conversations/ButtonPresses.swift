import Logging

/// Does what a button says. A press shows nothing of an answer: what comes of it comes as an answer
/// to its person, with the permissions of that moment.
struct ButtonPresses: Sendable {
  private let messages: MessageStore
  private let feedback: FeedbackStore
  private let logger: Logger

  init(messages: MessageStore, logger: Logger) {
    self.messages = messages
    feedback = FeedbackStore(storage: messages.storage)
    self.logger = logger
  }

  enum Outcome: Sendable {
    case answer(ButtonAnswer)
    /// To be journaled and worked on like a message that was written; one that is journaled
    /// already is under way or answered.
    case ask(ReceivedMessage)
  }

  func take(_ press: PressedButton) -> Outcome {
    do {
      // Where it was said and by whose customer is the platform's word, and not the card's.
      guard let answered = try messages.answered(in: press) else {
        return .answer(.forgotten)
      }
      switch press.button {
      case .helpful, .unhelpful:
        try feedback.record(press, on: answered)
        return .answer(.thanked)
      case .askAgain:
        guard !press.person.isEmpty, answered.message.person == press.person else {
          return .answer(.notYours)
        }
        return .ask(try messages.asked(answered.message, againBy: press))
      }
    } catch {
      logger.error("A button could not be obeyed", metadata: ["tenant": "\(press.tenant)"])
      return .answer(.busy)
    }
  }
}
