import Hummingbird
import NIOCore
import Worlds

/// A request's body that must be there by a deadline: a client that sends a byte a minute keeps a
/// connection, but no answer waits for it.
struct TimedBody: AsyncSequence, Sendable {
  typealias Element = ByteBuffer

  let body: RequestBody
  let deadline: Timestamp
  let clock: any WorldClock
  /// Called when the deadline has passed.
  let onLate: @Sendable () -> Void

  func makeAsyncIterator() -> Iterator {
    Iterator(base: body.makeAsyncIterator(), deadline: deadline, clock: clock, onLate: onLate)
  }

  struct Iterator: AsyncIteratorProtocol {
    var base: RequestBody.AsyncIterator
    let deadline: Timestamp
    let clock: any WorldClock
    let onLate: @Sendable () -> Void

    mutating func next() async throws -> ByteBuffer? {
      // A client that sends nothing at all is the idle limit's; the deadline is checked as bytes
      // come, so that it costs no timer.
      guard clock.now < deadline else {
        onLate()
        throw HTTPError(.requestTimeout)
      }
      return try await base.next()
    }
  }
}
