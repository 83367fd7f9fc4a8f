import HTTPTypes
import Hummingbird
import NIOCore
import Worlds

/// Passes requests on, and their answers back while they stream.
final class Forwarder: Sendable {
  private typealias Job = @Sendable () async -> Void

  private let jobs: AsyncStream<Job>
  private let submit: AsyncStream<Job>.Continuation

  private static let longestBody = 16 << 20
  /// Of one connection alone, and so not passed on.
  private static let hopFields: [HTTPField.Name] =
    [.connection, .contentLength, .transferEncoding]
    + [HTTPField.Name("host"), HTTPField.Name("keep-alive")].compactMap { $0 }

  init() {
    (jobs, submit) = AsyncStream.makeStream()
  }

  /// Works on what is forwarded until it is cancelled. An answer outlives the call that began it,
  /// and so needs a place to run in.
  func run() async {
    await withDiscardingTaskGroup { group in
      for await job in jobs { group.addTask { await job() } }
      group.cancelAll()
    }
  }

  /// - Parameter authority: the host that the request is for.
  /// - Throws: `TransportError` when no answer came.
  func forward(
    _ request: Request,
    to authority: String,
    through transport: any HTTPTransport
  ) async throws -> Response {
    var head = HTTPRequest(
      method: request.head.method,
      scheme: "https",
      authority: authority,
      path: request.head.path
    )
    head.headerFields = Self.passed(request.head.headerFields)
    let body = try await request.body.collect(upTo: Self.longestBody)
    let outgoing = OutgoingRequest(head: head, body: body)
    let (heads, head0) = AsyncThrowingStream<HTTPResponse, any Error>.makeStream()
    let (pieces, piece) = AsyncThrowingStream<ByteBuffer, any Error>.makeStream()
    submit.yield {
      do {
        try await transport.exchange(outgoing) { response in
          head0.yield(response.head)
          for try await part in response.body {
            // Whoever wanted the answer has gone: the exchange ends where it stands.
            if case .terminated = piece.yield(part) { return }
          }
        }
        head0.finish()
        piece.finish()
      } catch {
        head0.finish(throwing: error)
        piece.finish(throwing: error)
      }
    }
    for try await head in heads {
      return Response(
        status: head.status,
        headers: Self.passed(head.headerFields),
        body: ResponseBody(asyncSequence: pieces)
      )
    }
    throw TransportError.connectionReset
  }

  private static func passed(_ fields: HTTPFields) -> HTTPFields {
    var passed = fields
    for name in hopFields { passed[name] = nil }
    return passed
  }
}
