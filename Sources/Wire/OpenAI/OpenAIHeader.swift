package import HTTPTypes

/// The names of the headers that OpenAI's API adds to HTTP's own.
package enum OpenAIHeader {
  package static let organization = name("openai-organization")
  package static let project = name("openai-project")
  package static let processingMilliseconds = name("openai-processing-ms")
  package static let version = name("openai-version")
  package static let requestID = name("x-request-id")
  package static let limitRequests = name("x-ratelimit-limit-requests")
  package static let limitTokens = name("x-ratelimit-limit-tokens")
  package static let remainingRequests = name("x-ratelimit-remaining-requests")
  package static let remainingTokens = name("x-ratelimit-remaining-tokens")
  package static let resetRequests = name("x-ratelimit-reset-requests")
  package static let resetTokens = name("x-ratelimit-reset-tokens")
  /// Seconds, at least 1.
  package static let retryAfter = name("retry-after")
  package static let retryAfterMilliseconds = name("retry-after-ms")

  private static func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else {
      preconditionFailure("\(text) is not a header's name")
    }
    return name
  }
}
