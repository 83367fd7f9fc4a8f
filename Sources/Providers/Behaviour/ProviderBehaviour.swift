/// How the mock behaves beyond answering right: a plain value that a file or a control API can
/// carry. The empty one changes nothing.
package struct ProviderBehaviour: Sendable, Hashable {
  /// Nil: the speed that the mock was made with.
  package var latency: Latency?
  /// Streamed answers are cut into pieces of about so many tokens; nil: into the number of pieces
  /// that the mock was made with.
  package var tokensPerPiece: Int?
  /// Of those that match a call, every effect strikes it; of those with a status, the first.
  package var faults: [FaultRule]
  /// The first that matches a call is its answer; the worst-case model answers the others.
  package var script: [ScriptedAnswer]
  package var rateLimits: [RateLimit]

  package init(
    latency: Latency? = nil,
    tokensPerPiece: Int? = nil,
    faults: [FaultRule] = [],
    script: [ScriptedAnswer] = [],
    rateLimits: [RateLimit] = []
  ) {
    self.latency = latency
    self.tokensPerPiece = tokensPerPiece
    self.faults = faults
    self.script = script
    self.rateLimits = rateLimits
  }

  /// More rules of a kind than these are refused: each call is held against all of them.
  package static let mostRules = 1_000
}

extension ProviderBehaviour: Codable {
  private enum CodingKeys: String, CodingKey {
    case latency
    case tokensPerPiece = "tokens_per_piece"
    case faults
    case script
    case rateLimits = "rate_limits"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    latency = try container.decodeIfPresent(Latency.self, forKey: .latency)
    tokensPerPiece = try container.decodeIfPresent(Int.self, forKey: .tokensPerPiece)
    faults = try container.decodeIfPresent([FaultRule].self, forKey: .faults) ?? []
    script = try container.decodeIfPresent([ScriptedAnswer].self, forKey: .script) ?? []
    rateLimits = try container.decodeIfPresent([RateLimit].self, forKey: .rateLimits) ?? []
    guard (1...100_000).contains(tokensPerPiece ?? 1) else {
      throw container.fault(.tokensPerPiece, "from 1 to 100000")
    }
    for (key, count) in [
      (CodingKeys.faults, faults.count), (.script, script.count), (.rateLimits, rateLimits.count),
    ] where count > Self.mostRules {
      throw container.fault(key, "at most \(Self.mostRules)")
    }
  }
}
