import HTTPTypes
import Wire
import Worlds

extension OpenAIMock {
  /// The draws of one call.
  func draws(for call: ObservedCall) -> CallDraws {
    inference.draws(for: call)
  }

  static let version = "2020-10-01"

  /// The headers of a 200.
  static func headers(_ facts: SuccessFacts) -> HTTPFields {
    var headers = HTTPFields()
    headers.reserveCapacity(16)
    headers[.contentType] = facts.contentType
    headers[OpenAIHeader.organization] = facts.caller.organizationID
    headers[OpenAIHeader.project] = facts.caller.projectID
    headers[OpenAIHeader.processingMilliseconds] = String(
      facts.processing.nanoseconds / 1_000_000
    )
    headers[OpenAIHeader.version] = version
    headers[OpenAIHeader.requestID] = facts.draws.requestID
    headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains; preload"
    headers[.xContentTypeOptions] = "nosniff"
    headers[.accessControlExposeHeaders] = "X-Request-ID"
    if let limits = facts.rateLimits { limits.add(to: &headers) }
    return headers
  }
}

extension RateLimitReading {
  /// As OpenAI writes them.
  func add(to headers: inout HTTPFields) {
    headers[OpenAIHeader.limitRequests] = String(requests.limit)
    headers[OpenAIHeader.limitTokens] = String(tokens.limit)
    headers[OpenAIHeader.remainingRequests] = String(requests.remaining)
    headers[OpenAIHeader.remainingTokens] = String(tokens.remaining)
    headers[OpenAIHeader.resetRequests] = requests.reset.goText
    headers[OpenAIHeader.resetTokens] = tokens.reset.goText
  }
}
