import GRDB
import Worlds

/// Which answers helped, by the buttons under them: one voice for each person and answer, the last
/// one. No question and no answer is kept with it.
struct FeedbackStore: Sendable {
  let storage: Storage

  struct Count: Hashable, Sendable {
    var helpful = 0
    var unhelpful = 0
  }

  func record(_ press: PressedButton, on answered: MessageStore.Answered) throws {
    try storage.access { database in
      try database.cachedStatement(
        sql: """
          INSERT INTO feedback (message, person, tenant, is_helpful, at, bases)
          VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT (message, person)
          DO UPDATE SET is_helpful = excluded.is_helpful, at = excluded.at
          """
      ).execute(
        arguments: [
          answered.message.id, press.person, press.tenant, press.button == .helpful,
          press.at.nanoseconds, answered.bases.joined(separator: "\n"),
        ]
      )
    }
  }

  /// - Parameter since: nil for ever.
  func count(of tenant: String, since: Timestamp? = nil) throws -> Count {
    try storage.access { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT coalesce(sum(is_helpful), 0), coalesce(sum(NOT is_helpful), 0)
          FROM feedback WHERE tenant = ? AND at >= ?
          """,
        arguments: [tenant, since?.nanoseconds ?? .min]
      ).map { Count(helpful: $0[0], unhelpful: $0[1]) } ?? Count()
    }
  }

  /// Days since 1970, newest first.
  func days(of tenant: String, atMost limit: Int = 60) throws -> [(day: Int64, count: Count)] {
    try storage.access { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT at / 86400000000000, sum(is_helpful), sum(NOT is_helpful)
          FROM feedback WHERE tenant = ? GROUP BY 1 ORDER BY 1 DESC LIMIT ?
          """,
        arguments: [tenant, limit]
      ).map { ($0[0], Count(helpful: $0[1], unhelpful: $0[2])) }
    }
  }

  /// By the knowledge bases that the answers drew on, sorted; an answer that drew on several counts
  /// for each of them.
  func bases(of tenant: String) throws -> [(base: String, count: Count)] {
    let rows = try storage.access { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT bases, sum(is_helpful), sum(NOT is_helpful)
          FROM feedback WHERE tenant = ? GROUP BY bases
          """,
        arguments: [tenant]
      )
    }
    var counts: [String: Count] = [:]
    for row in rows {
      for base in (row[0] as String).split(separator: "\n") {
        counts[String(base), default: Count()].helpful += row[1]
        counts[String(base), default: Count()].unhelpful += row[2]
      }
    }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
