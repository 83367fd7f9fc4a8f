import HTTPTypes
import NIOCore
import Synchronization
import Worlds

/// A clock on which the sleeps of delivery time-outs last until they are cancelled, and every
/// other one passes at once.
final class ScriptedClock: WorldClock {
  private let moment: Mutex<Timestamp>
  private let lasting: [Duration]

  /// - Parameter lasting: the durations of the sleeps that last.
  init(lasting: [Duration] = [.seconds(14), .seconds(30)]) {
    moment = Mutex(Timestamp(unixSeconds: 1_795_440_000))
    self.lasting = lasting
  }

  var now: Timestamp { moment.withLock { $0 } }

  func advance(by duration: Duration) {
    moment.withLock { $0 = $0 + duration }
  }

  func sleep(until deadline: Timestamp) async throws {
    if lasting.contains(deadline - now) { try await Task.sleep(for: .seconds(600)) }
    try Task.checkCancellation()
    moment.withLock { $0 = max($0, deadline) }
  }
}

/// The vendor as a function of the request; remembers what it was sent.
final class ScriptedVendor: HTTPTransport {
  struct Delivery: Sendable {
    var head: HTTPRequest
    var body: ByteBuffer

    var token: String {
      String((head.headerFields[.authorization] ?? "").dropFirst("Bearer ".count))
    }
  }

  private let received = Mutex<[Delivery]>([])
  private let answer: @Sendable (Int) async throws -> (Int, String)

  /// - Parameter answer: status and body for the delivery with this number, from 1.
  init(_ answer: @escaping @Sendable (Int) async throws -> (Int, String) = { _ in (202, "") }) {
    self.answer = answer
  }

  var deliveries: [Delivery] { received.withLock { $0 } }

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    guard case .bytes(let body) = request.body else { throw TransportError.connectionReset }
    let number = received.withLock {
      $0.append(Delivery(head: request.head, body: body))
      return $0.count
    }
    let (status, text) = try await answer(number)
    let pieces = Mutex([ByteBuffer(string: text)])
    let whole = IncomingBody {
      IncomingBody.Iterator { pieces.withLock { $0.popLast() } }
    }
    return try await use(
      IncomingResponse(head: HTTPResponse(status: HTTPResponse.Status(code: status)), body: whole)
    )
  }
}
