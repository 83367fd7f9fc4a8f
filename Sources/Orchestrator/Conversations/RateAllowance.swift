import Synchronization
package import Worlds

/// So many in a minute, saved up for one minute at most: the allowance refills as time passes.
package struct RateAllowance: Sendable, Equatable {
  private let perMinute: Int
  /// In nanoseconds of waiting; a take costs a minute divided by what a minute allows.
  private var saved: Int64
  private var at: Timestamp

  private static let minute: Int64 = 60_000_000_000

  /// - Parameter perMinute: at least 1. It begins full.
  package init(perMinute: Int, at now: Timestamp) {
    self.perMinute = max(1, perMinute)
    saved = Self.minute
    at = now
  }

  /// Takes one. False when there is none at this moment.
  package mutating func take(at now: Timestamp) -> Bool {
    saved = min(Self.minute, saved + max(0, (now - at).nanoseconds))
    at = max(at, now)
    let cost = Self.minute / Int64(perMinute)
    guard saved >= cost else { return false }
    saved -= cost
    return true
  }
}

/// What each customer has left of its allowance.
final class TenantRates: Sendable {
  private let perMinute: Int?
  private let allowances = Mutex<[String: RateAllowance]>([:])

  /// - Parameter perMinute: nil for as many as come.
  init(perMinute: Int?) {
    self.perMinute = perMinute
  }

  func take(_ tenant: String, at now: Timestamp) -> Bool {
    guard let perMinute else { return true }
    return allowances.withLock { allowances in
      allowances[tenant, default: RateAllowance(perMinute: perMinute, at: now)].take(at: now)
    }
  }
}
