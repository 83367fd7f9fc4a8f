import Worlds

/// What one deployment has used of its limits in the minute under way. A minute begins with the
/// first call after the last one ended.
struct AzureRateWindow: Sendable {
  enum Limit: Sendable {
    case requests
    case tokens
  }

  /// What a call was told of the window, refused or not.
  struct Reading: Sendable {
    var remainingRequests: Int
    var remainingTokens: Int
    /// Until the minute ends.
    var reset: Duration
    /// The limit that refused the call; nil when it was let in.
    var exceeded: Limit?

    /// Whole seconds, rounded up, at least one: what the headers can say.
    var resetSeconds: Int {
      Int(max(1, (reset.nanoseconds + 999_999_999) / 1_000_000_000))
    }
  }

  private static let length = Duration.seconds(60)

  private var startedAt: Timestamp?
  private var requests = 0
  private var tokens = 0

  /// Lets a call in, or not.
  ///
  /// - Parameter tokens: what the call may use: its prompt, and the longest answer it asked for.
  mutating func admit(
    tokens wanted: Int,
    to deployment: AzureDeployment,
    at now: Timestamp
  ) -> Reading {
    if startedAt.map({ now - $0 >= Self.length }) ?? true {
      (startedAt, requests, tokens) = (now, 0, 0)
    }
    var exceeded: Limit?
    if requests >= deployment.requestsPerMinute {
      exceeded = .requests
    } else if wanted > deployment.tokensPerMinute - tokens {
      exceeded = .tokens
    } else {
      requests += 1
      tokens += wanted
    }
    return reading(of: deployment, at: now, exceeded)
  }

  /// Undoes an `admit` that let a call in, unless its minute is over.
  mutating func giveBack(tokens given: Int, admittedAt: Timestamp) {
    guard let startedAt, admittedAt >= startedAt else { return }
    requests = max(0, requests - 1)
    tokens = max(0, tokens - given)
  }

  private func reading(
    of deployment: AzureDeployment,
    at now: Timestamp,
    _ exceeded: Limit?
  ) -> Reading {
    Reading(
      remainingRequests: max(0, deployment.requestsPerMinute - requests),
      remainingTokens: max(0, deployment.tokensPerMinute - tokens),
      reset: Self.length - (now - (startedAt ?? now)),
      exceeded: exceeded
    )
  }
}
