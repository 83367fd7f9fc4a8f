import Logging
import Worlds

/// Hands replies to the platforms, again and again while they cannot take them, and notes what they
/// have taken.
struct Delivery: Sendable {
  let teams: TeamsReplySender?
  let googleChat: GoogleChatReplySender?
  /// Customers whose people see answers grow.
  let streamingTenants: Set<String>
  let typingAfter: Duration
  let journal: any MessageJournal
  let offering: Offering
  let clock: any WorldClock
  let logger: Logger

  func canShowTyping(to message: ReceivedMessage) -> Bool {
    sender(for: message)?.showsTyping ?? false
  }

  func showTyping(to message: ReceivedMessage) async {
    await sender(for: message)?.showTyping(to: message)
  }

  /// - Parameters:
  ///   - first: the first part that the platform has not taken yet.
  ///   - waiter: an open exchange that may take the reply instead.
  ///   - stream: what the person has seen of the first part already.
  /// - Throws: what ends the task, and what the journal throws.
  func deliver(
    _ outcome: JournaledMessage.Outcome,
    to message: ReceivedMessage,
    from first: Int,
    waiter: SynchronousReply?,
    stream: ReplyStream? = nil
  ) async throws {
    guard let sender = sender(for: message) else {
      return try fail(message, "platform not configured")
    }
    let parts =
      switch outcome {
      case .answer(let answer, let documents):
        sender.parts(
          of: answer,
          with: AnswerCard(documents: documents, activity: message.activity)
        )
      case .refusal(let refusal): sender.parts(of: refusal.words, with: nil)
      case .notice(let notice): sender.parts(of: notice.words, with: nil)
      }
    if let waiter {
      // Whoever takes it journals it, when it has been written.
      if parts.count == 1, waiter.offer(.init(part: parts[0], outcome: outcome)) { return }
      waiter.decline()
    }
    guard first < parts.count else { return try journal.recordDelivered(message, as: nil) }
    var name: String?
    for number in first..<parts.count {
      // After a restart the first part may stand there unfinished.
      let known = stream ?? (canStream(to: message) ? ReplyStream() : nil)
      let isTaken = try await offer("\(number)", of: message, through: sender) {
        if number == 0, let known {
          name = try await complete(known, with: parts[0], to: message, through: sender)
        } else {
          try await sender.send(parts[number], to: message)
        }
      } noteTaken: {
        if number < parts.count - 1 {
          try journal.record(partsSent: number + 1, to: message)
        } else {
          try journal.recordDelivered(message, as: name)
        }
      }
      guard isTaken else { return }
    }
  }

  /// Tells a person something before the reply, once the platform takes it.
  ///
  /// - Parameters:
  ///   - stream: what the person has seen of a reply that will not be one.
  ///   - noteTaken: journals that the platform has taken it.
  /// - Returns: false when it has definitely failed, and that is journaled.
  /// - Throws: what ends the task, and what the journal throws.
  func tell(
    _ words: String,
    to message: ReceivedMessage,
    stream: ReplyStream?,
    noteTaken: () throws -> Void
  ) async throws -> Bool {
    guard let sender = sender(for: message) else {
      try fail(message, "platform not configured")
      return false
    }
    let part = sender.parts(of: words, with: nil)[0]
    return try await offer("aside", of: message, through: sender) {
      try await sender.sendAside(part, over: stream, to: message)
    } noteTaken: {
      try noteTaken()
    }
  }

  /// False when it has definitely failed, and that is journaled.
  private func offer(
    _ part: String,
    of message: ReceivedMessage,
    through sender: any ReplySender,
    _ send: () async throws -> Void,
    noteTaken: () throws -> Void
  ) async throws -> Bool {
    let failure = try await offering.make(
      "\(message.exchange)/delivery/\(part)",
      discardToken: sender.discardToken,
      send,
      noteTaken: noteTaken
    )
    guard let failure else { return true }
    try fail(message, failure)
    return false
  }

  private func fail(_ message: ReceivedMessage, _ reason: String) throws {
    logger.error(
      "A reply could not be delivered",
      metadata: [
        "message": "\(message.id)", "tenant": "\(message.tenant)", "reason": "\(reason)",
      ]
    )
    try journal.record(failure: reason, to: message)
  }

  func sender(for message: ReceivedMessage) -> (any ReplySender)? {
    switch message.platform {
    case .teams: teams
    case .googleChat: googleChat
    }
  }
}
