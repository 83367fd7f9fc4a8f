import Foundation
import GRDB
package import Secrets
package import Worlds

/// Customers' keys in SQLite, each sealed under the master key, bound to its tenant and version.
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
    try storage.access { database in
      try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT version, last_four, fingerprint, installed_at, rejected_at FROM keys
            WHERE tenant = ? AND sealed IS NOT NULL
            """
        ),
        arguments: [tenant]
      ).map { row in
        KeySummary(
          version: row[0],
          lastFour: row[1],
          fingerprint: Fingerprint(row[2]),
          installedAt: Timestamp(nanoseconds: row[3]),
          rejectedAt: (row[4] as Int64?).map(Timestamp.init(nanoseconds:))
        )
      }
    }
  }

  package func open(for tenant: String) async throws -> OpenedKey? {
    guard let (version, sealed) = try sealedKey(of: tenant) else { return nil }
    return OpenedKey(
      secret: try sealer.open(sealed, context: Self.context(tenant, version)),
      version: version
    )
  }

  package func store(
    _ key: Secret,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    try storeInTransaction(key, for: tenant, at: now)
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

  private func sealedKey(of tenant: String) throws -> (version: Int64, sealed: Data)? {
    try storage.access { database in
      try Row.fetchOne(
        database.cachedStatement(
          sql: "SELECT version, sealed FROM keys WHERE tenant = ? AND sealed IS NOT NULL"
        ),
        arguments: [tenant]
      ).map { row in (row[0], row[1]) }
    }
  }

  private func storeInTransaction(
    _ key: Secret,
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
        lastFour: key.lastFour,
        fingerprint: fingerprinter.fingerprint(of: key),
        installedAt: now
      )
      let sealed = try sealer.seal(key, context: Self.context(tenant, summary.version))
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO keys
            (tenant, version, sealed, last_four, fingerprint, installed_at, rejected_at)
          VALUES (?, ?, ?, ?, ?, ?, NULL)
          """,
        arguments: [
          tenant, summary.version, sealed, summary.lastFour, summary.fingerprint.description,
          now.nanoseconds,
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
            rejected_at = NULL
          WHERE tenant = ? AND sealed IS NOT NULL
          """,
        arguments: [tenant]
      )
      return database.changesCount > 0
    }
  }

  /// Lengths stand before their parts, so that no two pairs give one context.
  private static func context(_ tenant: String, _ version: Int64) -> String {
    "openai-key/1:\(tenant.utf8.count):\(tenant):\(version)"
  }
}
