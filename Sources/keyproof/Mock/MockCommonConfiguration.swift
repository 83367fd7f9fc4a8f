import Providers
import Worlds

/// What the configuration files of all mocks can say.
struct MockCommonConfiguration: Decodable {
  var seed: UInt64?
  var controlToken: HeaderText?
  var revocation: ConfiguredRevocation?
  var journal: Journal?
  var latency: Latency?
  var behaviour: ProviderBehaviour?
  var limits: Limits?

  struct Journal: Decodable {
    var capacity: Count?
  }

  struct Latency: Decodable {
    var firstToken: ConfiguredRange?
    var betweenTokens: ConfiguredRange?
    var embedding: ConfiguredRange?
  }

  struct Limits: Decodable {
    var connections: Count?
    var idle: ConfiguredDuration?
    var body: ConfiguredDuration?
    var stall: ConfiguredDuration?
    var drain: ConfiguredDuration?
  }

  /// - Parameter own: the names of one mock alone.
  static func shape(with own: [String: MockConfigurationShape]) -> MockConfigurationShape {
    let common: [String: MockConfigurationShape] = [
      "seed": .value,
      "control_token": .value,
      "revocation": MockConfigurationShape.values("delay", "window", "replicas"),
      "journal": MockConfigurationShape.values("capacity"),
      "latency": MockConfigurationShape.values("first_token", "between_tokens", "embedding"),
      "behaviour": .asWritten(ProviderBehaviour.names),
      "limits": MockConfigurationShape.values("connections", "idle", "body", "stall", "drain"),
    ]
    return .members(common.merging(own) { $1 })
  }

  static let prices = MockConfigurationShape.list(
    MockConfigurationShape.values("model", "input", "cached_input", "output")
  )
}

/// What it means to a mock and its server.
extension MockCommonConfiguration {
  var journalCapacity: Int { journal?.capacity?.value ?? 1_000 }

  /// Nothing is slow unless somebody asks for it.
  var speed: ModelSpeed {
    ModelSpeed(
      firstToken: latency?.firstToken?.value ?? .zero ... .zero,
      betweenTokens: latency?.betweenTokens?.value ?? .zero ... .zero,
      embedding: latency?.embedding?.value ?? .zero ... .zero
    )
  }

  var serverLimits: ServerLimits {
    var result = ServerLimits()
    if let connections = limits?.connections { result.connections = connections.value }
    if let idle = limits?.idle { result.idleSeconds = idle.wholeSeconds }
    if let body = limits?.body { result.bodySeconds = body.wholeSeconds }
    if let stall = limits?.stall { result.stallSeconds = stall.wholeSeconds }
    if let drain = limits?.drain { result.drainSeconds = drain.wholeSeconds }
    return result
  }
}
