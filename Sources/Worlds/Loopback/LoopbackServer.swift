import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Serves a program's hosts on one socket of 127.0.0.1, told apart by the Host header.
struct LoopbackServer: HTTPResponder {
  /// The context that Hummingbird makes for a socket; the program gets the worlds' own.
  struct Context: RequestContext {
    var coreContext: CoreRequestContextStorage

    init(source: ApplicationRequestContextSource) {
      coreContext = .init(source: source)
    }
  }

  let instance: ObjectIdentifier
  let group: any EventLoopGroup
  let hosts: [String: Responder]
  let ledger: ExchangeLedger
  let logger: Logger

  func run(onListening: @escaping @Sendable (Int) -> Void) async throws {
    var quiet = Logger(label: "loopback")
    quiet.logLevel = .critical
    let application = Application(
      responder: self,
      configuration: .init(address: .hostname("127.0.0.1", port: 0), serverName: nil),
      onServerRunning: { channel in
        if let port = channel.localAddress?.port { onListening(port) }
      },
      eventLoopGroupProvider: .shared(group),
      logger: quiet
    )
    try await application.run()
  }

  func respond(to request: Request, context: Context) async throws -> Response {
    var head = request.head
    let id = Int(head.headerFields[Self.exchangeHeader] ?? "") ?? 0
    head.headerFields[Self.exchangeHeader] = nil
    ledger.arrived(id, at: instance)
    let body = RequestBody(
      asyncSequence: CountedBody(body: request.body, ledger: ledger, id: id)
    )
    let request = Request(head: head, body: body)
    let host = (request.head.authority ?? "").prefix { $0 != ":" }
    guard let responder = hosts[String(host)] else {
      ledger.answered(id)
      return Response(status: .misdirectedRequest)
    }
    do {
      var response = try await answer(
        request,
        ServerContext(source: .init(logger: logger)),
        with: responder
      )
      ledger.answered(id)
      let body = response.body
      let (ledger, length) = (ledger, body.contentLength)
      response.body = ResponseBody(contentLength: length) { writer in
        defer { ledger.finished(id) }
        try await body.write(CountingWriter(base: writer, ledger: ledger, id: id))
      }
      return response
    } catch {
      ledger.finished(id)
      throw error
    }
  }

  private static let exchangeHeader = HTTPField.Name(LoopbackTransport.exchangeHeader) ?? .via

  /// A request body whose reader counts as waiting for bytes on the wire.
  private struct CountedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let body: RequestBody
    let ledger: ExchangeLedger
    let id: Int

    func makeAsyncIterator() -> Iterator {
      Iterator(base: body.makeAsyncIterator(), ledger: ledger, id: id)
    }

    struct Iterator: AsyncIteratorProtocol {
      var base: RequestBody.AsyncIterator
      let ledger: ExchangeLedger
      let id: Int

      mutating func next() async throws -> ByteBuffer? {
        ledger.awaitingRequestBody(id, true)
        defer { ledger.awaitingRequestBody(id, false) }
        return try await base.next()
      }
    }
  }

  private struct CountingWriter: ResponseBodyWriter {
    var base: any ResponseBodyWriter
    let ledger: ExchangeLedger
    let id: Int

    mutating func write(_ buffer: ByteBuffer) async throws {
      ledger.wrote(id, bytes: buffer.readableBytes)
      try await base.write(buffer)
    }

    consuming func finish(_ trailers: HTTPFields?) async throws {
      ledger.finished(id)
      try await base.finish(trailers)
    }
  }
}
