import GRDB
import Worlds

/// What administrators are told without having asked, each thing once.
struct Notifications: Sendable {
  enum Kind: String, Sendable {
    case keyRejected = "key-rejected"

    var words: String {
      switch self {
      case .keyRejected:
        """
        The provider no longer takes your organization's key. The assistant is paused until a new \
        key is installed; it tries the old one at most once a minute.
        """
      }
    }
  }

  struct Entry: Hashable, Sendable {
    var id: Int64
    /// As stored: one that this version does not know is shown by its name.
    var kind: String
    var at: Timestamp
    var resolvedAt: Timestamp?
  }

  let storage: Storage
  let clock: any WorldClock

  /// Opens a notification; one that is open already stays as it is.
  func open(_ kind: Kind, version: Int64, of tenant: String) throws {
    try storage.access { database in
      try database.execute(
        sql: """
          INSERT INTO notifications (tenant, kind, version, at) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET at = excluded.at, resolved_at = NULL
          WHERE resolved_at IS NOT NULL
          """,
        arguments: [tenant, kind.rawValue, version, clock.now.nanoseconds]
      )
    }
  }

  /// Whatever was wrong with the customer's key is so no more.
  func resolve(of tenant: String) throws {
    try storage.access { database in
      try database.execute(
        sql: "UPDATE notifications SET resolved_at = ? WHERE tenant = ? AND resolved_at IS NULL",
        arguments: [clock.now.nanoseconds, tenant]
      )
    }
  }

  /// Newest first.
  func entries(of tenant: String, atMost limit: Int = 100) throws -> [Entry] {
    try storage.access { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, kind, at, resolved_at FROM notifications WHERE tenant = ?
          ORDER BY at DESC, id DESC LIMIT ?
          """,
        arguments: [tenant, limit]
      ).map { row in
        Entry(
          id: row[0],
          kind: row[1],
          at: Timestamp(nanoseconds: row[2]),
          resolvedAt: (row[3] as Int64?).map(Timestamp.init(nanoseconds:))
        )
      }
    }
  }
}
