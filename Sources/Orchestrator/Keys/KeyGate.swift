import Secrets
import Synchronization
import Worlds

/// Stands before every call that uses a customer's key: none without a key, and while the provider
/// rejects the key, one try in a minute.
final class KeyGate: Sendable {
  private struct Attempt {
    var version: Int64
    var at: Timestamp
  }

  private let custody: any KeyCustody
  private let notifications: Notifications
  private let clock: any WorldClock
  private let probeInterval: Duration
  private let lastAttempts = Mutex<[String: Attempt]>([:])

  init(
    _ custody: any KeyCustody,
    notifications: Notifications,
    clock: any WorldClock,
    probeInterval: Duration
  ) {
    self.custody = custody
    self.notifications = notifications
    self.clock = clock
    self.probeInterval = probeInterval
  }

  /// The key for one call that begins now.
  ///
  /// - Returns: the key, and whether this call tries out a key that was rejected before.
  /// - Throws: `ModelFailure.noKey`, `.keyRejected` while the customer is paused, and
  ///   `.keyUnavailable`.
  func open(for tenant: String) async throws -> (key: OpenedKey, isProbe: Bool) {
    guard let summary = try custody.summary(of: tenant) else { throw ModelFailure.noKey }
    if let rejectedAt = summary.rejectedAt {
      guard beginProbe(of: tenant, summary.version, rejectedAt: rejectedAt) else {
        throw ModelFailure.keyRejected
      }
    }
    do {
      guard let key = try await custody.open(for: tenant) else { throw ModelFailure.noKey }
      return (key, summary.rejectedAt != nil)
    } catch is CustodyFailure {
      // Never a reason to look for another key.
      throw ModelFailure.keyUnavailable
    }
  }

  /// The provider took a key that it had rejected before.
  func accepted(_ key: OpenedKey, of tenant: String) throws {
    try custody.record(rejectedAt: nil, version: key.version, of: tenant)
    try notifications.resolve(of: tenant)
  }

  /// The provider did not take the key.
  ///
  /// - Returns: whether another key has been installed since this one was opened.
  func rejected(_ key: OpenedKey, of tenant: String) throws -> Bool {
    let now = clock.now
    lastAttempts.withLock { $0[tenant] = Attempt(version: key.version, at: now) }
    try custody.record(rejectedAt: now, version: key.version, of: tenant)
    guard let summary = try custody.summary(of: tenant) else { return false }
    if summary.version == key.version {
      try notifications.open(.keyRejected, version: key.version, of: tenant)
    }
    return summary.version != key.version && summary.state == .active
  }

  /// True for the one caller in a minute that may try a rejected key again.
  private func beginProbe(of tenant: String, _ version: Int64, rejectedAt: Timestamp) -> Bool {
    let now = clock.now
    return lastAttempts.withLock { attempts in
      var last = rejectedAt
      if let attempt = attempts[tenant], attempt.version == version {
        last = max(last, attempt.at)
      }
      guard now - last >= probeInterval else { return false }
      attempts[tenant] = Attempt(version: version, at: now)
      return true
    }
  }
}
