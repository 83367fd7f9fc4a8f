import Worlds

/// Offers something to a platform again and again while it cannot take it, for so long.
struct Offering: Sendable {
  let window: Duration
  let clock: any WorldClock
  let randomness: Randomness
  let drain: Drain

  private static let backoff = Backoff(first: .seconds(1), longest: .seconds(60))

  /// - Parameters:
  ///   - name: what is offered, for its randomness.
  ///   - discardToken: has the next attempt fetch another token.
  ///   - noteTaken: journals that the platform has taken it; not cut off from `send` by a stop.
  /// - Returns: nil once the platform has taken it, or else why it never will.
  /// - Throws: what ends the task, and what `noteTaken` throws.
  func make(
    _ name: String,
    discardToken: () -> Void,
    _ send: () async throws -> Void,
    noteTaken: () throws -> Void
  ) async throws -> String? {
    let begun = clock.now
    var repeats = 0
    var mayRenewToken = true
    while true {
      var retryAfter: Duration?
      do {
        try await drain.undivided {
          try await send()
          try noteTaken()
        }
        return nil
      } catch ReplyFailure.tokenRefused where mayRenewToken {
        mayRenewToken = false
        discardToken()
        continue
      } catch ReplyFailure.transient(let wanted) {
        retryAfter = wanted
      } catch ReplyFailure.definite(let reason) {
        return reason
      } catch ReplyFailure.tokenRefused {
        return "status 401"
      }
      let wait = Self.backoff.wait(after: repeats, for: name, randomness)
      let resumption = clock.now + max(wait, retryAfter ?? .zero)
      guard resumption - begun < window else { return "not taken in time" }
      try await clock.sleep(until: resumption)
      repeats += 1
    }
  }
}
