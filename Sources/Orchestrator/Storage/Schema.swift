import GRDB

/// The schema, as migrations in the order in which they were made; a released one never changes.
enum Schema {
  static func migrate(_ queue: DatabaseQueue) throws {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("messages") { try $0.execute(sql: messages) }
    migrator.registerMigration("keys") { try $0.execute(sql: keys) }
    migrator.registerMigration("knowledge") { try $0.execute(sql: knowledge) }
    migrator.registerMigration("destinations") { try $0.execute(sql: destinations) }
    migrator.registerMigration("forgetting") { try $0.execute(sql: forgetting) }
    migrator.registerMigration("administration") { try $0.execute(sql: administration) }
    try migrator.migrate(queue)
  }

  /// Times are nanoseconds since 1970; lists are joined by line feeds.
  private static let messages = """
    CREATE TABLE messages (
      id INTEGER PRIMARY KEY,
      tenant TEXT NOT NULL,
      platform TEXT NOT NULL,
      conversation TEXT NOT NULL,
      activity TEXT NOT NULL,
      person TEXT NOT NULL,
      is_group INTEGER NOT NULL,
      address TEXT NOT NULL,
      thread TEXT,
      bot TEXT,
      recipient TEXT,
      question TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      state TEXT NOT NULL DEFAULT 'received',
      refusal TEXT,
      parts_sent INTEGER NOT NULL DEFAULT 0,
      failure TEXT
    );
    CREATE UNIQUE INDEX messages_once ON messages (tenant, platform, conversation, activity);
    CREATE INDEX messages_open ON messages (id) WHERE state <> 'delivered' AND state <> 'failed';
    -- Apart from their messages, whose state changes again: long texts are written once.
    CREATE TABLE answers (
      message INTEGER PRIMARY KEY,
      tenant TEXT NOT NULL,
      platform TEXT NOT NULL,
      conversation TEXT NOT NULL,
      question TEXT NOT NULL,
      answer TEXT NOT NULL,
      bases TEXT NOT NULL,
      audience TEXT
    );
    CREATE INDEX answers_recall ON answers (conversation, message);
    """

  private static let keys = """
    CREATE TABLE keys (
      tenant TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      sealed BLOB,
      last_four TEXT,
      fingerprint TEXT,
      installed_at INTEGER,
      rejected_at INTEGER
    ) WITHOUT ROWID;
    """

  /// A message that is forgotten while it is being answered is erased when that is over.
  private static let forgetting = """
    ALTER TABLE messages ADD COLUMN forget INTEGER NOT NULL DEFAULT 0;
    -- A row for each erasure whose texts may still stand in the files.
    CREATE TABLE erasures (id INTEGER PRIMARY KEY);
    CREATE TRIGGER forget_what_is_answered AFTER UPDATE OF state ON messages
    WHEN NEW.forget = 1 AND NEW.state = 'answered' BEGIN
      UPDATE answers SET audience = NULL WHERE message = NEW.id;
    END;
    CREATE TRIGGER forget_what_is_over AFTER UPDATE OF state ON messages
    WHEN NEW.forget = 1 AND NEW.state IN ('delivered', 'failed') BEGIN
      DELETE FROM answers WHERE message = NEW.id;
      UPDATE messages SET question = '', forget = 0 WHERE id = NEW.id;
      INSERT INTO erasures (id) VALUES (NULL);
    END;
    """

  private static let destinations = """
    ALTER TABLE keys ADD COLUMN destination TEXT NOT NULL DEFAULT 'openai';
    """

  private static let knowledge = """
    CREATE TABLE documents (
      id INTEGER PRIMARY KEY,
      tenant TEXT NOT NULL,
      base TEXT NOT NULL,
      name TEXT NOT NULL,
      title TEXT NOT NULL,
      text TEXT NOT NULL,
      added_at INTEGER NOT NULL,
      embedding TEXT
    );
    CREATE UNIQUE INDEX documents_once ON documents (tenant, base, name);
    CREATE INDEX documents_pending ON documents (tenant) WHERE embedding IS NULL;
    CREATE TABLE chunks (
      id INTEGER PRIMARY KEY,
      document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
      heading TEXT NOT NULL,
      text TEXT NOT NULL,
      vector BLOB NOT NULL
    );
    CREATE INDEX chunks_of_document ON chunks (document);
    CREATE TABLE base_versions (
      tenant TEXT NOT NULL,
      base TEXT NOT NULL,
      version INTEGER NOT NULL,
      PRIMARY KEY (tenant, base)
    ) WITHOUT ROWID;
    """
}
