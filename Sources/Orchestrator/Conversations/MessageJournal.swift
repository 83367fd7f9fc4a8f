/// A message with what is known of its fate.
package struct JournaledMessage: Sendable {
  package enum Outcome: Hashable, Sendable {
    /// Markdown, and the titles of the documents that stand under it.
    case answer(String, documents: [String])
    case refusal(Refusal)
    case notice(Notice)
  }

  package var message: ReceivedMessage
  /// Nil while the message is only received.
  package var outcome: Outcome?
  /// How many parts of the reply the platform has taken.
  package var partsSent: Int

  package init(message: ReceivedMessage, outcome: Outcome?, partsSent: Int) {
    self.message = message
    self.outcome = outcome
    self.partsSent = partsSent
  }
}

/// What an answer drew on, and who was there to read it.
package struct AnswerOrigin: Hashable, Sendable {
  /// Sorted; those of earlier turns that stood in the prompt included.
  package var bases: [String]
  /// Sorted; nil when it could not be found out.
  package var audience: [String]?
  /// Titles of the documents that the question's own search found, nearest first.
  package var documents: [String]

  package init(bases: [String], audience: [String]?, documents: [String] = []) {
    self.documents = documents
    self.bases = bases
    self.audience = audience
  }
}

/// The durable state of every message, from received to delivered: what a crash cannot undo.
package protocol MessageJournal: Sendable {
  /// Notes a message before the platform is told that it was taken, and in the same write that it
  /// is refused, where it is too long or one too many.
  ///
  /// - Returns: the message with its number; nil when it had been received before.
  func receive(_ message: ReceivedMessage) throws -> JournaledMessage?

  /// Notes the answer before it is sent, so that a crash between costs no second model call.
  func record(answer: String, from origin: AnswerOrigin, to message: ReceivedMessage) throws

  func record(refusal: Refusal, to message: ReceivedMessage) throws

  /// Notes that a command was obeyed.
  func record(notice: Notice, to message: ReceivedMessage) throws

  /// Notes how many parts of a long reply the platform has taken.
  func record(partsSent: Int, to message: ReceivedMessage) throws

  /// - Parameter reply: the platform's name for the reply, where it has told one that presses of
  ///   its own buttons come by.
  func recordDelivered(_ message: ReceivedMessage, as reply: String?) throws

  /// Notes that the platform will never take the reply.
  func record(failure: String, to message: ReceivedMessage) throws

  /// What an earlier run left undelivered, oldest first; where several processes share a storage,
  /// what none of them works on, which is this one's from now on.
  func unfinished() throws -> [JournaledMessage]
}
