import GRDB
import Worlds

/// What the person whom a customer named is to be told, in the order in which it happened: each
/// once, over restarts.
struct Announcements: Sendable {
  enum News: String, Sendable {
    case keyRejected = "key-rejected"
    case worksAgain = "works-again"
  }

  struct Entry: Sendable {
    var id: Int64
    var tenant: String
    var news: News
    var at: Timestamp
  }

  let storage: Storage
  let clock: any WorldClock
  /// Nil where this process is alone on its storage.
  let replica: Replica?
  /// Customers that have named somebody.
  let tenants: Set<String>

  /// That it works again is news only after it did not.
  func add(_ news: News, of tenant: String, in database: Database) throws {
    guard tenants.contains(tenant) else { return }
    if news == .worksAgain, try !Self.isRejectionLast(of: tenant, in: database) { return }
    try database.execute(
      sql: "INSERT INTO announcements (tenant, news, at, replica) VALUES (?, ?, ?, ?)",
      arguments: [tenant, news.rawValue, clock.now.nanoseconds, replica?.mark]
    )
  }

  func isRejectionLast(of tenant: String) throws -> Bool {
    try storage.access { try Self.isRejectionLast(of: tenant, in: $0) }
  }

  private static func isRejectionLast(of tenant: String, in database: Database) throws -> Bool {
    try String.fetchOne(
      database,
      sql: "SELECT news FROM announcements WHERE tenant = ? ORDER BY id DESC LIMIT 1",
      arguments: [tenant]
    ) == News.keyRejected.rawValue
  }

  /// What is to be told yet, oldest first; where several processes share a storage, what none of
  /// the others that live has made its own.
  func pending() throws -> [Entry] {
    try storage.transaction { database in
      if let replica {
        try database.execute(
          sql: """
            UPDATE announcements SET replica = ? WHERE state = 'pending'
              AND (replica IS NULL OR replica NOT IN (SELECT id FROM replicas))
            """,
          arguments: [replica.mark]
        )
      }
      return try Row.fetchAll(
        database,
        sql: """
          SELECT id, tenant, news, at FROM announcements
          WHERE state = 'pending' AND (? IS NULL OR replica = ?) ORDER BY id
          """,
        arguments: [replica?.mark, replica?.mark]
      ).compactMap { row in
        News(rawValue: row[2]).map {
          Entry(id: row[0], tenant: row[1], news: $0, at: Timestamp(nanoseconds: row[3]))
        }
      }
    }
  }

  /// - Parameter failure: why no platform will ever take it; nil where one has.
  func settle(_ entry: Entry, failure: String?) throws {
    try storage.access { database in
      try database.execute(
        sql: "UPDATE announcements SET state = ?, failure = ? WHERE id = ?",
        arguments: [failure == nil ? "sent" : "failed", failure, entry.id]
      )
    }
  }
}
