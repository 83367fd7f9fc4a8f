import Crypto
import Foundation
import GRDB
import Secrets
import Worlds

/// Customers' keys in SQLite, each sealed with a key of its own that the master key wraps, and
/// bound to its tenant, version and destination: whoever changes the address in the file gets no
/// key sent there.
struct SealedKeyCustody: KeyCustody {
  private let storage: Storage
  private let masterKey: any MasterKey
  /// Opens seals that were made before each had a key of its own.
  private let earlierSeals: Sealer?
  private let fingerprinter: Fingerprinter
  /// By tenant. What is kept is sealed.
  private let rows: TableCopies<StoredKey?>

  init(
    storage: Storage,
    masterKey: any MasterKey,
    earlierSeals: Sealer?,
    fingerprinter: Fingerprinter
  ) {
    self.storage = storage
    self.masterKey = masterKey
    self.earlierSeals = earlierSeals
    self.fingerprinter = fingerprinter
    rows = TableCopies(of: .keys, in: storage)
  }

  func summary(of tenant: String) throws -> KeySummary? {
    try stored(tenant)?.summary
  }

  func open(for tenant: String) async throws -> OpenedKey? {
    while let key = try stored(tenant) {
      let (version, destination) = (key.summary.version, key.summary.destination)
      let opened = OpenedKey(
        credential: ModelCredential(
          secret: try await sealer(of: key, tenant).open(
            key.sealed,
            context: Self.context(tenant, version, destination.storedText)
          ),
          destination: destination
        ),
        version: version
      )
      // An administrator may have replaced the key or taken it out while its own key was fetched.
      if try !masterKey.isElsewhere || stored(tenant)?.summary.version == version { return opened }
    }
    return nil
  }

  private func sealer(of key: StoredKey, _ tenant: String) async throws -> Sealer {
    guard let wrapped = key.wrappedKey else {
      guard let earlierSeals else { throw CustodyFailure.malformed }
      return earlierSeals
    }
    let context = Self.wrapping(tenant, key.summary.version)
    return Sealer(masterKey: try await masterKey.unwrap(wrapped, context: context))
  }

  func store(
    _ credential: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    let key = SymmetricKey(size: .bits256)
    while true {
      let version = try nextVersion(of: tenant)
      let wrapped = try await masterKey.wrap(key, context: Self.wrapping(tenant, version))
      let summary = KeySummary(
        version: version,
        lastFour: credential.secret.lastFour,
        fingerprint: fingerprinter.fingerprint(of: credential.secret),
        destination: credential.destination,
        installedAt: now
      )
      let sealed = try Sealer(masterKey: key).seal(
        credential.secret,
        context: Self.context(tenant, version, credential.destination.storedText)
      )
      // Another installation may have taken the version meanwhile: the later one wins.
      if try install(summary, sealed: sealed, wrappedKey: wrapped, of: tenant) { return summary }
    }
  }

  func remove(for tenant: String) async throws -> Bool {
    try erase(tenant)
  }

  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    try storage.access { database in
      storage.changes?.add(to: .keys)
      try database.cachedStatement(
        sql: "UPDATE keys SET rejected_at = ? WHERE tenant = ? AND version = ?"
      ).execute(arguments: [rejectedAt?.nanoseconds, tenant, version])
    }
  }

  private struct StoredKey {
    var summary: KeySummary
    var sealed: Data
    var wrappedKey: String?
  }

  private func stored(_ tenant: String) throws -> StoredKey? {
    try rows.value(tenant) {
      try storage.row(
        """
        SELECT version, last_four, fingerprint, installed_at, rejected_at, destination, sealed,
          wrapped_key
        FROM keys WHERE tenant = ? AND sealed IS NOT NULL
        """,
        [tenant]
      ) { row in
        StoredKey(
          summary: KeySummary(
            version: row[0],
            lastFour: row[1],
            fingerprint: Fingerprint(row[2]),
            destination: try Self.destination(row[5]),
            installedAt: Timestamp(nanoseconds: row[3]),
            rejectedAt: (row[4] as Int64?).map(Timestamp.init(nanoseconds:))
          ),
          sealed: row[6],
          wrappedKey: row[7]
        )
      }
    }
  }

  private func nextVersion(of tenant: String) throws -> Int64 {
    try storage.row("SELECT version FROM keys WHERE tenant = ?", [tenant]) { row in
      (row[0] as Int64) + 1
    } ?? 1
  }

  /// - Returns: false where the version is no longer the next one.
  private func install(
    _ summary: KeySummary,
    sealed: Data,
    wrappedKey: String,
    of tenant: String
  ) throws -> Bool {
    try storage.transaction { database in
      storage.changes?.add(to: .keys)
      let last = try Int64.fetchOne(
        database,
        sql: "SELECT version FROM keys WHERE tenant = ?",
        arguments: [tenant]
      )
      guard (last ?? 0) + 1 == summary.version else { return false }
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO keys
            (tenant, version, sealed, last_four, fingerprint, installed_at, rejected_at,
             destination, wrapped_key)
          VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?)
          """,
        arguments: [
          tenant, summary.version, sealed, summary.lastFour, summary.fingerprint.description,
          summary.installedAt.nanoseconds, summary.destination.storedText, wrappedKey,
        ]
      )
      return true
    }
  }

  /// The row stays for its version's sake: a later key must not open an older seal.
  private func erase(_ tenant: String) throws -> Bool {
    try storage.transaction { database in
      storage.changes?.add(to: .keys)
      try database.execute(
        sql: """
          UPDATE keys SET sealed = NULL, last_four = NULL, fingerprint = NULL, installed_at = NULL,
            rejected_at = NULL, destination = 'openai', wrapped_key = NULL
          WHERE tenant = ? AND sealed IS NOT NULL
          """,
        arguments: [tenant]
      )
      return database.changesCount > 0
    }
  }

  /// Lengths stand before their parts, so that no two rows give one context.
  private static func context(
    _ tenant: String,
    _ version: Int64,
    _ destination: String
  ) -> String {
    "model-key/2:\(tenant.utf8.count):\(tenant):\(version):\(destination)"
  }

  /// Of the key's own key; never the same text as that of a seal.
  private static func wrapping(_ tenant: String, _ version: Int64) -> String {
    "data-key/1:\(tenant.utf8.count):\(tenant):\(version)"
  }

  /// - Throws: `SealingError.broken`: a destination that cannot be read belongs to no seal.
  private static func destination(_ text: String) throws -> ModelDestination {
    guard let destination = ModelDestination(storedText: text) else { throw SealingError.broken }
    return destination
  }
}
