extension Schema {
  static let rejection = """
    -- The last try of a rejected key: whoever writes it may make the next, of all processes.
    CREATE TABLE key_probes (
      tenant TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      at INTEGER NOT NULL
    ) WITHOUT ROWID;
    -- Messages that wait for the next key; `told` once the person knows.
    CREATE TABLE waiting_messages (
      message INTEGER PRIMARY KEY,
      tenant TEXT NOT NULL,
      since INTEGER NOT NULL,
      told INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX waiting_messages_of_tenant ON waiting_messages (tenant);
    CREATE TRIGGER waiting_is_over AFTER UPDATE OF state ON messages BEGIN
      DELETE FROM waiting_messages WHERE message = NEW.id;
    END;
    -- What the person whom a customer named is told, and whether a platform took it.
    CREATE TABLE announcements (
      id INTEGER PRIMARY KEY,
      tenant TEXT NOT NULL,
      news TEXT NOT NULL,
      at INTEGER NOT NULL,
      replica INTEGER,
      state TEXT NOT NULL DEFAULT 'pending',
      failure TEXT
    );
    CREATE INDEX announcements_pending ON announcements (id) WHERE state = 'pending';
    CREATE INDEX announcements_of_tenant ON announcements (tenant, id);
    """
}
