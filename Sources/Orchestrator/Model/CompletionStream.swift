import NIOCore
import Wire
import Worlds

/// Puts a streamed completion together, and knows a whole one from one that broke off.
enum CompletionStream {
  private static let longestText = 1 << 20

  /// - Parameter progress: told the text so far, after each piece.
  /// - Returns: the text, and what the provider stated of its cost, if it did.
  /// - Throws: `CallFailure.transient` for a stream that broke off or told of an error, and what
  ///   reading throws.
  static func read(
    _ body: IncomingBody,
    telling progress: (@Sendable (String) -> Void)? = nil
  ) async throws -> (text: String, usage: TokenUsage?) {
    var parser = ServerSentEventParser()
    var text = ""
    var usage: TokenUsage?
    var isComplete = false
    for try await piece in body {
      for payload in try parser.feed(piece.readableBytesView) {
        switch try ChatStreamRecord(payload: payload) {
        case .done: return (text, usage)
        case .error: throw CallFailure.transient(retryAfter: nil)
        case .chunk(let chunk):
          if let stated = chunk.usage { usage = stated }
          for choice in chunk.choices where choice.index == 0 {
            text += choice.delta.content ?? ""
            if choice.finishReason != nil { isComplete = true }
          }
          guard text.utf8.count <= longestText else {
            throw CallFailure.transient(retryAfter: nil)
          }
        }
      }
      progress?(text)
    }
    guard isComplete else { throw CallFailure.transient(retryAfter: nil) }
    return (text, usage)
  }
}
