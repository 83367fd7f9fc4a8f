import HTTPTypes
import NIOCore
import Worlds

/// Reads from platforms and directories with the vendor's own token: a few repeats, then no answer.
struct PlatformCalls: Sendable {
  enum Failure: Error {
    case unavailable
    /// A definite answer that is no success.
    case refused(status: Int)
  }

  let tokens: AccessTokens
  let transport: TimedTransport
  let randomness: Randomness

  private static let repeats = 2
  private static let backoff = Backoff(first: .milliseconds(300), longest: .seconds(3))

  /// - Parameters:
  ///   - pathAndQuery: below `endpoint`, percent-encoded.
  ///   - name: what it is for, for its randomness.
  /// - Throws: `Failure`, or what ends the task.
  func get(
    _ pathAndQuery: String,
    at endpoint: Endpoint,
    as purpose: AccessTokens.Purpose,
    named name: String
  ) async throws -> ByteBuffer {
    var repeats = 0
    var mayRenewToken = true
    while true {
      var retryAfter: Duration?
      do {
        let headers: HTTPFields = [
          .authorization: try await tokens.authorization(for: purpose),
          .accept: "application/json",
        ]
        let response = try await transport.collect(
          OutgoingRequest(head: endpoint.head(.get, pathAndQuery, headers: headers))
        )
        if response.head.status == .ok { return response.body }
        if response.head.status == .unauthorized, mayRenewToken {
          mayRenewToken = false
          tokens.discard(purpose)
          continue
        }
        guard response.head.isTransientFailure else {
          throw Failure.refused(status: response.head.status.code)
        }
        retryAfter = response.head.retryAfter
      } catch let failure as Failure {
        throw failure
      } catch let error where error.endsTheRun {
        throw error
      } catch {
        // No connection, no time left, no token: all may pass.
      }
      guard repeats < Self.repeats, (retryAfter ?? .zero) <= .seconds(10) else {
        throw Failure.unavailable
      }
      let wait = Self.backoff.wait(after: repeats, for: name, randomness)
      try await transport.clock.sleep(for: max(wait, retryAfter ?? .zero))
      repeats += 1
    }
  }
}
