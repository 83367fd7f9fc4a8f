import GRDB
import Worlds

/// The journal in SQLite; answered messages double as the memory of their conversations.
package struct MessageStore: MessageJournal {
  let storage: Storage
  /// Nil where no other process works on the messages of this storage.
  let replica: Replica?
  /// Customers whose messages are forgotten once they are delivered.
  private let forgetful: Set<String>
  /// Nil where every question is taken up.
  private let admission: Admission?

  /// For a process that is alone on its storage, keeps all conversations and refuses none.
  package init(storage: Storage) {
    self.init(storage: storage, replica: nil)
  }

  init(storage: Storage, replica: Replica?, admission: Admission? = nil) {
    self.storage = storage
    self.replica = replica
    self.admission = admission
    forgetful = []
  }

  init(_ environment: OrchestratorEnvironment) {
    storage = environment.storage
    replica = environment.replica
    admission = Admission(environment.configuration.limits)
    forgetful = Set(
      environment.configuration.tenants.filter { !$0.keepsConversations }.map(\.id)
    )
  }

  package func receive(_ message: ReceivedMessage) throws -> JournaledMessage? {
    guard let admission, admission.mayRefuse(message) else {
      return try storage.access { try insert(message, into: $0) }
    }
    return try storage.transaction { database in
      guard var journaled = try insert(message, into: database) else { return nil }
      if let refusal = try admission.refusal(of: message, in: database) {
        try Self.record(refusal, of: journaled.message, in: database)
        journaled.outcome = .refusal(refusal)
      }
      return journaled
    }
  }

  /// Nil for a message that is there already.
  private func insert(
    _ message: ReceivedMessage,
    into database: Database
  ) throws -> JournaledMessage? {
    try database.cachedStatement(
      sql: """
        INSERT INTO messages (tenant, platform, conversation, activity, person, is_group, address,
          thread, bot, recipient, question, received_at, target, replica, forget)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """
    ).execute(
      arguments: [
        message.tenant, message.platform.rawValue, message.conversation, message.activity,
        message.person, message.isGroup, message.address, message.thread, message.bot,
        message.recipient, message.question, message.receivedAt.nanoseconds,
        message.target, replica?.mark, forgetful.contains(message.tenant),
      ]
    )
    guard database.changesCount > 0 else { return nil }
    var received = message
    received.id = database.lastInsertedRowID
    return JournaledMessage(message: received, outcome: nil, partsSent: 0)
  }

  package func record(
    answer: String,
    from origin: AnswerOrigin,
    to message: ReceivedMessage
  ) throws {
    // An answer that is there says that its message is answered: one write for both.
    try storage.write { database in
      try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO answers
            (message, tenant, platform, conversation, question, answer, bases, audience, documents)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(
        arguments: [
          message.id, message.tenant, message.platform.rawValue, message.conversation,
          message.question, answer, origin.bases.joined(separator: "\n"),
          origin.audience?.joined(separator: "\n"), origin.documents.joined(separator: "\n"),
        ]
      )
    }
  }

  package func record(refusal: Refusal, to message: ReceivedMessage) throws {
    try storage.write { try Self.record(refusal, of: message, in: $0) }
  }

  private static func record(
    _ refusal: Refusal,
    of message: ReceivedMessage,
    in database: Database
  ) throws {
    try database.cachedStatement(
      sql: "UPDATE messages SET state = 'refused', refusal = ? WHERE id = ?"
    ).execute(arguments: [refusal.rawValue, message.id])
  }

  package func record(notice: Notice, to message: ReceivedMessage) throws {
    try storage.write { database in
      try database.cachedStatement(
        sql: "UPDATE messages SET state = 'told', refusal = ? WHERE id = ?"
      ).execute(arguments: [notice.rawValue, message.id])
    }
  }

  package func record(partsSent: Int, to message: ReceivedMessage) throws {
    try storage.write { database in
      try database.cachedStatement(sql: "UPDATE messages SET parts_sent = ? WHERE id = ?")
        .execute(arguments: [partsSent, message.id])
    }
  }

  package func recordDelivered(_ message: ReceivedMessage, as reply: String?) throws {
    try storage.write { database in
      try database.cachedStatement(
        sql: "UPDATE messages SET state = 'delivered', reply = ? WHERE id = ?"
      ).execute(arguments: [reply, message.id])
    }
  }

  package func record(failure: String, to message: ReceivedMessage) throws {
    try storage.write { database in
      try database.cachedStatement(
        sql: "UPDATE messages SET state = 'failed', failure = ? WHERE id = ?"
      ).execute(arguments: [failure, message.id])
    }
  }

  package func unfinished() throws -> [JournaledMessage] {
    guard let replica else { return try storage.access { try Self.unfinished($0) } }
    return try storage.transaction { database in
      let claimed = Set(try replica.claim(database))
      guard !claimed.isEmpty else { return [] }
      return try Self.unfinished(database).filter { claimed.contains($0.message.id) }
    }
  }

  private static func unfinished(_ database: Database) throws -> [JournaledMessage] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT \(columns), state, refusal, parts_sent, answers.answer, answers.documents
        FROM messages LEFT JOIN answers ON answers.message = messages.id
        WHERE state <> 'delivered' AND state <> 'failed' ORDER BY messages.id
        """
    ).compactMap(journaled)
  }

  /// What `message` reads.
  static let columns = """
    messages.id, messages.platform, messages.tenant, messages.conversation, activity, person,
    is_group, address, thread, bot, recipient, messages.question, received_at, target
    """

  /// Nil for a platform that there is no longer.
  static func message(_ row: Row) -> ReceivedMessage? {
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
    message.target = row[13]
    return message
  }

  private static func journaled(_ row: Row) -> JournaledMessage? {
    guard let message = message(row) else { return nil }
    let outcome: JournaledMessage.Outcome? =
      switch row["state"] as String {
      case "refused": Refusal(rawValue: row["refusal"] ?? "").map(JournaledMessage.Outcome.refusal)
      case "told": Notice(rawValue: row["refusal"] ?? "").map(JournaledMessage.Outcome.notice)
      default:
        (row["answer"] as String?).map { answer in
          .answer(answer, documents: list(row["documents"]) ?? [])
        }
      }
    return JournaledMessage(message: message, outcome: outcome, partsSent: row["parts_sent"])
  }
}
