import Worlds

/// How long the mock's model takes: a named profile, or times of one's own, or both.
package struct Latency: Sendable, Hashable {
  /// One of `profiles`; what is stated beside it takes its place.
  package var profile: String?
  package var firstToken: ClosedRange<Duration>?
  package var betweenTokens: ClosedRange<Duration>?
  package var embedding: ClosedRange<Duration>?
  /// Widens each time to both sides by this part of it, from 0 to 1.
  package var jitter: Double
  /// All times are multiplied by it: 3 is a provider under three times its usual load.
  package var loadFactor: Double

  package init(
    profile: String? = nil,
    firstToken: ClosedRange<Duration>? = nil,
    betweenTokens: ClosedRange<Duration>? = nil,
    embedding: ClosedRange<Duration>? = nil,
    jitter: Double = 0,
    loadFactor: Double = 1
  ) {
    self.profile = profile
    self.firstToken = firstToken
    self.betweenTokens = betweenTokens
    self.embedding = embedding
    self.jitter = jitter
    self.loadFactor = loadFactor
  }

  /// Round figures for the looks of a provider, measured nowhere.
  package static let profiles: [(name: String, speed: ModelSpeed)] = [
    ("instant", .instant),
    (
      "fast",
      ModelSpeed(
        firstToken: .milliseconds(80)...(.milliseconds(200)),
        betweenTokens: .milliseconds(4)...(.milliseconds(12)),
        embedding: .milliseconds(5)...(.milliseconds(20))
      )
    ),
    (
      "usual",
      ModelSpeed(
        firstToken: .milliseconds(250)...(.milliseconds(700)),
        betweenTokens: .milliseconds(10)...(.milliseconds(40)),
        embedding: .milliseconds(40)...(.milliseconds(150))
      )
    ),
    (
      "reasoning",
      ModelSpeed(
        firstToken: .seconds(2)...(.seconds(12)),
        betweenTokens: .milliseconds(10)...(.milliseconds(40)),
        embedding: .milliseconds(40)...(.milliseconds(150))
      )
    ),
    (
      "overloaded",
      ModelSpeed(
        firstToken: .seconds(3)...(.seconds(15)),
        betweenTokens: .milliseconds(60)...(.milliseconds(400)),
        embedding: .milliseconds(500)...(.seconds(3))
      )
    ),
  ]

  /// - Parameter usual: what holds where neither a profile nor a time of its own is stated.
  func speed(else usual: ModelSpeed) -> ModelSpeed {
    var speed = Self.profiles.first { $0.name == profile }?.speed ?? usual
    if let firstToken { speed.firstToken = firstToken }
    if let betweenTokens { speed.betweenTokens = betweenTokens }
    if let embedding { speed.embedding = embedding }
    speed.firstToken = spread(speed.firstToken)
    speed.betweenTokens = spread(speed.betweenTokens)
    speed.embedding = spread(speed.embedding)
    return speed
  }

  private func spread(_ range: ClosedRange<Duration>) -> ClosedRange<Duration> {
    let low = Double(range.lowerBound.nanoseconds) * (1 - jitter) * loadFactor
    let high = Double(range.upperBound.nanoseconds) * (1 + jitter) * loadFactor
    return .nanoseconds(Int64(low))...(.nanoseconds(Int64(high)))
  }
}

extension Latency: Codable {
  private enum CodingKeys: String, CodingKey {
    case profile
    case firstToken = "first_token_ms"
    case betweenTokens = "between_tokens_ms"
    case embedding = "embedding_ms"
    case jitter
    case loadFactor = "load_factor"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    profile = try container.decodeIfPresent(String.self, forKey: .profile)
    firstToken = try container.decodeMillisecondsRangeIfPresent(forKey: .firstToken)
    betweenTokens = try container.decodeMillisecondsRangeIfPresent(forKey: .betweenTokens)
    embedding = try container.decodeMillisecondsRangeIfPresent(forKey: .embedding)
    jitter = try container.decodeIfPresent(Double.self, forKey: .jitter) ?? 0
    loadFactor = try container.decodeIfPresent(Double.self, forKey: .loadFactor) ?? 1
    if let profile, !Self.profiles.contains(where: { $0.name == profile }) {
      throw container.fault(
        .profile,
        "one of " + Self.profiles.map(\.name).joined(separator: ", ")
      )
    }
    guard (0...1).contains(jitter) else { throw container.fault(.jitter, "from 0 to 1") }
    guard (0...1_000).contains(loadFactor) else {
      throw container.fault(.loadFactor, "from 0 to 1000")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    func pair(_ range: ClosedRange<Duration>?) -> [Double]? {
      range.map { [$0.lowerBound.milliseconds, $0.upperBound.milliseconds] }
    }
    try container.encodeIfPresent(profile, forKey: .profile)
    try container.encodeIfPresent(pair(firstToken), forKey: .firstToken)
    try container.encodeIfPresent(pair(betweenTokens), forKey: .betweenTokens)
    try container.encodeIfPresent(pair(embedding), forKey: .embedding)
    try container.encode(jitter, forKey: .jitter)
    try container.encode(loadFactor, forKey: .loadFactor)
  }
}
