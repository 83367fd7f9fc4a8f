import Worlds

/// Durations stand in the evidence as whole nanoseconds.
extension Event.LatencyPlan: Codable {
  private enum CodingKeys: String, CodingKey {
    case minimumPairs
    case maximumPairs
    case warmUpPairs
    case medianMargin
    case tailMargin
    case bootstrapSeed
    case every
    case besideEvery
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      minimumPairs: try container.decode(Int.self, forKey: .minimumPairs),
      maximumPairs: try container.decode(Int.self, forKey: .maximumPairs),
      warmUpPairs: try container.decode(Int.self, forKey: .warmUpPairs),
      medianMargin: .nanoseconds(try container.decode(Int64.self, forKey: .medianMargin)),
      tailMargin: .nanoseconds(try container.decode(Int64.self, forKey: .tailMargin)),
      bootstrapSeed: try container.decode(UInt64.self, forKey: .bootstrapSeed),
      every: .nanoseconds(try container.decode(Int64.self, forKey: .every)),
      besideEvery: try container.decodeIfPresent(Int64.self, forKey: .besideEvery)
        .map { .nanoseconds($0) }
    )
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(minimumPairs, forKey: .minimumPairs)
    try container.encode(maximumPairs, forKey: .maximumPairs)
    try container.encode(warmUpPairs, forKey: .warmUpPairs)
    try container.encode(medianMargin.nanoseconds, forKey: .medianMargin)
    try container.encode(tailMargin.nanoseconds, forKey: .tailMargin)
    try container.encode(bootstrapSeed, forKey: .bootstrapSeed)
    try container.encode(every.nanoseconds, forKey: .every)
    try container.encodeIfPresent(besideEvery?.nanoseconds, forKey: .besideEvery)
  }
}

extension Event.LatencyPair.Arm: Codable {
  private enum CodingKeys: String, CodingKey {
    case intended
    case late
    case total
    case upstream
    case requests
    case requestBytes
    case answered
    case entangled
    case spent
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      intended: try container.decode(Timestamp.self, forKey: .intended),
      late: .nanoseconds(try container.decode(Int64.self, forKey: .late)),
      total: .nanoseconds(try container.decode(Int64.self, forKey: .total)),
      upstream: .nanoseconds(try container.decode(Int64.self, forKey: .upstream)),
      requests: try container.decode(Int.self, forKey: .requests),
      requestBytes: try container.decode(Int.self, forKey: .requestBytes),
      answered: try container.decode(Bool.self, forKey: .answered),
      entangled: try container.decode(Bool.self, forKey: .entangled),
      spent: try container.decodeIfPresent(Event.LatencyPair.Spent.self, forKey: .spent)
    )
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(intended, forKey: .intended)
    try container.encode(late.nanoseconds, forKey: .late)
    try container.encode(total.nanoseconds, forKey: .total)
    try container.encode(upstream.nanoseconds, forKey: .upstream)
    try container.encode(requests, forKey: .requests)
    try container.encode(requestBytes, forKey: .requestBytes)
    try container.encode(answered, forKey: .answered)
    try container.encode(entangled, forKey: .entangled)
    try container.encodeIfPresent(spent, forKey: .spent)
  }
}

extension Event.LatencyPair.Spent: Codable {
  private enum CodingKeys: String, CodingKey {
    case manager
    case provider
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      manager: .nanoseconds(try container.decode(Int64.self, forKey: .manager)),
      provider: .nanoseconds(try container.decode(Int64.self, forKey: .provider))
    )
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(manager.nanoseconds, forKey: .manager)
    try container.encode(provider.nanoseconds, forKey: .provider)
  }
}
