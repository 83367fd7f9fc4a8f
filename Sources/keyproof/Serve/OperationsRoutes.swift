import HTTPTypes
import Hummingbird
import NIOCore
import Orchestrator
import Synchronization
import Worlds

/// What the operator's own tools ask of a server, before anything else sees the request: is it
/// alive, may it be sent traffic, how much has it done. None of it tells of a customer.
final class OperationsRoutes: Sendable {
  private let orchestrator: Orchestrator
  private let metrics: ServerMetrics
  private let clock: any WorldClock
  private let startedAt: Timestamp
  private let isStopping = Mutex(false)

  init(_ orchestrator: Orchestrator, metrics: ServerMetrics, clock: any WorldClock) {
    self.orchestrator = orchestrator
    self.metrics = metrics
    self.clock = clock
    startedAt = clock.now
  }

  /// From now on it is not ready, so that nobody sends it more.
  func stop() {
    isStopping.withLock { $0 = true }
  }

  /// - Parameter product: answers everything else.
  func responder(before product: @escaping Responder) -> Responder {
    { request, context in
      switch (request.method, request.uri.path) {
      case (.get, "/health"): return Self.text(.ok, "alive\n")
      case (.get, "/ready"): return self.readiness()
      case (.get, "/metrics"): return self.measurements()
      default: return try await self.measured(request, context, product)
      }
    }
  }

  private func readiness() -> Response {
    if isStopping.withLock({ $0 }) { return Self.text(.serviceUnavailable, "stopping\n") }
    do {
      try orchestrator.checkStorage()
      return Self.text(.ok, "ready\n")
    } catch {
      return Self.text(.serviceUnavailable, "the storage does not answer\n")
    }
  }

  private func measurements() -> Response {
    let uptime = Int((clock.now - startedAt).milliseconds / 1_000)
    return Self.text(
      .ok,
      metrics.text(gauges: [
        (
          "keyproof_messages_outstanding", "Messages that wait or are worked on.",
          orchestrator.outstandingMessages
        ),
        ("keyproof_uptime_seconds", "Since the process began to serve.", uptime),
      ]),
      type: "text/plain; version=0.0.4; charset=utf-8"
    )
  }

  private func measured(
    _ request: Request,
    _ context: ServerContext,
    _ product: Responder
  ) async throws -> Response {
    let begun = clock.now
    let route = Self.route(of: request.uri.path)
    do {
      let response = try await product(request, context)
      metrics.requestIn(route, status: response.status.code, took: clock.now - begun)
      return response
    } catch let error as any HTTPResponseError {
      metrics.requestIn(route, status: error.status.code, took: clock.now - begun)
      throw error
    } catch {
      metrics.requestIn(route, status: 500, took: clock.now - begun)
      throw error
    }
  }

  /// The kind of a path: paths themselves hold names of customers and documents.
  private static func route(of path: String) -> String {
    switch path {
    case "/api/messages": "teams"
    case "/api/google-chat": "google-chat"
    case _ where path.hasPrefix("/admin/"): "admin"
    default: "other"
    }
  }

  private static func text(
    _ status: HTTPResponse.Status,
    _ text: String,
    type: String = "text/plain; charset=utf-8"
  ) -> Response {
    Response(
      status: status,
      headers: [.contentType: type],
      body: .init(byteBuffer: ByteBuffer(string: text))
    )
  }
}
