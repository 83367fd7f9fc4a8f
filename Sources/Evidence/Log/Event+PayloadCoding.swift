import Secrets
import Worlds

/// `{"tenant":"acme"}`, or `{"vendor":true}`.
extension KeyOwner: Codable {
  private enum CodingKeys: String, CodingKey {
    case tenant
    case vendor
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let tenant = try container.decodeIfPresent(String.self, forKey: .tenant) {
      self = .tenant(tenant)
    } else {
      _ = try container.decode(Bool.self, forKey: .vendor)
      self = .vendor
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .tenant(let tenant): try container.encode(tenant, forKey: .tenant)
    case .vendor: try container.encode(true, forKey: .vendor)
    }
  }
}

/// `{"key":"0a1b…"}`, or `{"canary":"…"}`.
extension Event.Sighting.Subject: Codable {
  private enum CodingKeys: String, CodingKey {
    case key
    case canary
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let key = try container.decodeIfPresent(Fingerprint.self, forKey: .key) {
      self = .key(key)
    } else {
      self = .canary(try container.decode(String.self, forKey: .canary))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .key(let key): try container.encode(key, forKey: .key)
    case .canary(let canary): try container.encode(canary, forKey: .canary)
    }
  }
}

/// Durations stand in the evidence as whole nanoseconds.
extension Event.LatencyPlan: Codable {
  private enum CodingKeys: String, CodingKey {
    case minimumPairs
    case maximumPairs
    case warmUpPairs
    case medianMargin
    case tailMargin
    case bootstrapSeed
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      minimumPairs: try container.decode(Int.self, forKey: .minimumPairs),
      maximumPairs: try container.decode(Int.self, forKey: .maximumPairs),
      warmUpPairs: try container.decode(Int.self, forKey: .warmUpPairs),
      medianMargin: .nanoseconds(try container.decode(Int64.self, forKey: .medianMargin)),
      tailMargin: .nanoseconds(try container.decode(Int64.self, forKey: .tailMargin)),
      bootstrapSeed: try container.decode(UInt64.self, forKey: .bootstrapSeed)
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
  }
}

extension Event.LatencyPair.Arm: Codable {
  private enum CodingKeys: String, CodingKey {
    case total
    case upstream
    case requests
    case requestBytes
    case answered
    case spent
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      total: .nanoseconds(try container.decode(Int64.self, forKey: .total)),
      upstream: .nanoseconds(try container.decode(Int64.self, forKey: .upstream)),
      requests: try container.decode(Int.self, forKey: .requests),
      requestBytes: try container.decode(Int.self, forKey: .requestBytes),
      answered: try container.decode(Bool.self, forKey: .answered),
      spent: try container.decodeIfPresent(Event.LatencyPair.Spent.self, forKey: .spent)
    )
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(total.nanoseconds, forKey: .total)
    try container.encode(upstream.nanoseconds, forKey: .upstream)
    try container.encode(requests, forKey: .requests)
    try container.encode(requestBytes, forKey: .requestBytes)
    try container.encode(answered, forKey: .answered)
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
