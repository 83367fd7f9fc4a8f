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
  let announcements: Announcements
  /// Raised whenever a customer's key begins or ceases to be rejected, or another takes its place.
  let changes = Signal()

  /// - Parameters:
  ///   - replica: nil where this process is alone on its storage.
  ///   - contacts: customers, some of which have named a person to be told.
  init(
    storage: Storage,
    clock: any WorldClock,
    replica: Replica?,
    contacts: [OrchestratorConfiguration.Tenant]
  ) {
    self.storage = storage
    self.clock = clock
    announcements = Announcements(
      storage: storage,
      clock: clock,
      replica: replica,
      tenants: Set(contacts.filter { $0.rejectedKey.contact != nil }.map(\.id))
    )
  }

  /// Opens a notification; one that is open already stays as it is.
  func open(_ kind: Kind, version: Int64, of tenant: String) throws {
    defer { changes.raise() }
    try storage.transaction { database in
      try database.execute(
        sql: """
          INSERT INTO notifications (tenant, kind, version, at) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET at = excluded.at, resolved_at = NULL
          WHERE resolved_at IS NOT NULL
          """,
        arguments: [tenant, kind.rawValue, version, clock.now.nanoseconds]
      )
      guard database.changesCount > 0 else { return }
      try announcements.add(.keyRejected, of: tenant, in: database)
    }
  }

  /// Whatever was wrong with the customer's key is so no more.
  ///
  /// - Parameter works: false where there is no key any more.
  func resolve(of tenant: String, works: Bool) throws {
    defer { changes.raise() }
    try storage.transaction { database in
      try database.execute(
        sql: "UPDATE notifications SET resolved_at = ? WHERE tenant = ? AND resolved_at IS NULL",
        arguments: [clock.now.nanoseconds, tenant]
      )
      if works { try announcements.add(.worksAgain, of: tenant, in: database) }
    }
  }

  /// A crash may have come between what was noted of a key and what was to be told of it.
  func catchUp(with summary: KeySummary?, of tenant: String) throws {
    let isOpen = try storage.access { database in
      try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM notifications WHERE tenant = ? AND resolved_at IS NULL)
          """,
        arguments: [tenant]
      ) ?? false
    }
    switch summary?.state {
    case .rejected? where !isOpen:
      try open(.keyRejected, version: summary?.version ?? 0, of: tenant)
    case .active? where try isOpen || announcements.isRejectionLast(of: tenant):
      try resolve(of: tenant, works: true)
    case nil where isOpen: try resolve(of: tenant, works: false)
    default: break
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
