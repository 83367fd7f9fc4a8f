import HTTPTypes
import NIOCore
import Synchronization
import Worlds

/// Exchanges with the provider under two time limits: to the first byte, and in all.
struct ModelExchanges: Sendable {
  let transport: any HTTPTransport
  let clock: any WorldClock
  let firstByte: Duration
  let total: Duration

  /// Hands a successful response to `read`.
  ///
  /// - Throws: `CallFailure` for everything that the other side did or failed to do.
  func perform<Result: Sendable>(
    _ request: OutgoingRequest,
    _ read: @escaping @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    let headArrived = Flag()
    do {
      return try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask {
          try await transport.exchange(request) { response in
            headArrived.raise()
            guard response.head.status == .ok else {
              let body = try? await response.body.collect(upTo: 1 << 16)
              throw CallFailure(response.head, body: body ?? ByteBuffer())
            }
            return try await read(response)
          }
        }
        group.addTask {
          try await clock.sleep(for: firstByte)
          guard headArrived.isRaised else { throw TimeIsUp() }
          try await clock.sleep(for: total - firstByte)
          throw TimeIsUp()
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
      }
    } catch let failure as CallFailure {
      throw failure
    } catch let error where error.endsTheRun {
      throw error
    } catch {
      throw CallFailure.transient(retryAfter: nil)
    }
  }
}

/// The provider took longer than one of the limits.
private struct TimeIsUp: Error {}

/// Something that has happened, seen from two tasks.
private final class Flag: Sendable {
  private let raised = Mutex(false)

  var isRaised: Bool { raised.withLock { $0 } }

  func raise() {
    raised.withLock { $0 = true }
  }
}
