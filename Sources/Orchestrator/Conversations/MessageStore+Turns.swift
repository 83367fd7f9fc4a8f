import GRDB

/// A question and its answer, from earlier in a conversation.
package struct ConversationTurn: Hashable, Sendable {
  package var question: String
  package var answer: String
  package var origin: AnswerOrigin
}

extension MessageStore {
  /// The turns that everybody in the conversation may see now, oldest first. A turn counts as seen
  /// by those who were there: who joined later is not told of it, nor is anybody of a turn that
  /// drew on a base that one of them may no longer read.
  func turns(
    before message: ReceivedMessage,
    visibleWith access: Permissions.Access,
    atMost count: Int,
    upTo bytes: Int
  ) throws -> [ConversationTurn] {
    guard count > 0, let audience = access.audience else { return [] }
    let bases = Set(access.bases)
    return try storedTurns(before: message, atMost: count, upTo: bytes).filter { turn in
      guard let seenBy = turn.origin.audience.map({ Set($0) }) else { return false }
      return turn.origin.bases.allSatisfy(bases.contains)
        && audience.allSatisfy(seenBy.contains)
    }
  }

  /// Counts of a customer's messages by state, and of refusals by reason.
  func counts(of tenant: String) throws -> [(state: String, refusal: String?, count: Int)] {
    try storage.access { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT
            CASE WHEN state = 'received' AND id IN (SELECT message FROM answers)
              THEN 'answered' ELSE state END AS stage,
            refusal, count(*)
          FROM messages WHERE tenant = ? GROUP BY stage, refusal ORDER BY stage, refusal
          """,
        arguments: [tenant]
      ).map { ($0[0], $0[1], $0[2]) }
    }
  }

  /// Takes out of every conversation what may repeat a document that is no longer there.
  static func forgetTurns(
    drawingOn base: String,
    of tenant: String,
    _ database: Database
  ) throws {
    try database.execute(
      sql: """
        UPDATE answers SET audience = NULL
        WHERE tenant = ? AND audience IS NOT NULL
          AND instr(char(10) || bases || char(10), char(10) || ? || char(10)) > 0
        """,
      arguments: [tenant, base]
    )
  }

  private func storedTurns(
    before message: ReceivedMessage,
    atMost count: Int,
    upTo bytes: Int
  ) throws -> [ConversationTurn] {
    let horizon = try horizon(of: message)
    return try storage.access { database in
      let rows = try Row.fetchCursor(
        database.cachedStatement(
          sql: """
            SELECT question, answer, bases, audience FROM answers INDEXED BY answers_recall
            WHERE conversation = ? AND message < ? AND tenant = ? AND platform = ?
            ORDER BY message DESC LIMIT ?
            """
        ),
        arguments: [
          message.conversation, horizon, message.tenant, message.platform.rawValue, count,
        ]
      )
      var turns: [ConversationTurn] = []
      while let row = try rows.next() {
        turns.append(
          ConversationTurn(
            question: Self.beginning(row[0], upTo: bytes),
            answer: Self.beginning(row[1], upTo: bytes),
            origin: AnswerOrigin(bases: Self.list(row[2]) ?? [], audience: Self.list(row[3]))
          )
        )
      }
      turns.reverse()
      return turns
    }
  }

  /// Never half of a Unicode scalar.
  private static func beginning(_ text: String, upTo bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    var end = text.utf8.index(text.startIndex, offsetBy: bytes)
    while text.utf8[end] & 0xc0 == 0x80 { end = text.utf8.index(before: end) }
    return String(text[..<end]) + "..."
  }

  static func list(_ text: String?) -> [String]? {
    text.map { text in
      text.utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)) }
    }
  }
}
