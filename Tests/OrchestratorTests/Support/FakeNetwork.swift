import HTTPTypes
import NIOCore
import Synchronization
import Worlds

/// A network of scripted hosts, which remembers what was sent.
final class FakeNetwork: HTTPTransport {
  struct Reply: Sendable {
    var status: Int
    var headers: HTTPFields = [:]
    var pieces: [ByteBuffer] = []
    /// The connection breaks after the pieces.
    var breaksOff = false

    static func json(_ text: String, status: Int = 200) -> Reply {
      Reply(status: status, pieces: [ByteBuffer(string: text)])
    }
  }

  struct Sent: Sendable {
    var at: Timestamp
    var head: HTTPRequest
    var body: String
  }

  typealias Host = @Sendable (HTTPRequest, ByteBuffer) async throws -> Reply

  let clock: any WorldClock
  private let hosts = Mutex<[String: Host]>([:])
  private let log = Mutex<[Sent]>([])

  init(clock: any WorldClock) {
    self.clock = clock
  }

  func serve(_ host: String, _ answer: @escaping Host) {
    hosts.withLock { $0[host] = answer }
  }

  func sent(to host: String) -> [Sent] {
    log.withLock { $0.filter { $0.head.authority == host } }
  }

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    try await clock.sleep(for: .milliseconds(1))
    guard case .bytes(let body) = request.body else { throw TransportError.connectionReset }
    let authority = request.head.authority ?? ""
    log.withLock {
      $0.append(Sent(at: clock.now, head: request.head, body: String(buffer: body)))
    }
    guard let host = hosts.withLock({ $0[authority] }) else {
      throw TransportError.unknownHost(authority)
    }
    let reply = try await host(request.head, body)
    let stream = IncomingBody {
      let remaining = PieceQueue(reply.pieces[...])
      return IncomingBody.Iterator {
        if let piece = remaining.next() { return piece }
        if reply.breaksOff { throw TransportError.connectionReset }
        return nil
      }
    }
    return try await use(
      IncomingResponse(
        head: HTTPResponse(
          status: .init(code: reply.status),
          headerFields: reply.headers
        ),
        body: stream
      )
    )
  }
}

private final class PieceQueue: Sendable {
  private let pieces: Mutex<ArraySlice<ByteBuffer>>

  init(_ pieces: ArraySlice<ByteBuffer>) {
    self.pieces = Mutex(pieces)
  }

  func next() -> ByteBuffer? {
    pieces.withLock { $0.popFirst() }
  }
}
