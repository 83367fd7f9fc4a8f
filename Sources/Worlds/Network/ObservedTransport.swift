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
  /// What was read of the response's body, in the pieces in which it came.
  package var responseBody: [ByteBuffer]
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
    let seen = Mutex(Seen())
    defer {
      var body: ByteBuffer?
      if case .bytes(let bytes) = request.body { body = bytes }
      let seen = seen.withLock { $0 }
      observe(
        ObservedExchange(
          from: sender,
          host: request.hostName,
          request: request.head,
          requestBody: body,
          startedAt: startedAt,
          endedAt: clock.now,
          response: seen.head,
          responseBody: seen.body
        )
      )
    }
    return try await base.exchange(request) { response in
      seen.withLock { $0.head = response.head }
      let body = response.body.telling { piece in seen.withLock { $0.body.append(piece) } }
      return try await use(IncomingResponse(head: response.head, body: body))
    }
  }

  private struct Seen {
    var head: HTTPResponse?
    var body: [ByteBuffer] = []
  }
}

extension IncomingBody {
  /// The same body, which tells of each piece as it is read.
  fileprivate func telling(_ tell: @escaping @Sendable (ByteBuffer) -> Void) -> IncomingBody {
    IncomingBody {
      var pieces = makeAsyncIterator()
      return Iterator {
        let piece = try await pieces.next()
        if let piece { tell(piece) }
        return piece
      }
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
