import HTTPTypes
import NIOCore
package import Worlds

/// Small exchanges with platforms and directories: bounded in time and size.
package struct TimedTransport: Sendable {
  private let transport: any HTTPTransport
  let clock: any WorldClock
  private let limit: Duration
  private let deliveryLimit: Duration

  /// - Parameter deliveryLimit: for what must not be sent twice: a platform that is slow to say
  ///   that it has a reply has it all the same, and would show the next one too.
  package init(
    _ transport: any HTTPTransport,
    clock: any WorldClock,
    limit: Duration = .seconds(10),
    deliveryLimit: Duration = .seconds(30)
  ) {
    self.transport = transport
    self.clock = clock
    self.limit = limit
    self.deliveryLimit = deliveryLimit
  }

  /// - Throws: `TransportError`, `DeadlineExceeded` or `CancellationError`.
  package func collect(_ request: OutgoingRequest) async throws -> CollectedResponse {
    try await clock.withDeadline(limit) { try await transport.collect(request) }
  }

  /// As `collect`, for what must not be sent twice: once the head has said that it was taken, a
  /// body that breaks off is no reason to send it again.
  func deliver(_ request: OutgoingRequest) async throws -> CollectedResponse {
    try await clock.withDeadline(deliveryLimit) {
      try await transport.exchange(request) { response in
        let body = try? await response.body.collect(upTo: 1 << 20)
        return CollectedResponse(head: response.head, body: body ?? ByteBuffer())
      }
    }
  }
}

extension HTTPResponse {
  /// The seconds that `Retry-After` asks to wait; dates and nonsense are ignored.
  var retryAfter: Duration? {
    guard let text = headerFields[.retryAfter], let seconds = Double(text),
      seconds >= 0, seconds <= 86_400
    else { return nil }
    return .milliseconds(Int64((seconds * 1_000).rounded(.up)))
  }

  /// Whether the same request may do better a little later.
  var isTransientFailure: Bool {
    status.code == 429 || status.code >= 500
  }
}

extension ByteBuffer {
  var bytes: [UInt8] { Array(readableBytesView) }
}

extension Error {
  /// Whether this is the end of the program or of the task, and not of the other side.
  var endsTheRun: Bool {
    self is CancellationError || (self as? TransportError) == .senderGone
  }
}
