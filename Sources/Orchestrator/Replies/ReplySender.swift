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
  /// The text in the platform's syntax, cut to its sizes.
  func parts(of markdown: String) -> [String]

  /// - Throws: `ReplyFailure`, or what ends the task.
  func send(_ part: String, number: Int, to message: ReceivedMessage) async throws

  /// Whether the platform has an indicator for an answer that is on its way.
  var showsTyping: Bool { get }

  /// Shows that an answer is on its way. Never fails.
  func showTyping(to message: ReceivedMessage) async

  /// Fetches a new token for the next attempt.
  func discardToken()
}
