extension OrchestratorConfiguration {
  /// Several processes of this program on one storage.
  package struct Replicas: Codable, Sendable {
    /// How often a process says that it lives.
    package var heartbeatSeconds = 5
    /// How long one is not heard of until the others take over its messages; at least twice the
    /// heartbeat.
    package var takeOverSeconds = 20

    package init() {}

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      try container.read(&heartbeatSeconds, .heartbeatSeconds)
      try container.read(&takeOverSeconds, .takeOverSeconds)
    }
  }
}
