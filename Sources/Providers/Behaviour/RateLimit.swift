import Worlds

/// How much may be asked in a minute. The first limit that a call falls under is the one it gets.
package struct RateLimit: Sendable, Hashable {
  /// Whose calls share one allowance.
  package enum Scope: String, Sendable, Codable {
    case key
    case project
    case organization
  }

  package var scope: Scope
  /// As a `CallMatch` names it; each model has an allowance of its own. All of them when nil.
  package var model: String?
  /// Nil: as many as the mock of a generous account states, and never counted.
  package var requestsPerMinute: Int?
  package var tokensPerMinute: Int?

  package init(
    scope: Scope = .key,
    model: String? = nil,
    requestsPerMinute: Int? = nil,
    tokensPerMinute: Int? = nil
  ) {
    self.scope = scope
    self.model = model
    self.requestsPerMinute = requestsPerMinute
    self.tokensPerMinute = tokensPerMinute
  }
}

extension RateLimit: Codable {
  private enum CodingKeys: String, CodingKey {
    case scope
    case model
    case requestsPerMinute = "requests_per_minute"
    case tokensPerMinute = "tokens_per_minute"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    scope = try container.decodeIfPresent(Scope.self, forKey: .scope) ?? .key
    model = try container.decodeIfPresent(String.self, forKey: .model)
    requestsPerMinute = try container.decodeIfPresent(Int.self, forKey: .requestsPerMinute)
    tokensPerMinute = try container.decodeIfPresent(Int.self, forKey: .tokensPerMinute)
    for key in [CodingKeys.requestsPerMinute, .tokensPerMinute] {
      let limit = key == .requestsPerMinute ? requestsPerMinute : tokensPerMinute
      guard (1...1_000_000_000).contains(limit ?? 1) else {
        throw container.fault(key, "from 1 to 1000000000")
      }
    }
  }
}

/// An allowance that fills up evenly, to a minute's worth at most.
struct TokenBucket: Sendable {
  let perMinute: Int
  private var level: Double
  private var filledAt: Timestamp

  init(perMinute: Int, now: Timestamp) {
    self.perMinute = perMinute
    level = Double(perMinute)
    filledAt = now
  }

  mutating func fill(until now: Timestamp) {
    let elapsed = Double(max(0, (now - filledAt).nanoseconds))
    level = min(Double(perMinute), level + elapsed * perNanosecond)
    filledAt = max(filledAt, now)
  }

  /// - Parameter amount: below 0 to give back.
  mutating func take(_ amount: Int) {
    level = min(Double(perMinute), level - Double(amount))
  }

  var remaining: Int { max(0, Int(level)) }

  /// How long until it holds `amount`; zero when it does already, and a thousand days at most, so
  /// that no amount is beyond what a duration can hold.
  func wait(for amount: Int) -> Duration {
    let missing = Double(amount) - level
    guard missing > 0 else { return .zero }
    let nanoseconds = min(missing / perNanosecond, 86_400_000_000_000_000)
    return .nanoseconds(Int64(nanoseconds.rounded(.up)))
  }

  /// How long until it is full.
  var reset: Duration { wait(for: perMinute) }

  private var perNanosecond: Double { Double(perMinute) / 60_000_000_000 }
}
