import HTTPTypes
import NIOCore
import Worlds

/// Brings bodies to the vendor's bot, and reports every attempt.
struct VendorDelivery: Sendable {
  struct Answer: Sendable {
    /// 0 when none came.
    var status: Int
    var body: ByteBuffer
  }

  let transport: any HTTPTransport
  let clock: any WorldClock
  let host: String
  let path: String
  let policy: DeliveryPolicy
  let observe: ChatObserver

  /// Beyond this an answer is not read: nothing that a platform takes is longer.
  private static let answerLimit = 64 << 10

  /// Delivers with the repetitions of the policy; every attempt sends the same bytes.
  ///
  /// - Parameter headers: asked before each attempt, since a token may end between two.
  /// - Parameter began: told the number of each attempt.
  /// - Returns: the answer of the last attempt, or nil when the task was cancelled.
  func deliver(
    _ body: ByteBuffer,
    message: String,
    headers: () throws -> HTTPFields,
    began: (Int) -> Void
  ) async -> Answer? {
    var attempt = 1
    while true {
      began(attempt)
      guard let fields = try? headers() else {
        observe(.attempt(DeliveryAttempt(message: message, number: attempt, status: 0)))
        return nil
      }
      guard
        let answer = await attemptOnce(body, message: message, attempt: attempt, fields)
      else { return nil }
      guard DeliveryPolicy.isTransient(answer.status), attempt <= policy.pauses.count else {
        return answer
      }
      do {
        try await clock.sleep(for: policy.pauses[attempt - 1])
      } catch {
        return nil
      }
      attempt += 1
    }
  }

  /// Delivers once and reports it as attempt number `attempt`.
  func attemptOnce(
    _ body: ByteBuffer,
    message: String,
    attempt: Int,
    _ headers: HTTPFields
  ) async -> Answer? {
    guard let answer = await post(body, headers) else { return nil }
    observe(
      .attempt(
        DeliveryAttempt(
          message: message,
          number: attempt,
          status: answer.status,
          body: body,
          answer: answer.body
        )
      )
    )
    if answer.status != 0 {
      observe(.deliveryResponse(message: message, body: answer.body))
    }
    return answer
  }

  /// One POST, unreported. Nil when this task was cancelled.
  func post(_ body: ByteBuffer, _ headers: HTTPFields) async -> Answer? {
    let request = OutgoingRequest(
      head: HTTPRequest(
        method: .post,
        scheme: "https",
        authority: host,
        path: path,
        headerFields: headers
      ),
      body: body
    )
    do {
      return try await clock.withDeadline(policy.timeout) {
        try await transport.exchange(request) { response in
          Answer(
            status: response.head.status.code,
            body: try await Self.beginning(of: response.body)
          )
        }
      }
    } catch {
      return Task.isCancelled ? nil : Answer(status: 0, body: ByteBuffer())
    }
  }

  private static func beginning(of body: IncomingBody) async throws -> ByteBuffer {
    var beginning = ByteBuffer()
    for try await piece in body {
      let room = answerLimit - beginning.readableBytes
      guard
        var slice = piece.getSlice(
          at: piece.readerIndex,
          length: min(room, piece.readableBytes)
        )
      else { break }
      beginning.writeBuffer(&slice)
      if beginning.readableBytes >= answerLimit { break }
    }
    return beginning
  }
}
