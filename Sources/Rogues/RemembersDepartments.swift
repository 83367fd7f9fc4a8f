import HTTPTypes
import NIOCore
import Orchestrator
import Synchronization
import Worlds

extension Vendor {
  /// Modelled on kana-consultant/kantor #59 and 2witstudios/PageSpace #424: who may see what is
  /// asked of the directory once, and remembered. It is right until somebody changes departments.
  package static let remembersDepartments = Vendor(
    name: "remembers-departments",
    kind: .rogue(breaks: ["department-isolation"]),
    summary: "Remembers for an hour what the directory says of a person.",
    incident: "kana-consultant/kantor #59, 2witstudios/PageSpace #424",
    triedIn: ["leakage/change-of-department.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      let clock = environment.surroundings.clock
      parts.transport = RememberingTransport(base: parts.transport, clock: clock)
      return parts
    }
  }
}

private final class RememberingTransport: HTTPTransport {
  private let base: any HTTPTransport
  private let clock: any WorldClock
  private let answers = Mutex<[String: (response: CollectedResponse, at: Timestamp)]>([:])

  init(base: any HTTPTransport, clock: any WorldClock) { (self.base, self.clock) = (base, clock) }

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    guard request.head.method == .get else { return try await base.exchange(request, use) }
    let place = (request.head.authority ?? "") + (request.head.path ?? "")
    if let known = answers.withLock({ $0[place] }), clock.now - known.at < .minutes(60) {
      return try await use(known.response.again)
    }
    let response = try await base.collect(request)
    answers.withLock { $0[place] = (response, clock.now) }
    return try await use(response.again)
  }
}

extension CollectedResponse {
  fileprivate var again: IncomingResponse {
    let whole = IncomingBody { [body] in
      var rest: ByteBuffer? = body
      return IncomingBody.Iterator {
        defer { rest = nil }
        return rest
      }
    }
    return IncomingResponse(head: head, body: whole)
  }
}
