import Logging
import Worlds

/// Hands replies to the platforms, again and again while they cannot take them, and notes what they
/// have taken.
struct Delivery: Sendable {
  let teams: TeamsReplySender?
  let googleChat: GoogleChatReplySender?
  let journal: any MessageJournal
  let window: Duration
  let clock: any WorldClock
  let randomness: Randomness
  let logger: Logger

  private static let backoff = Backoff(first: .seconds(1), longest: .seconds(60))

  func canShowTyping(to message: ReceivedMessage) -> Bool {
    sender(for: message)?.showsTyping ?? false
  }

  func showTyping(to message: ReceivedMessage) async {
    await sender(for: message)?.showTyping(to: message)
  }

  /// - Parameters:
  ///   - first: the first part that the platform has not taken yet.
  ///   - waiter: an open exchange that may take the reply instead.
  /// - Throws: what ends the task, and what the journal throws.
  func deliver(
    _ outcome: JournaledMessage.Outcome,
    to message: ReceivedMessage,
    from first: Int,
    waiter: SynchronousReply?
  ) async throws {
    guard let sender = sender(for: message) else {
      return try fail(message, "platform not configured")
    }
    let text =
      switch outcome {
      case .answer(let answer): answer
      case .refusal(let refusal): refusal.words
      case .notice(let notice): notice.words
      }
    let parts = sender.parts(of: text)
    if let waiter {
      // Whoever takes it journals it, when it has been written.
      if parts.count == 1, waiter.offer(parts[0]) { return }
      waiter.decline()
    }
    for number in first..<max(first, parts.count) {
      guard try await send(parts[number], number, to: message, through: sender) else { return }
      if number < parts.count - 1 {
        try journal.record(partsSent: number + 1, to: message)
      }
    }
    try journal.recordDelivered(message)
  }

  /// False when it has definitely failed, and that is journaled.
  private func send(
    _ part: String,
    _ number: Int,
    to message: ReceivedMessage,
    through sender: any ReplySender
  ) async throws -> Bool {
    let begun = clock.now
    var repeats = 0
    var mayRenewToken = true
    while true {
      var retryAfter: Duration?
      do {
        try await sender.send(part, number: number, to: message)
        return true
      } catch ReplyFailure.tokenRefused where mayRenewToken {
        mayRenewToken = false
        sender.discardToken()
        continue
      } catch ReplyFailure.transient(let wanted) {
        retryAfter = wanted
      } catch ReplyFailure.definite(let reason) {
        try fail(message, reason)
        return false
      } catch ReplyFailure.tokenRefused {
        try fail(message, "status 401")
        return false
      }
      let wait = Self.backoff.wait(
        after: repeats,
        for: "\(message.exchange)/delivery/\(number)",
        randomness
      )
      let resumption = clock.now + max(wait, retryAfter ?? .zero)
      guard resumption - begun < window else {
        try fail(message, "not taken in time")
        return false
      }
      try await clock.sleep(until: resumption)
      repeats += 1
    }
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

  private func sender(for message: ReceivedMessage) -> (any ReplySender)? {
    switch message.platform {
    case .teams: teams
    case .googleChat: googleChat
    }
  }
}
