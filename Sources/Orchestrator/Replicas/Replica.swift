import GRDB
import Worlds

/// This life of this process among several on one storage: it says that it lives, and makes the
/// messages of those that no longer do its own.
struct Replica: Sendable {
  let heartbeat: Duration
  private let id: Int64
  private let missedAfter: Duration
  private let storage: Storage
  private let clock: any WorldClock

  /// Takes a number that no other life has had: what an earlier one left is nobody's.
  ///
  /// - Throws: what the storage throws.
  init(
    _ settings: OrchestratorConfiguration.Replicas,
    storage: Storage,
    clock: any WorldClock
  ) throws {
    heartbeat = .seconds(settings.heartbeatSeconds)
    missedAfter = .seconds(settings.takeOverSeconds)
    self.storage = storage
    self.clock = clock
    let now = clock.now
    id = try storage.access { database in
      try database.execute(
        sql: "INSERT INTO replicas (seen_at) VALUES (?)",
        arguments: [now.nanoseconds]
      )
      return database.lastInsertedRowID
    }
  }

  /// Marks the messages that this process works on.
  var mark: Int64 { id }

  /// Says that this process lives, and claims the undelivered messages that nobody alive works on.
  ///
  /// - Returns: their numbers.
  func claim(_ database: Database) throws -> [Int64] {
    let now = clock.now
    let deadline = now.nanoseconds - missedAfter.nanoseconds
    try database.cachedStatement(
      sql: """
        INSERT INTO replicas (id, seen_at) VALUES (?, ?)
        ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
        """
    ).execute(arguments: [id, now.nanoseconds])
    try database.cachedStatement(sql: "DELETE FROM replicas WHERE seen_at < ?")
      .execute(arguments: [deadline])
    return try Int64.fetchAll(
      database.cachedStatement(
        sql: """
          UPDATE messages SET replica = ?
          WHERE state <> 'delivered' AND state <> 'failed'
            AND (replica IS NULL OR replica NOT IN (SELECT id FROM replicas))
          RETURNING id
          """
      ),
      arguments: [id]
    )
  }

  /// In good order: the others need not wait until this process is missed.
  func leave() throws {
    try storage.access { database in
      try database.execute(sql: "DELETE FROM replicas WHERE id = ?", arguments: [id])
    }
  }
}
