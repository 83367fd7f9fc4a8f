import Secrets
import Synchronization
import Worlds

/// A token that a manager gives to this program for a while: fetched when it is first needed, and
/// used until two thirds of its time are over. It is the way to a key, never a key.
final class LeasedToken: Sendable {
  struct Lease: Sendable {
    var token: Secret
    var lifetime: Duration
  }

  private struct Kept {
    var token: Secret
    var renewAt: Timestamp
  }

  private let clock: any WorldClock
  private let fetch: @Sendable () async throws -> Lease
  private let kept = Mutex<Kept?>(nil)
  private let failures = Mutex(0)
  private let fetching = AsyncLock()

  init(clock: any WorldClock, fetch: @escaping @Sendable () async throws -> Lease) {
    self.clock = clock
    self.fetch = fetch
  }

  /// - Returns: the token, and whether it was fetched just now.
  /// - Throws: what fetching throws.
  func value() async throws -> (token: Secret, isFresh: Bool) {
    if let token = current { return (token, false) }
    let failuresBefore = failures.withLock { $0 }
    return try await fetching.withLock {
      if let token = current { return (token, false) }
      // Who waited for an attempt that failed shares its outcome.
      guard failures.withLock({ $0 }) == failuresBefore else { throw CustodyFailure.unavailable }
      do {
        let lease = try await fetch()
        let lasting = lease.lifetime * 2 / 3
        kept.withLock { $0 = Kept(token: lease.token, renewAt: clock.now + lasting) }
        return (lease.token, true)
      } catch {
        failures.withLock { $0 += 1 }
        throw error
      }
    }
  }

  /// The manager did not take it: the next use fetches another.
  func discard(_ token: Secret) {
    kept.withLock { if $0?.token == token { $0 = nil } }
  }

  private var current: Secret? {
    let now = clock.now
    return kept.withLock { kept in kept.flatMap { now < $0.renewAt ? $0.token : nil } }
  }
}
