import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// One request and its response, both streaming while they are read.
final class SimulatedExchange: Sendable {
  let id: Int
  private let request: OutgoingRequest
  private let head = Pipe<HTTPResponse>(capacity: 2)
  private let body = Pipe<ByteBuffer>(capacity: 4)

  init(id: Int, request: OutgoingRequest) {
    self.id = id
    self.request = request
  }

  // MARK: The client's end

  /// - Throws: `TransportError.connectionReset` when the server went away without an answer.
  func response() async throws -> IncomingResponse {
    guard let head = try await head.next() else { throw TransportError.connectionReset }
    let body = body
    return IncomingResponse(
      head: head,
      body: IncomingBody { IncomingBody.Iterator { try await body.next() } }
    )
  }

  /// The client wants nothing more; a server that still writes learns it.
  func close() {
    head.close()
    body.close()
  }

  /// The client has crashed: nothing more reaches it, not even what was on its way.
  func abortClient() {
    head.fail(TransportError.senderGone, discardingBuffer: true)
    body.fail(TransportError.senderGone, discardingBuffer: true)
  }

  // MARK: The server's end

  /// The server has gone: the client sees its connection break.
  func breakOff() {
    head.fail(TransportError.connectionReset)
    body.fail(TransportError.connectionReset)
  }

  func serve(
    with responder: Responder,
    logger: Logger,
    passed: @escaping @Sendable () -> Void
  ) async {
    passed()
    do {
      let context = ServerContext(source: .init(logger: logger))
      let request = Request(head: request.head, body: requestBody)
      let response = try await answer(request, context, with: responder)
      passed()
      try await head.send(response.head)
      head.finish()
      try await response.body.write(Writer(body: body, passed: passed))
    } catch {
      breakOff()
    }
  }

  private var requestBody: RequestBody {
    switch request.body {
    case .bytes(let bytes): RequestBody(buffer: bytes)
    case .stream(let pieces): RequestBody(asyncSequence: pieces)
    }
  }

  private struct Writer: ResponseBodyWriter {
    let body: Pipe<ByteBuffer>
    let passed: @Sendable () -> Void

    mutating func write(_ buffer: ByteBuffer) async throws {
      passed()
      try await body.send(buffer)
    }

    consuming func finish(_: HTTPFields?) async throws {
      passed()
      body.finish()
    }
  }
}
