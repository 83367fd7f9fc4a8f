import GRDB
import Worlds

/// What there was of a customer's keys: when each version came and went, and by whom. The versions
/// themselves are destroyed with their replacement; this is all that stays of them.
struct KeyHistory: Sendable {
  struct Version: Hashable, Sendable {
    var version: Int64
    var provider: String
    var lastFour: String
    var installedAt: Timestamp
    var installedBy: String
    /// Nil while it is the installed one.
    var endedAt: Timestamp?
    var endedBy: String?
  }

  let storage: Storage

  func installed(_ summary: KeySummary, for tenant: String, by actor: String) throws {
    try storage.transaction { database in
      try Self.end(tenant, summary.installedAt, actor, database)
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO key_versions
            (tenant, version, provider, last_four, installed_at, installed_by)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          tenant, summary.version, summary.destination.providerName, summary.lastFour,
          summary.installedAt.nanoseconds, actor,
        ]
      )
    }
  }

  func removed(for tenant: String, at now: Timestamp, by actor: String) throws {
    try storage.transaction { try Self.end(tenant, now, actor, $0) }
  }

  /// Newest first.
  func versions(of tenant: String, atMost limit: Int = 50) throws -> [Version] {
    try storage.access { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT version, provider, last_four, installed_at, installed_by, ended_at, ended_by
          FROM key_versions WHERE tenant = ? ORDER BY version DESC LIMIT ?
          """,
        arguments: [tenant, limit]
      ).map { row in
        Version(
          version: row[0],
          provider: row[1],
          lastFour: row[2],
          installedAt: Timestamp(nanoseconds: row[3]),
          installedBy: row[4],
          endedAt: (row[5] as Int64?).map(Timestamp.init(nanoseconds:)),
          endedBy: row[6]
        )
      }
    }
  }

  private static func end(
    _ tenant: String,
    _ now: Timestamp,
    _ actor: String,
    _ database: Database
  ) throws {
    try database.execute(
      sql: """
        UPDATE key_versions SET ended_at = ?, ended_by = ? WHERE tenant = ? AND ended_at IS NULL
        """,
      arguments: [now.nanoseconds, actor, tenant]
    )
  }
}
