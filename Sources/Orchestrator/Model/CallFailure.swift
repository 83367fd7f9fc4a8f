import HTTPTypes
import NIOCore
import Wire
import Worlds

/// How one attempt of a model call ended, and with it whether another may follow.
enum CallFailure: Error {
  case keyNotTaken
  case quotaExhausted
  case contentFiltered
  case refused(status: Int)
  /// The provider answers, and asks to be asked less often.
  case throttled(retryAfter: Duration?)
  case transient(retryAfter: Duration?)

  /// - Parameter body: read in part or not at all where the status says enough.
  init(_ head: HTTPResponse, body: ByteBuffer) {
    switch head.status.code {
    case 401, 403: self = .keyNotTaken
    case 429 where Self.isAboutMoney(OpenAIErrorBody(json: body.bytes)): self = .quotaExhausted
    case 429: self = .throttled(retryAfter: head.retryAfter)
    case 500...: self = .transient(retryAfter: head.retryAfter)
    case 400 where OpenAIErrorBody(json: body.bytes)?.code == "content_filter":
      self = .contentFiltered
    case let status: self = .refused(status: status)
    }
  }

  /// Waiting does not help against an empty account, though the status is that of a rate limit.
  private static func isAboutMoney(_ error: OpenAIErrorBody?) -> Bool {
    guard let code = error?.code ?? error?.type else { return false }
    return code == "insufficient_quota" || code == "billing_not_active"
      || code == "credit_balance_exhausted"
      || code.hasSuffix("_limit_exceeded")
        && code != "rate_limit_exceeded"
  }
}
