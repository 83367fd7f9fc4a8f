import GRDB
import Worlds

/// The journal in SQLite; answered messages double as the memory of their conversations.
package struct MessageStore: MessageJournal {
  let storage: Storage

  package init(storage: Storage) {
    self.storage = storage
  }

  package func receive(_ message: ReceivedMessage) throws -> ReceivedMessage? {
    try storage.access { database in
      try database.cachedStatement(
        sql: """
          INSERT INTO messages (tenant, platform, conversation, activity, person, is_group, address,
            thread, bot, recipient, question, received_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
          """
      ).execute(
        arguments: [
          message.tenant, message.platform.rawValue, message.conversation, message.activity,
          message.person, message.isGroup, message.address, message.thread, message.bot,
          message.recipient, message.question, message.receivedAt.nanoseconds,
        ]
      )
      guard database.changesCount > 0 else { return nil }
      var received = message
      received.id = database.lastInsertedRowID
      return received
    }
  }

  package func record(
    answer: String,
    from origin: AnswerOrigin,
    to message: ReceivedMessage
  ) throws {
    try storage.transaction { database in
      try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO answers
            (message, tenant, platform, conversation, question, answer, bases, audience)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(
        arguments: [
          message.id, message.tenant, message.platform.rawValue, message.conversation,
          message.question, answer, origin.bases.joined(separator: "\n"),
          origin.audience?.joined(separator: "\n"),
        ]
      )
      try database.cachedStatement(sql: "UPDATE messages SET state = 'answered' WHERE id = ?")
        .execute(arguments: [message.id])
    }
  }

  package func record(refusal: Refusal, to message: ReceivedMessage) throws {
    try storage.access { database in
      try database.cachedStatement(
        sql: "UPDATE messages SET state = 'refused', refusal = ? WHERE id = ?"
      ).execute(arguments: [refusal.rawValue, message.id])
    }
  }

  package func record(notice: Notice, to message: ReceivedMessage) throws {
    try storage.access { database in
      try database.cachedStatement(
        sql: "UPDATE messages SET state = 'told', refusal = ? WHERE id = ?"
      ).execute(arguments: [notice.rawValue, message.id])
    }
  }

  package func record(partsSent: Int, to message: ReceivedMessage) throws {
    try storage.access { database in
      try database.cachedStatement(sql: "UPDATE messages SET parts_sent = ? WHERE id = ?")
        .execute(arguments: [partsSent, message.id])
    }
  }

  package func recordDelivered(_ message: ReceivedMessage) throws {
    try storage.access { database in
      try database.cachedStatement(sql: "UPDATE messages SET state = 'delivered' WHERE id = ?")
        .execute(arguments: [message.id])
    }
  }

  package func record(failure: String, to message: ReceivedMessage) throws {
    try storage.access { database in
      try database.cachedStatement(
        sql: "UPDATE messages SET state = 'failed', failure = ? WHERE id = ?"
      ).execute(arguments: [failure, message.id])
    }
  }

  package func unfinished() throws -> [JournaledMessage] {
    try storage.access { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, platform, tenant, conversation, activity, person, is_group, address, thread,
            bot, recipient, question, received_at, state,
            (SELECT answer FROM answers WHERE message = messages.id), refusal, parts_sent
          FROM messages WHERE state <> 'delivered' AND state <> 'failed' ORDER BY id
          """
      ).compactMap(Self.journaled)
    }
  }

  private static func journaled(_ row: Row) -> JournaledMessage? {
    guard let platform = ReceivedMessage.Platform(rawValue: row[1]) else { return nil }
    var message = ReceivedMessage(
      platform: platform,
      tenant: row[2],
      conversation: row[3],
      activity: row[4],
      person: row[5],
      isGroup: row[6],
      address: row[7],
      thread: row[8],
      bot: row[9],
      recipient: row[10],
      question: row[11],
      receivedAt: Timestamp(nanoseconds: row[12])
    )
    message.id = row[0]
    var outcome: JournaledMessage.Outcome?
    switch row[13] as String {
    case "answered": outcome = .answer(row[14] ?? "")
    case "refused": outcome = Refusal(rawValue: row[15] ?? "").map { .refusal($0) }
    case "told": outcome = Notice(rawValue: row[15] ?? "").map { .notice($0) }
    default: break
    }
    return JournaledMessage(message: message, outcome: outcome, partsSent: row[16])
  }
}
