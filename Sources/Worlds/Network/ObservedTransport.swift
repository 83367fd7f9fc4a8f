package import HTTPTypes
package import NIOCore
import Synchronization

/// One exchange as the network saw it, told when it has ended.
package struct ObservedExchange: Sendable {
  /// Name of the instance that opened it.
  package var from: String
  /// The host name that it was addressed to, known to this world or not.
  package var host: String
  package var request: HTTPRequest
  /// The request's body; nil when it was streamed.
  package var requestBody: ByteBuffer?
  package var startedAt: Timestamp
  package var endedAt: Timestamp
  /// Nil when no response came.
  package var response: HTTPResponse?
}

/// Tells of every exchange that passes; it stands where the wire is, outside of the sender.
struct ObservedTransport<Base: HTTPTransport>: HTTPTransport {
  let base: Base
  let sender: String
  let clock: any WorldClock
  let observe: @Sendable (ObservedExchange) -> Void

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    let startedAt = clock.now
    let head = Mutex<HTTPResponse?>(nil)
    defer {
      var body: ByteBuffer?
      if case .bytes(let bytes) = request.body { body = bytes }
      observe(
        ObservedExchange(
          from: sender,
          host: request.hostName,
          request: request.head,
          requestBody: body,
          startedAt: startedAt,
          endedAt: clock.now,
          response: head.withLock { $0 }
        )
      )
    }
    return try await base.exchange(request) { response in
      head.withLock { $0 = response.head }
      return try await use(response)
    }
  }
}

extension OutgoingRequest {
  /// The authority without a port.
  package var hostName: String {
    let authority = head.authority ?? ""
    guard let colon = authority.utf8.firstIndex(of: UInt8(ascii: ":")) else { return authority }
    return String(authority[..<colon])
  }
}
