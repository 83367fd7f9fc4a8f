import GRDB

/// The schema, as migrations in the order in which they were made; a released one never changes.
enum Schema {
  /// The present schema with nothing in it, in memory: made once in a process, since making it
  /// takes longer than most messages.
  private static let blank = Result {
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: pageSize) }
    let queue = try DatabaseQueue(configuration: configuration)
    try migrate(queue)
    return queue
  }

  /// Every database is made with it: one can only be copied into another of the same.
  static let pageSize = "PRAGMA page_size = 2048"

  /// Brings a database that nobody else has open to the present schema: an empty one at once.
  static func bringUpToDate(_ queue: DatabaseQueue) throws {
    let isEmpty = try queue.writeWithoutTransaction { database in
      try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
    }
    if isEmpty { try blank.get().backup(to: queue) } else { try migrate(queue) }
  }

  static func migrate(_ queue: DatabaseQueue) throws {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("messages") { try $0.execute(sql: messages) }
    migrator.registerMigration("keys") { try $0.execute(sql: keys) }
    migrator.registerMigration("knowledge") { try $0.execute(sql: knowledge) }
    migrator.registerMigration("destinations") { try $0.execute(sql: destinations) }
    migrator.registerMigration("managed keys") { try $0.execute(sql: managedKeys) }
    migrator.registerMigration("forgetting") { try $0.execute(sql: forgetting) }
    migrator.registerMigration("editions") { try $0.execute(sql: editions) }
    migrator.registerMigration("money") { try $0.execute(sql: money) }
    migrator.registerMigration("replicas") { try $0.execute(sql: replicas) }
    migrator.registerMigration("envelopes") { try $0.execute(sql: envelopes) }
    migrator.registerMigration("administration") { try $0.execute(sql: administration) }
    migrator.registerMigration("cards") { try $0.execute(sql: cards) }
    migrator.registerMigration("rejection") { try $0.execute(sql: rejection) }
    migrator.registerMigration("replies") { try $0.execute(sql: replies) }
    migrator.registerMigration("managed key writes") { try $0.execute(sql: managedKeyWrites) }
    migrator.registerMigration("presses") { try $0.execute(sql: presses) }
    migrator.registerMigration("rates") { try $0.execute(sql: rates) }
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
    CREATE TRIGGER forget_what_is_answered AFTER INSERT ON answers
    WHEN (SELECT forget FROM messages WHERE id = NEW.message) = 1 BEGIN
      UPDATE answers SET audience = NULL WHERE message = NEW.message;
    END;
    CREATE TRIGGER forget_what_is_over AFTER UPDATE OF state ON messages
    WHEN NEW.forget = 1 AND NEW.state IN ('delivered', 'failed') BEGIN
      DELETE FROM answers WHERE message = NEW.id;
      UPDATE messages SET question = '', forget = 0 WHERE id = NEW.id;
      INSERT INTO erasures (id) VALUES (NULL);
    END;
    """

  private static let editions = """
    -- Rises with every text that is put under the name.
    ALTER TABLE documents ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
    -- A text that takes the place of `text` as soon as its vectors are there.
    ALTER TABLE documents ADD COLUMN next_text TEXT;
    -- Whose model made the vectors: a destination without its key.
    ALTER TABLE documents ADD COLUMN embedded_by TEXT;
    """

  /// No number is given twice: it stands for one life of one process.
  private static let replicas = """
    CREATE TABLE replicas (id INTEGER PRIMARY KEY AUTOINCREMENT, seen_at INTEGER NOT NULL);
    ALTER TABLE messages ADD COLUMN replica INTEGER;
    """

  /// What is left of a customer's allowance of questions: in nanoseconds of waiting, and when.
  private static let rates = """
    CREATE TABLE rates (
      tenant TEXT PRIMARY KEY,
      saved INTEGER NOT NULL,
      at INTEGER NOT NULL
    ) WITHOUT ROWID;
    """

  private static let destinations = """
    ALTER TABLE keys ADD COLUMN destination TEXT NOT NULL DEFAULT 'openai';
    """

  /// What a key is sealed with, wrapped by the master key; null for seals of the master key's own.
  private static let envelopes = """
    ALTER TABLE keys ADD COLUMN wrapped_key TEXT;
    """

  /// A reference is what the secret manager calls a version; without one there is no key.
  private static let managedKeys = """
    CREATE TABLE managed_keys (
      tenant TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      reference TEXT,
      last_four TEXT,
      fingerprint TEXT,
      installed_at INTEGER,
      rejected_at INTEGER,
      destination TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE managed_key_leftovers (
      id INTEGER PRIMARY KEY,
      tenant TEXT NOT NULL,
      reference TEXT NOT NULL
    );
    """

  /// What is on its way into the secret manager, until it is known to be there.
  private static let managedKeyWrites = """
    CREATE TABLE managed_key_writes (
      tenant TEXT PRIMARY KEY,
      mark TEXT NOT NULL,
      last_four TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      destination TEXT NOT NULL,
      begun_at INTEGER NOT NULL
    ) WITHOUT ROWID;
    """

  /// Days are counted since 1970; tokens and calls are sums of a day.
  private static let money = """
    CREATE TABLE subscriptions (
      tenant TEXT PRIMARY KEY,
      started_at INTEGER NOT NULL,
      cancelled_at INTEGER
    ) WITHOUT ROWID;
    CREATE TABLE seats (
      tenant TEXT NOT NULL,
      platform TEXT NOT NULL,
      person TEXT NOT NULL,
      taken_at INTEGER NOT NULL,
      PRIMARY KEY (tenant, platform, person)
    ) WITHOUT ROWID;
    CREATE TABLE usage (
      tenant TEXT NOT NULL,
      day INTEGER NOT NULL,
      payer TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      last_four TEXT NOT NULL,
      endpoint TEXT NOT NULL,
      model TEXT NOT NULL,
      calls INTEGER NOT NULL,
      cut_off_calls INTEGER NOT NULL,
      prompt_tokens INTEGER NOT NULL,
      completion_tokens INTEGER NOT NULL,
      PRIMARY KEY (tenant, day, payer, fingerprint, endpoint, model)
    ) WITHOUT ROWID;
    CREATE TABLE invoices (
      tenant TEXT NOT NULL,
      period TEXT NOT NULL,
      issued_at INTEGER NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (tenant, period)
    ) WITHOUT ROWID;
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
