import GRDB

extension MessageStore {
  /// Erases questions and answers of a message's conversation from before it. What is still being
  /// answered is recalled no more, and erased when its answer is delivered. That a message was
  /// there stays known, by the platform's id and the person's: repetitions are told by the one,
  /// and seats are counted by the other.
  ///
  /// Deleted rows may stand in free space and in the write-ahead log until the eraser has run.
  func forget(conversationBefore message: ReceivedMessage) throws {
    let conversation: StatementArguments = [
      message.tenant, message.platform.rawValue, message.conversation, message.id,
    ]
    try storage.transaction { database in
      for sql in Self.forgetting { try database.execute(sql: sql, arguments: conversation) }
      try database.execute(sql: "INSERT INTO erasures (id) VALUES (NULL)")
    }
  }

  private static let forgetting = [
    """
    UPDATE messages SET forget = 1
    WHERE tenant = ? AND platform = ? AND conversation = ? AND id < ?
      AND state NOT IN ('delivered', 'failed')
    """,
    """
    UPDATE answers SET audience = NULL
    WHERE tenant = ? AND platform = ? AND conversation = ? AND message < ?
    """,
    """
    DELETE FROM answers
    WHERE tenant = ? AND platform = ? AND conversation = ? AND message < ?
      AND message NOT IN (SELECT id FROM messages WHERE forget = 1)
    """,
    """
    UPDATE messages SET question = ''
    WHERE tenant = ? AND platform = ? AND conversation = ? AND id < ? AND forget = 0
    """,
  ]
}
