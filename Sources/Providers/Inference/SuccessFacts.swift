import HTTPTypes
import Worlds

/// What the headers of a 200 may tell.
struct SuccessFacts: Sendable {
  var caller: InferenceCaller
  var draws: CallDraws
  /// What the model took until the head.
  var processing: Duration
  /// Nil for calls that use no tokens.
  var rateLimits: RateLimitReading?
  /// What the provider's own limits say.
  var ownLimits = HTTPFields()
  var contentType = "application/json"
}

/// Makes a provider's headers of a 200.
typealias SuccessHeaders = @Sendable (SuccessFacts) -> HTTPFields
