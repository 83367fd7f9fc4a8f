import Worlds

/// What the headers say of one allowance.
struct AllowanceReading: Sendable, Hashable {
  var limit: Int
  var remaining: Int
  var reset: Duration
}

/// What the rate-limit headers of a call say.
struct RateLimitReading: Sendable, Hashable {
  var requests: AllowanceReading
  var tokens: AllowanceReading

  /// Of an account that is limited nowhere: every call finds it full.
  static func generous(tokens: Int) -> RateLimitReading {
    let limit = 2_000_000
    let tokens = min(max(0, tokens), limit)
    return RateLimitReading(
      requests: .init(limit: 10_000, remaining: 9_999, reset: .milliseconds(6)),
      tokens: .init(
        limit: limit,
        remaining: limit - tokens,
        reset: .milliseconds(tokens * 60_000 / limit)
      )
    )
  }
}

/// Keeps the allowances of all that have called. What is refused takes nothing.
struct RateLimiter: Sendable {
  enum Decision: Sendable {
    /// Limited nowhere.
    case unlimited
    case admitted(RateLimitReading)
    case refused(Excess, RateLimitReading)
  }

  /// Why a call is refused.
  struct Excess: Sendable {
    enum Unit: Sendable {
      case requests
      case tokens
    }

    var unit: Unit
    var limit: Int
    var used: Int
    var requested: Int
    /// Nil when no waiting helps: the call alone is more than a minute's worth.
    var wait: Duration?
  }

  private struct Subject: Hashable {
    var limit: Int
    var owner: String
    var model: String
  }

  private struct Allowance {
    var requests: TokenBucket?
    var tokens: TokenBucket?
  }

  let limits: [RateLimit]
  private var allowances: [Subject: Allowance] = [:]

  init(_ limits: [RateLimit]) {
    self.limits = limits
  }

  mutating func take(
    tokens: Int,
    model: String,
    caller: InferenceCaller,
    now: Timestamp
  ) -> Decision {
    guard let index = limits.firstIndex(where: { $0.covers(model) }) else { return .unlimited }
    let limit = limits[index]
    let subject = Subject(limit: index, owner: caller.owner(limit.scope), model: model)
    var allowance =
      allowances[subject]
      ?? Allowance(
        requests: limit.requestsPerMinute.map { TokenBucket(perMinute: $0, now: now) },
        tokens: limit.tokensPerMinute.map { TokenBucket(perMinute: $0, now: now) }
      )
    allowance.requests?.fill(until: now)
    allowance.tokens?.fill(until: now)
    defer { allowances[subject] = allowance }
    if let bucket = allowance.requests, let excess = Excess(.requests, of: bucket, 1) {
      return .refused(excess, reading(allowance, tokens: tokens))
    }
    if let bucket = allowance.tokens, let excess = Excess(.tokens, of: bucket, tokens) {
      return .refused(excess, reading(allowance, tokens: tokens))
    }
    allowance.requests?.take(1)
    allowance.tokens?.take(tokens)
    return .admitted(reading(allowance, tokens: tokens))
  }

  /// Undoes a `take` that was let in.
  mutating func giveBack(tokens: Int, model: String, caller: InferenceCaller) {
    guard let index = limits.firstIndex(where: { $0.covers(model) }) else { return }
    let owner = caller.owner(limits[index].scope)
    let subject = Subject(limit: index, owner: owner, model: model)
    allowances[subject]?.requests?.take(-1)
    allowances[subject]?.tokens?.take(-tokens)
  }

  private func reading(_ allowance: Allowance, tokens: Int) -> RateLimitReading {
    let generous = RateLimitReading.generous(tokens: tokens)
    return RateLimitReading(
      requests: allowance.requests.map(AllowanceReading.init) ?? generous.requests,
      tokens: allowance.tokens.map(AllowanceReading.init) ?? generous.tokens
    )
  }
}

extension AllowanceReading {
  fileprivate init(_ bucket: TokenBucket) {
    self.init(limit: bucket.perMinute, remaining: bucket.remaining, reset: bucket.reset)
  }
}

extension RateLimiter.Excess {
  fileprivate init?(_ unit: Unit, of bucket: TokenBucket, _ amount: Int) {
    let wait = bucket.wait(for: amount)
    guard wait > .zero else { return nil }
    self.init(
      unit: unit,
      limit: bucket.perMinute,
      used: bucket.perMinute - bucket.remaining,
      requested: amount,
      wait: amount > bucket.perMinute ? nil : wait
    )
  }
}

extension RateLimit {
  fileprivate func covers(_ model: String) -> Bool {
    guard let wanted = self.model else { return true }
    return CallMatch.holds(wanted, model)
  }
}

extension InferenceCaller {
  fileprivate func owner(_ scope: RateLimit.Scope) -> String {
    switch scope {
    case .key: keyID
    case .project: projectID
    case .organization: organizationID
    }
  }
}

extension Duration {
  /// As the reset headers write it: `6ms`, `8.64s`, `6m0s`, `23h55m16.126s`.
  var goText: String {
    let milliseconds = (nanoseconds + 999_999) / 1_000_000
    guard milliseconds >= 1_000 else { return milliseconds == 0 ? "0s" : "\(milliseconds)ms" }
    let (hours, minutes) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60)
    var seconds = String(milliseconds / 1_000 % 60)
    let fraction = milliseconds % 1_000
    if fraction > 0 {
      var digits = String(fraction + 1_000).dropFirst()
      while digits.last == "0" { digits.removeLast() }
      seconds += "." + digits
    }
    if hours > 0 { return "\(hours)h\(minutes)m\(seconds)s" }
    return minutes > 0 ? "\(minutes)m\(seconds)s" : seconds + "s"
  }
}
