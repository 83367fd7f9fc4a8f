import HTTPTypes
import Orchestrator
import Synchronization
import Worlds

/// Counts what goes out, by what the other side is to the product.
struct MeasuredTransport: HTTPTransport {
  let base: MachineTransport
  let metrics: ServerMetrics
  let clock: any WorldClock
  /// By host name; `other` where there is none.
  let destinations: [String: String]

  init(
    _ base: MachineTransport,
    metrics: ServerMetrics,
    clock: any WorldClock,
    configuration: OrchestratorConfiguration
  ) {
    self.base = base
    self.metrics = metrics
    self.clock = clock
    var destinations: [String: String] = [:]
    func name(_ url: String?, _ destination: String) {
      guard let endpoint = url.flatMap({ Endpoint($0) }) else { return }
      destinations[String(endpoint.authority.prefix { $0 != ":" })] = destination
    }
    name(configuration.directory.graphBase, "directory")
    name(configuration.directory.googleBase, "directory")
    name(configuration.teams?.openIDMetadataURL, "chat-platform")
    name(configuration.teams?.tokenURL, "chat-platform")
    for host in configuration.teams?.allowedServiceHosts ?? [] {
      destinations[host] = "chat-platform"
    }
    name(configuration.googleChat?.apiBase, "chat-platform")
    name(configuration.googleChat?.keysURL, "chat-platform")
    name(configuration.googleChat?.tokenURL, "chat-platform")
    name(configuration.provider.baseURL, "provider")
    self.destinations = destinations
  }

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    let begun = clock.now
    let status = Mutex(0)
    defer {
      metrics.requestOut(
        destinations[request.hostName] ?? "other",
        status: status.withLock { $0 },
        took: clock.now - begun
      )
    }
    return try await base.exchange(request) { response in
      status.withLock { $0 = response.head.status.code }
      return try await use(response)
    }
  }
}
