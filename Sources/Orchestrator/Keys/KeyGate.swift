import Secrets
import Worlds

/// Stands before every call that uses a customer's key: none without a key, while the provider
/// rejects the key one try in a minute, and none while whatever keeps the keys does not answer.
final class KeyGate: Sendable {
  private let custody: any KeyCustody
  private let notifications: Notifications
  private let clock: any WorldClock
  private let probeInterval: Duration
  /// Towards what keeps the keys. An administrator's own tries go past it.
  private let breaker: CircuitBreaker
  private let probes: KeyProbes

  init(
    _ custody: any KeyCustody,
    notifications: Notifications,
    clock: any WorldClock,
    probeInterval: Duration,
    breaker: CircuitBreaker
  ) {
    self.custody = custody
    self.notifications = notifications
    self.clock = clock
    self.probeInterval = probeInterval
    self.breaker = breaker
    probes = KeyProbes(storage: notifications.storage)
  }

  /// The key for one call that begins now.
  ///
  /// - Returns: the key, and whether this call tries out a key that was rejected before.
  /// - Throws: `ModelFailure.noKey`, `.keyRejected` while the customer is paused, and
  ///   `.keyUnavailable`.
  func open(for tenant: String) async throws -> (key: OpenedKey, isProbe: Bool) {
    guard let summary = try custody.summary(of: tenant) else { throw ModelFailure.noKey }
    if let rejectedAt = summary.rejectedAt {
      // The rejection itself was a try.
      let now = clock.now
      guard now - rejectedAt >= probeInterval,
        try probes.begin(
          of: tenant,
          version: summary.version,
          at: now,
          interval: probeInterval
        )
      else { throw ModelFailure.keyRejected }
    }
    guard let key = try await fetch(for: tenant) else { throw ModelFailure.noKey }
    return (key, summary.rejectedAt != nil)
  }

  /// One retrieval, or none while the keeper is spared: it is one for all customers, and whoever
  /// asks a keeper that does not answer waits for nothing.
  private func fetch(for tenant: String) async throws -> OpenedKey? {
    guard breaker.mayCall(Self.keeper) else { throw ModelFailure.keyUnavailable }
    do {
      let key = try await custody.open(for: tenant)
      breaker.succeeded(Self.keeper)
      return key
    } catch let failure as CustodyFailure {
      if failure == .unavailable {
        breaker.failed(Self.keeper)
      } else {
        breaker.succeeded(Self.keeper)
      }
      // Never a reason to look for another key.
      throw ModelFailure.keyUnavailable
    } catch {
      breaker.leftOpen(Self.keeper)
      throw error
    }
  }

  private static let keeper = "keeper"

  /// The provider took a key that it had rejected before.
  func accepted(_ key: OpenedKey, of tenant: String) throws {
    try custody.record(rejectedAt: nil, version: key.version, of: tenant)
    try notifications.resolve(of: tenant, works: true)
  }

  /// The provider did not take the key.
  ///
  /// - Returns: whether another key has been installed since this one was opened.
  func rejected(_ key: OpenedKey, of tenant: String) throws -> Bool {
    try custody.record(rejectedAt: clock.now, version: key.version, of: tenant)
    guard let summary = try custody.summary(of: tenant) else { return false }
    if summary.version == key.version {
      try notifications.open(.keyRejected, version: key.version, of: tenant)
    }
    return summary.version != key.version && summary.state == .active
  }
}
