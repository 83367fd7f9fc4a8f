import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization
import Worlds

extension FakeNetwork {
  /// Serves a host with one of the harness's own mocks.
  func serve(_ host: String, with responder: @escaping Responder) {
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    serve(host) { head, body in
      let response = try await responder(
        Request(head: head, body: RequestBody(buffer: body)),
        ServerContext(source: .init(logger: logger))
      )
      let sink = BodySink()
      try await response.body.write(sink)
      return Reply(
        status: response.status.code,
        headers: response.headers,
        pieces: [sink.whole]
      )
    }
  }
}

private struct BodySink: ResponseBodyWriter {
  private final class Box: Sendable {
    let buffer = Mutex(ByteBuffer())
  }

  private let box = Box()

  var whole: ByteBuffer { box.buffer.withLock { $0 } }

  mutating func write(_ buffer: ByteBuffer) async throws {
    _ = box.buffer.withLock { $0.writeImmutableBuffer(buffer) }
  }

  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
