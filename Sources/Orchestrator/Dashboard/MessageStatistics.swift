import GRDB
import Worlds

/// Who asked how much, from the program's own journal.
struct MessageStatistics: Sendable {
  struct Person: Hashable, Sendable {
    var id: String
    var platform: String
    var questions: Int
    var last: Timestamp
  }

  struct Day: Hashable, Sendable {
    /// Days since 1970.
    var day: Int64
    var asked: Int
    var answered: Int
    var refused: Int
  }

  let storage: Storage

  /// Those who asked last come first.
  func people(of tenant: String, atMost limit: Int = 500) throws -> [Person] {
    try storage.access { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT person, min(platform), count(*), max(received_at) FROM messages
          WHERE tenant = ? AND person <> '' GROUP BY person ORDER BY 4 DESC, person LIMIT ?
          """,
        arguments: [tenant, limit]
      ).map {
        Person(
          id: $0[0],
          platform: $0[1],
          questions: $0[2],
          last: Timestamp(nanoseconds: $0[3])
        )
      }
    }
  }

  /// - Parameter since: nil for ever.
  func numberOfPeople(of tenant: String, since: Timestamp?) throws -> Int {
    try storage.access { database in
      try Int.fetchOne(
        database,
        sql: """
          SELECT count(DISTINCT person) FROM messages
          WHERE tenant = ? AND person <> '' AND received_at >= ?
          """,
        arguments: [tenant, since?.nanoseconds ?? .min]
      ) ?? 0
    }
  }

  /// Newest first.
  func days(of tenant: String, atMost limit: Int = 60) throws -> [Day] {
    try storage.access { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT received_at / 86400000000000, count(*),
            sum(EXISTS (SELECT 1 FROM answers WHERE message = messages.id)),
            sum(refusal IS NOT NULL AND refusal NOT IN (?, ?))
          FROM messages WHERE tenant = ? GROUP BY 1 ORDER BY 1 DESC LIMIT ?
          """,
        // What commands were told stands there too.
        arguments: [Notice.help.rawValue, Notice.forgotten.rawValue, tenant, limit]
      ).map { Day(day: $0[0], asked: $0[1], answered: $0[2], refused: $0[3]) }
    }
  }
}
