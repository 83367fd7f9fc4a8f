import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import SecretManagers
import Secrets
import Synchronization
import Wire
import Worlds

/// A clock that a test sets; waiting moves it at once.
final class BenchClock: WorldClock {
  private let time = Mutex(Timestamp(unixSeconds: 1_795_440_000))

  var now: Timestamp { time.withLock { $0 } }

  func sleep(until deadline: Timestamp) async throws {
    time.withLock { $0 = max($0, deadline) }
  }

  func pass(_ duration: Duration) {
    time.withLock { $0 = $0 + duration }
  }
}

struct BenchAnswer: Sendable {
  var status: Int
  var headers: HTTPFields
  var text: String

  var json: JSONValue { (try? JSONValue(json: Array(text.utf8))) ?? .null }
  var errors: [String]? { Vault.ErrorBody(json: Array(text.utf8))?.errors }
}

/// Asks a responder as its clients do, without a network between.
struct ManagerBench: Sendable {
  let host: String
  let responder: Responder

  func send(
    _ method: String,
    _ path: String,
    _ body: String = "",
    headers: HTTPFields = [:]
  ) async throws -> BenchAnswer {
    var head = HTTPRequest(
      method: .init(rawValue: method) ?? .get,
      scheme: "https",
      authority: host,
      path: path
    )
    head.headerFields = headers
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    let response = try await responder(
      Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body))),
      ServerContext(source: .init(logger: logger))
    )
    let sink = Sink()
    try await response.body.write(sink)
    return BenchAnswer(
      status: response.status.code,
      headers: response.headers,
      text: sink.text
    )
  }

  private struct Sink: ResponseBodyWriter {
    private final class Box: Sendable {
      let buffer = Mutex(ByteBuffer())
    }

    private let box = Box()

    var text: String { box.buffer.withLock { String(buffer: $0) } }

    mutating func write(_ buffer: ByteBuffer) async throws {
      _ = box.buffer.withLock { $0.writeImmutableBuffer(buffer) }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }
}
