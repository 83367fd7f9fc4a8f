import Crypto
import Foundation
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
  /// How long a write whose answer was not heard may still arrive.
  private static let longestWay = Duration.seconds(60)

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
    let fingerprint = fingerprinter.fingerprint(of: held.secret)
    if held.version != record.reference,
      let opened = try openWritten(held, fingerprint, of: tenant)
    {
      return opened
    }
    if let destination = held.destination,
      destination != record.summary.destination.storedText
    {
      throw CustodyFailure.misplaced
    }
    let key = ModelCredential(secret: held.secret, destination: record.summary.destination)
    if held.version == record.reference, fingerprint == record.summary.fingerprint {
      // An administrator may have taken the key out while it was on its way.
      guard let now = try records.record(of: tenant), now.reference == record.reference else {
        return try await reopen(for: tenant)
      }
      return OpenedKey(credential: key, version: record.summary.version)
    }
    let adopted = try records.adopt(
      held.version,
      lastFour: held.secret.lastFour,
      fingerprint: fingerprint,
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

  /// A key that this program writes, or wrote before it was cut off, and that is in force already:
  /// with the destination that was written with it.
  private func openWritten(
    _ held: HeldKey,
    _ fingerprint: Fingerprint,
    of tenant: String
  ) throws -> OpenedKey? {
    let write = try records.writes().first { $0.tenant == tenant }
    guard let write, write.fingerprint == fingerprint,
      held.destination == write.destination.storedText
    else { return nil }
    let summary = try records.install(held.version, by: write)
    wakeUp.yield()
    return OpenedKey(
      credential: ModelCredential(secret: held.secret, destination: write.destination),
      version: summary.version
    )
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
      let write = ManagedKeyRecords.Write(credential, by: fingerprinter, for: tenant, at: now)
      try records.begin(write)
      do {
        let reference = try await manager.write(credential, for: tenant, mark: write.mark)
        return try records.install(reference, by: write)
      } catch {
        // It may have arrived all the same.
        wakeUp.yield()
        throw error
      }
    }
    if try await !settle() { wakeUp.yield() }
    return summary
  }

  /// From here on no call gets the key, whether or not the manager can be reached to destroy it.
  func remove(for tenant: String) async throws -> Bool {
    let wasThere = try records.remove(tenant)
    if try await !settle() { wakeUp.yield() }
    return wasThere
  }

  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    try records.record(rejectedAt: rejectedAt, version: version, of: tenant)
  }

  /// Finds out what became of writes that were cut off, and destroys what could not be destroyed
  /// when it was replaced or removed.
  func run() async {
    wakeUp.yield()
    for await _ in wakeUps {
      while !Task.isCancelled {
        if (try? await settle()) ?? false { break }
        do { try await clock.sleep(for: Self.pause) } catch { return }
      }
    }
  }

  /// - Returns: whether nothing is left to find out or to destroy.
  private func settle() async throws -> Bool {
    try await changing.withLock {
      do {
        var isSettled = true
        for write in try records.writes() {
          let isKnown = try await findOut(write)
          isSettled = isSettled && isKnown
        }
        for leftover in try records.leftovers() {
          try await destroy(leftover)
          try records.settled(leftover)
        }
        return isSettled
      } catch let failure as CustodyFailure {
        logger.warning(
          "A replaced key waits to be destroyed in the secret manager",
          metadata: ["failure": "\(failure)"]
        )
        return false
      }
    }
  }

  /// - Returns: whether it is known by now if the write has arrived.
  private func findOut(_ write: ManagedKeyRecords.Write) async throws -> Bool {
    let known = try records.record(of: write.tenant)?.reference
    let written = try await manager.version(
      writtenAs: write.mark,
      after: known,
      of: write.tenant
    )
    if let written {
      _ = try records.install(written, by: write)
      return true
    }
    guard clock.now - write.begunAt > Self.longestWay else { return false }
    try records.drop(write)
    return true
  }

  private func destroy(_ leftover: ManagedKeyRecords.Leftover) async throws {
    guard let record = try records.record(of: leftover.tenant) else {
      return try await manager.erase(leftover.tenant)
    }
    try await manager.destroyVersions(
      before: record.reference,
      replaced: leftover.reference.isEmpty ? nil : leftover.reference,
      of: leftover.tenant
    )
  }
}

extension ManagedKeyRecords.Write {
  fileprivate init(
    _ credential: ModelCredential,
    by fingerprinter: Fingerprinter,
    for tenant: String,
    at now: Timestamp
  ) {
    let fingerprint = fingerprinter.fingerprint(of: credential.secret)
    let text = "\(tenant.utf8.count):\(tenant):\(now.nanoseconds):\(fingerprint)"
    self.init(
      tenant: tenant,
      mark: SHA256.hash(data: Data(text.utf8)).prefix(16).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined(),
      lastFour: credential.secret.lastFour,
      fingerprint: fingerprint,
      destination: credential.destination,
      begunAt: now
    )
  }
}
