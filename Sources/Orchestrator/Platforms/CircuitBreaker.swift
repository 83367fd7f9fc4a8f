import Synchronization
import Worlds

/// Spares a service that fails, and whoever waits for it: after several failures in a row nobody
/// asks it for a while, then one call tries it, and its outcome decides for all.
///
/// Kept apart by name: what one customer's account or server does is no other customer's trouble.
final class CircuitBreaker: Sendable {
  private struct Circuit {
    var failures = 0
    var opensAt: Timestamp?
    var isTried = false
  }

  private let failureLimit: Int
  private let pause: Duration
  private let clock: any WorldClock
  private let circuits = Mutex<[String: Circuit]>([:])

  /// - Parameters:
  ///   - failureLimit: failures in a row after which nobody asks.
  ///   - pause: how long nobody asks after that, and after each failed try.
  init(failureLimit: Int, pause: Duration, clock: any WorldClock) {
    self.failureLimit = failureLimit
    self.pause = pause
    self.clock = clock
  }

  /// Whether a call may be made now. Each one that may is followed by `succeeded`, `failed` or
  /// `leftOpen`.
  func mayCall(_ name: String) -> Bool {
    let now = clock.now
    return circuits.withLock { circuits in
      guard let circuit = circuits[name], circuit.failures >= failureLimit else { return true }
      guard let opensAt = circuit.opensAt, now >= opensAt, !circuit.isTried else { return false }
      circuits[name]?.isTried = true
      return true
    }
  }

  /// The service answered, whatever it said.
  func succeeded(_ name: String) {
    circuits.withLock { $0[name] = nil }
  }

  /// The service did not answer, or not with sense.
  func failed(_ name: String) {
    let opensAt = clock.now + pause
    circuits.withLock { circuits in
      circuits[name, default: Circuit()].failures += 1
      circuits[name]?.isTried = false
      circuits[name]?.opensAt = opensAt
    }
  }

  /// The call ended without telling anything of the service.
  func leftOpen(_ name: String) {
    circuits.withLock { $0[name]?.isTried = false }
  }
}
