import Worlds

/// How one attempt to hand a reply to a platform failed.
enum ReplyFailure: Error {
  /// It may be taken a little later.
  case transient(retryAfter: Duration?)
  /// The platform took our token no longer.
  case tokenRefused
  /// It will never be taken.
  case definite(String)
}

/// The way back to one platform.
protocol ReplySender: Sendable {
  /// The text in the platform's syntax, cut to its sizes, with what stands under it.
  func parts(of markdown: String, with card: AnswerCard?) -> [ReplyPart]

  /// - Throws: `ReplyFailure`, or what ends the task.
  func send(_ part: ReplyPart, to message: ReceivedMessage) async throws

  /// Sends what is no part of the reply, and comes before it. A stream that stands open ends with
  /// it, where the platform has no other use for one.
  ///
  /// - Throws: `ReplyFailure`, or what ends the task.
  func sendAside(
    _ part: ReplyPart,
    over stream: ReplyStream?,
    to message: ReceivedMessage
  ) async throws

  /// Whether the platform has an indicator for an answer that is on its way.
  var showsTyping: Bool { get }

  /// Shows that an answer is on its way. Never fails.
  func showTyping(to message: ReceivedMessage) async

  /// Whether a reply to this message can be shown while it grows.
  func canStream(to message: ReceivedMessage) -> Bool

  /// As much of a growing answer, in the platform's syntax, as what follows cannot change.
  func stableText(of markdown: String) -> String

  /// Shows more of a growing answer, and notes in the stream what the platform took. Never fails.
  func show(_ text: String, in stream: inout ReplyStream, to message: ReceivedMessage) async

  /// Shows that an answer will grow here, where the platform has a form for that. Never fails.
  func showComing(in stream: inout ReplyStream, to message: ReceivedMessage) async

  /// Makes the first part of a reply out of what was shown of it; without anything shown, sends it.
  ///
  /// - Returns: the platform's name for it, where presses of the platform's own buttons come by it.
  /// - Throws: `ReplyFailure`, or what ends the task.
  func complete(
    _ stream: ReplyStream,
    with part: ReplyPart,
    to message: ReceivedMessage
  ) async throws -> String?

  /// Fetches a new token for the next attempt.
  func discardToken()
}
