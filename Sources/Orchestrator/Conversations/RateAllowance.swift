package import Worlds

/// So many in a minute, saved up for one minute at most: the allowance refills as time passes.
package struct RateAllowance: Sendable, Equatable {
  private let perMinute: Int
  /// In nanoseconds of waiting; a take costs a minute divided by what a minute allows.
  package private(set) var saved: Int64
  package private(set) var at: Timestamp

  private static let minute: Int64 = 60_000_000_000

  /// It begins full.
  ///
  /// - Parameter perMinute: at least 1.
  package init(perMinute: Int, at now: Timestamp) {
    self.init(perMinute: perMinute, saved: Self.minute, at: now)
  }

  /// One that goes on from what was left at a moment.
  package init(perMinute: Int, saved: Int64, at moment: Timestamp) {
    self.perMinute = max(1, perMinute)
    self.saved = saved
    at = moment
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
