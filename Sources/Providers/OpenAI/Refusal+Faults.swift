import HTTPTypes
import Wire
import Worlds

/// Faults, of a story or of a rule.
extension Refusal {
  /// Nil for an effect that is no answer of its own.
  init?(_ effect: FaultEffect, _ call: ObservedCall, organization: String?) {
    switch effect {
    case .status(let status, let overrides, let retryAfter):
      self = .fault(
        status,
        retryAfter: retryAfter,
        model: call.model,
        organization: organization,
        code: overrides.code
      )
      if let type = overrides.type { body.type = type }
      if let code = overrides.code { body.code = code }
      if let message = overrides.message { body.message = message }
    case .quotaExhausted:
      self = .fault(
        429,
        retryAfter: nil,
        model: call.model,
        organization: organization,
        code: "insufficient_quota"
      )
    case .rateLimited(let retryAfter):
      self = .fault(429, retryAfter: retryAfter, model: call.model, organization: organization)
    case .redirect(let host): self = .redirect(toHost: host, path: call.endpoint)
    case .slowHead, .disconnect, .stall, .truncate, .malformed, .contentType: return nil
    }
  }

  /// - Parameter code: one that the provider documents, or any other.
  static func fault(
    _ status: Int,
    retryAfter: Duration?,
    model: String,
    organization: String?,
    code: String? = nil
  ) -> Refusal {
    var refusal =
      code.flatMap { coded($0, status) }
      ?? documented(status, model: model, organization: organization, retryAfter)
    if let retryAfter { refusal.setRetryAfter(retryAfter) }
    return refusal
  }

  private mutating func setRetryAfter(_ wait: Duration) {
    // Whole seconds, rounded up, at least one: what the header can say.
    let seconds = max(1, (wait.nanoseconds + 999_999_999) / 1_000_000_000)
    headers[OpenAIHeader.retryAfter] = String(seconds)
  }

  /// What has a code of its own beside others of the same status.
  private static func coded(_ code: String, _ status: Int) -> Refusal? {
    switch code {
    case "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
      "project_spend_limit_exceeded", "organization_usage_limit_exceeded":
      Refusal(
        status,
        """
        You exceeded your current quota, please check your plan and billing details. For more \
        information on this error, read the docs: \
        https://platform.openai.com/docs/guides/error-codes/api-errors.
        """,
        type: "insufficient_quota",
        code: code
      )
    case "billing_not_active":
      Refusal(
        status,
        "Your account is not active, please check your billing details on our website.",
        type: code,
        code: code
      )
    case "slow_down":
      Refusal(
        status,
        "Your traffic grew too fast. Reduce your request rate, then increase it gradually.",
        type: "rate_limit_error",
        code: code
      )
    case "account_deactivated":
      Refusal(
        status,
        "The OpenAI account associated with this API key has been deactivated.",
        code: code
      )
    default: nil
    }
  }

  private static func documented(
    _ status: Int,
    model: String,
    organization: String?,
    _ retryAfter: Duration?
  ) -> Refusal {
    switch status {
    case 403:
      return Refusal(
        403,
        "Country, region, or territory not supported",
        type: "request_forbidden",
        code: "unsupported_country_region_territory"
      )
    case 429:
      let wait = retryAfter?.goText ?? "6ms"
      return Refusal(
        429,
        """
        Rate limit reached for \(model.prefix(200)) in organization \(organization ?? "unknown") \
        on requests per min (RPM): Limit 10000, Used 10000, Requested 1. Please try again in \
        \(wait).
        """,
        type: "requests",
        code: "rate_limit_exceeded"
      )
    case 503:
      return Refusal(
        503,
        "Our servers are currently overloaded. Please try again later.",
        type: "service_unavailable_error",
        code: "server_is_overloaded"
      )
    case 500...:
      return Refusal(
        status,
        "The server had an error processing your request. Sorry about that!",
        type: "server_error",
        code: "server_error"
      )
    default:
      return Refusal(status, "The request was refused with status \(status).")
    }
  }

  /// Sent on to the same path at another host.
  static func redirect(toHost host: String, path: String) -> Refusal {
    var refusal = Refusal(307, "Temporary Redirect")
    refusal.headers[.location] = "https://\(host)\(path)"
    return refusal
  }

  /// An allowance that is used up, with its true figures.
  static func rateLimited(
    _ excess: RateLimiter.Excess,
    _ reading: RateLimitReading,
    model: String,
    _ organization: String
  ) -> Refusal {
    let (unit, type) =
      switch excess.unit {
      case .requests: ("requests per min (RPM)", "requests")
      case .tokens: ("tokens per min (TPM)", "tokens")
      }
    let figures = "Limit \(excess.limit), "
    guard let wait = excess.wait else {
      var refusal = Refusal(
        429,
        """
        Request too large for \(model) in organization \(organization) on \(unit): \(figures)\
        Requested \(excess.requested). The input or output tokens must be reduced in order to \
        run successfully.
        """,
        type: type,
        code: "rate_limit_exceeded"
      )
      reading.add(to: &refusal.headers)
      return refusal
    }
    var refusal = Refusal(
      429,
      """
      Rate limit reached for \(model) in organization \(organization) on \(unit): \(figures)\
      Used \(excess.used), Requested \(excess.requested). Please try again in \(wait.goText).
      """,
      type: type,
      code: "rate_limit_exceeded"
    )
    reading.add(to: &refusal.headers)
    refusal.setRetryAfter(wait)
    let milliseconds = (wait.nanoseconds + 999_999) / 1_000_000
    refusal.headers[OpenAIHeader.retryAfterMilliseconds] = String(milliseconds)
    return refusal
  }
}
