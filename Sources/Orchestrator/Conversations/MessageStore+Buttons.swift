import GRDB

extension MessageStore {
  /// A message whose answer is still known.
  struct Answered: Sendable {
    var message: ReceivedMessage
    /// What its answer drew on.
    var bases: [String]
  }

  /// The answered message that a press means in its own conversation; nil where there is none, or
  /// it was forgotten.
  func answered(in press: PressedButton) throws -> Answered? {
    let (column, name) =
      switch press.place {
      case .under(let activity): ("activity", activity)
      case .on(let reply): ("reply", reply)
      }
    return try storage.access { database in
      let row = try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT \(Self.columns), answers.bases
            FROM messages JOIN answers ON answers.message = messages.id
            WHERE messages.tenant = ? AND messages.platform = ? AND messages.conversation = ?
              AND messages.\(column) = ? AND messages.forget = 0
            """
        ),
        arguments: [press.tenant, press.platform.rawValue, press.conversation, name]
      )
      guard let row, let message = Self.message(row), !message.question.isEmpty else { return nil }
      return Answered(message: message, bases: Self.list(row["bases"]) ?? [])
    }
  }

  /// What a press has asked. An earlier press is enough, unless the person was refused then or the
  /// reply never arrived; and one press, delivered twice, asks once.
  func asked(
    _ message: ReceivedMessage,
    againBy press: PressedButton
  ) throws -> ReceivedMessage {
    try storage.access { database in
      var again = message.askedAgain(by: press)
      guard let name = press.target else { return again }
      if let known = try Self.activity(askedBy: name, again, database) {
        again.activity = known
        return again
      }
      while try Self.cameToNothing(again, database) { again = again.askedAgain(by: press) }
      // Of two processes that take a press at once, the first one's word holds.
      try database.cachedStatement(
        sql: """
          INSERT INTO presses (tenant, platform, conversation, press, activity)
          VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
          """
      ).execute(
        arguments: [
          again.tenant, again.platform.rawValue, again.conversation, name, again.activity,
        ]
      )
      if let known = try Self.activity(askedBy: name, again, database) { again.activity = known }
      return again
    }
  }

  private static func activity(
    askedBy press: String,
    _ message: ReceivedMessage,
    _ database: Database
  ) throws -> String? {
    try String.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT activity FROM presses
          WHERE tenant = ? AND platform = ? AND conversation = ? AND press = ?
          """
      ),
      arguments: [message.tenant, message.platform.rawValue, message.conversation, press]
    )
  }

  private static func cameToNothing(_ message: ReceivedMessage, _ database: Database) throws -> Bool
  {
    try Bool.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT state = 'failed' OR (state = 'delivered' AND refusal IS NOT NULL) FROM messages
          WHERE tenant = ? AND platform = ? AND conversation = ? AND activity = ?
          """
      ),
      arguments: [
        message.tenant, message.platform.rawValue, message.conversation, message.activity,
      ]
    ) ?? false
  }

  /// Of a question that is asked again its first number: the model is told the turns from before,
  /// and not what was answered since.
  func horizon(of message: ReceivedMessage) throws -> Int64 {
    guard message.isAskedAgain else { return message.id }
    return try storage.access { database in
      try Int64.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT id FROM messages
            WHERE tenant = ? AND platform = ? AND conversation = ? AND activity = ?
            """
        ),
        arguments: [
          message.tenant, message.platform.rawValue, message.conversation, message.written,
        ]
      )
    } ?? message.id
  }
}
