import Foundation
import GRDB
package import Secrets
package import Worlds

/// Customers' keys in SQLite, each sealed under the master key, and bound to its tenant, version
/// and destination: whoever changes the address in the file gets no key sent there.
package struct SealedKeyCustody: KeyCustody {
  private let storage: Storage
  private let sealer: Sealer
  private let fingerprinter: Fingerprinter

  package init(storage: Storage, sealer: Sealer, fingerprinter: Fingerprinter) {
    self.storage = storage
    self.sealer = sealer
    self.fingerprinter = fingerprinter
  }

  package func summary(of tenant: String) throws -> KeySummary? {
    try storage.row(
      """
      SELECT version, last_four, fingerprint, installed_at, rejected_at, destination
      FROM keys WHERE tenant = ? AND sealed IS NOT NULL
      """,
      [tenant]
    ) { row in
      KeySummary(
        version: row[0],
        lastFour: row[1],
        fingerprint: Fingerprint(row[2]),
        destination: try Self.destination(row[5]),
        installedAt: Timestamp(nanoseconds: row[3]),
        rejectedAt: (row[4] as Int64?).map(Timestamp.init(nanoseconds:))
      )
    }
  }

  package func open(for tenant: String) async throws -> OpenedKey? {
    guard let (version, sealed, destination) = try sealedKey(of: tenant) else { return nil }
    let context = Self.context(tenant, version, destination)
    return OpenedKey(
      credential: ModelCredential(
        secret: try sealer.open(sealed, context: context),
        destination: try Self.destination(destination)
      ),
      version: version
    )
  }

  package func store(
    _ credential: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    try storeInTransaction(credential, for: tenant, at: now)
  }

  package func remove(for tenant: String) async throws -> Bool {
    try erase(tenant)
  }

  package func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    try storage.access { database in
      try database.cachedStatement(
        sql: "UPDATE keys SET rejected_at = ? WHERE tenant = ? AND version = ?"
      ).execute(arguments: [rejectedAt?.nanoseconds, tenant, version])
    }
  }

  private func sealedKey(
    of tenant: String
  ) throws -> (version: Int64, sealed: Data, destination: String)? {
    try storage.row(
      "SELECT version, sealed, destination FROM keys WHERE tenant = ? AND sealed IS NOT NULL",
      [tenant]
    ) { row in (row[0], row[1], row[2]) }
  }

  private func storeInTransaction(
    _ credential: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) throws -> KeySummary {
    try storage.transaction { database in
      let last = try Int64.fetchOne(
        database,
        sql: "SELECT version FROM keys WHERE tenant = ?",
        arguments: [tenant]
      )
      let summary = KeySummary(
        version: (last ?? 0) + 1,
        lastFour: credential.secret.lastFour,
        fingerprint: fingerprinter.fingerprint(of: credential.secret),
        destination: credential.destination,
        installedAt: now
      )
      let destination = credential.destination.storedText
      let sealed = try sealer.seal(
        credential.secret,
        context: Self.context(tenant, summary.version, destination)
      )
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO keys
            (tenant, version, sealed, last_four, fingerprint, installed_at, rejected_at,
             destination)
          VALUES (?, ?, ?, ?, ?, ?, NULL, ?)
          """,
        arguments: [
          tenant, summary.version, sealed, summary.lastFour, summary.fingerprint.description,
          now.nanoseconds, destination,
        ]
      )
      return summary
    }
  }

  /// The row stays for its version's sake: a later key must not open an older seal.
  private func erase(_ tenant: String) throws -> Bool {
    try storage.transaction { database in
      try database.execute(
        sql: """
          UPDATE keys SET sealed = NULL, last_four = NULL, fingerprint = NULL, installed_at = NULL,
            rejected_at = NULL, destination = 'openai'
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

  /// - Throws: `SealingError.broken`: a destination that cannot be read belongs to no seal.
  private static func destination(_ text: String) throws -> ModelDestination {
    guard let destination = ModelDestination(storedText: text) else { throw SealingError.broken }
    return destination
  }
}
