import Logging
import Secrets
import Worlds

/// Customers' keys in a secret manager: fetched for each call anew, and kept nowhere here. What an
/// administrator sees of a key stands in the program's own database.
final class ManagedKeyCustody: KeyCustody {
  private let manager: any SecretManager
  private let records: ManagedKeyRecords
  private let fingerprinter: Fingerprinter
  private let clock: any WorldClock
  private let logger: Logger
  /// Keeps what is written and what is destroyed apart.
  private let changing = AsyncLock()
  private let wakeUps: AsyncStream<Void>
  private let wakeUp: AsyncStream<Void>.Continuation

  private static let pause = Duration.seconds(60)

  init(
    _ manager: any SecretManager,
    storage: Storage,
    fingerprinter: Fingerprinter,
    clock: any WorldClock,
    logger: Logger
  ) {
    self.manager = manager
    records = ManagedKeyRecords(storage: storage)
    self.fingerprinter = fingerprinter
    self.clock = clock
    self.logger = logger
    (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func summary(of tenant: String) throws -> KeySummary? {
    try records.record(of: tenant)?.summary
  }

  func open(for tenant: String) async throws -> OpenedKey? {
    guard let record = try records.record(of: tenant) else { return nil }
    guard let held = try await manager.read(tenant) else { return nil }
    if let destination = held.destination,
      destination != record.summary.destination.storedText
    {
      throw CustodyFailure.misplaced
    }
    let key = ModelCredential(secret: held.secret, destination: record.summary.destination)
    if held.version == record.reference {
      // An administrator may have taken the key out while it was on its way.
      guard let now = try records.record(of: tenant), now.reference == record.reference else {
        return try await reopen(for: tenant)
      }
      return OpenedKey(credential: key, version: record.summary.version)
    }
    let adopted = try records.adopt(
      held.version,
      lastFour: held.secret.lastFour,
      fingerprint: fingerprinter.fingerprint(of: held.secret),
      of: tenant,
      insteadOf: record,
      at: clock.now
    )
    if let adopted { return OpenedKey(credential: key, version: adopted) }
    // Where another call was quicker to take up the same one, nothing is to be fetched again.
    guard let now = try records.record(of: tenant), now.reference == held.version,
      now.summary.destination == record.summary.destination
    else { return try await reopen(for: tenant) }
    return OpenedKey(credential: key, version: now.summary.version)
  }

  /// The settings changed while a key was on its way: what they say now counts, once.
  private func reopen(for tenant: String) async throws -> OpenedKey? {
    guard let record = try records.record(of: tenant),
      let held = try await manager.read(tenant),
      held.destination ?? record.summary.destination.storedText
        == record.summary.destination.storedText,
      try records.record(of: tenant)?.summary.version == record.summary.version
    else { return nil }
    return OpenedKey(
      credential: ModelCredential(
        secret: held.secret,
        destination: record.summary.destination
      ),
      version: record.summary.version
    )
  }

  func store(
    _ credential: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    let summary = try await changing.withLock {
      let reference = try await manager.write(credential, for: tenant, at: now)
      return try records.install(
        reference,
        lastFour: credential.secret.lastFour,
        fingerprint: fingerprinter.fingerprint(of: credential.secret),
        destination: credential.destination,
        of: tenant,
        at: now
      )
    }
    if try await !settle() { wakeUp.yield() }
    return summary
  }

  /// From here on no call gets the key, whether or not the manager can be reached to destroy it.
  func remove(for tenant: String) async throws -> Bool {
    guard try records.remove(tenant) else { return false }
    if try await !settle() { wakeUp.yield() }
    return true
  }

  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    try records.record(rejectedAt: rejectedAt, version: version, of: tenant)
  }

  /// Destroys what could not be destroyed when it was replaced or removed.
  func run() async {
    wakeUp.yield()
    for await _ in wakeUps {
      while !Task.isCancelled {
        if (try? await settle()) ?? false { break }
        do { try await clock.sleep(for: Self.pause) } catch { return }
      }
    }
  }

  /// - Returns: whether nothing is left to destroy.
  private func settle() async throws -> Bool {
    try await changing.withLock {
      for leftover in try records.leftovers() {
        do {
          if try records.record(of: leftover.tenant) == nil {
            try await manager.erase(leftover.tenant)
          } else {
            try await manager.destroy(version: leftover.reference, of: leftover.tenant)
          }
        } catch let failure as CustodyFailure {
          logger.warning(
            "A replaced key waits to be destroyed in the secret manager",
            metadata: ["tenant": "\(leftover.tenant)", "failure": "\(failure)"]
          )
          return false
        }
        try records.settled(leftover)
      }
      return true
    }
  }
}
