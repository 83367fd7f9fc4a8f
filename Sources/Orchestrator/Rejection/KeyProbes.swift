import GRDB
import Worlds

/// When a rejected key was tried last, by any process on this storage, this life of it or an
/// earlier one.
struct KeyProbes: Sendable {
  let storage: Storage

  /// - Returns: true for the one caller in an interval that may try this version of the key.
  func begin(
    of tenant: String,
    version: Int64,
    at now: Timestamp,
    interval: Duration
  ) throws -> Bool {
    try storage.access { database in
      try database.execute(
        sql: """
          INSERT INTO key_probes (tenant, version, at) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET version = excluded.version, at = excluded.at
          WHERE version <> excluded.version OR at <= ?
          """,
        arguments: [
          tenant, version, now.nanoseconds, now.nanoseconds - interval.nanoseconds,
        ]
      )
      return database.changesCount > 0
    }
  }
}
