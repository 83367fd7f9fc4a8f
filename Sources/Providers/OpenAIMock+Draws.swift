import HTTPTypes
import Hummingbird
import Synchronization
import Wire
import Worlds

/// What chance gives one call. Keyed by what the call says, not by when it comes: one call more
/// elsewhere changes nothing here.
struct CallDraws: Sendable {
  let requestID: String
  let completionID: String
  let marker: String

  init(_ generator: SeededGenerator) {
    var generator = generator
    requestID = "req_" + generator.hex(32)
    completionID = "chatcmpl-" + generator.alphanumerics(29)
    marker = "cm-" + generator.hex(20)
  }
}

extension OpenAIMock {
  /// Equal calls are told apart by their number, so each call draws once.
  func draws(for call: ObservedCall) -> CallDraws {
    let digest = ContentDigest(call.prompt.isEmpty ? call.endpoint : call.prompt)
    let ordinal = state.withLock { $0.ordinals.next(digest) }
    return CallDraws(randomness.generator("call/\(digest)/\(ordinal)"))
  }

  /// The headers of a 200.
  func headers(
    for key: ProviderAccounts.Key,
    draws: CallDraws,
    delay: Duration,
    tokens: Int,
    contentType: String = "application/json"
  ) -> HTTPFields {
    var headers = HTTPFields()
    headers.reserveCapacity(16)
    headers[.contentType] = contentType
    headers[OpenAIHeader.organization] = key.project.organizationID
    headers[OpenAIHeader.project] = key.project.id
    headers[OpenAIHeader.processingMilliseconds] = String(delay.nanoseconds / 1_000_000)
    headers[OpenAIHeader.version] = "2020-10-01"
    headers[OpenAIHeader.requestID] = draws.requestID
    headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains; preload"
    headers[.xContentTypeOptions] = "nosniff"
    headers[.accessControlExposeHeaders] = "X-Request-ID"
    if tokens > 0 {
      // A generous account that every call finds full: the stories limit rates by faults.
      let limit = 2_000_000
      headers[OpenAIHeader.limitRequests] = "10000"
      headers[OpenAIHeader.limitTokens] = String(limit)
      headers[OpenAIHeader.remainingRequests] = "9999"
      headers[OpenAIHeader.remainingTokens] = String(max(0, limit - tokens))
      headers[OpenAIHeader.resetRequests] = "6ms"
      headers[OpenAIHeader.resetTokens] = "\(tokens * 60_000 / limit)ms"
    }
    return headers
  }
}
