/// What the dashboard and the admin API keep: accounts, sessions, and records of what was done.
extension Schema {
  /// What stands under answers, and what people said by it.
  static let cards = """
    ALTER TABLE messages ADD COLUMN target TEXT;
    ALTER TABLE answers ADD COLUMN documents TEXT NOT NULL DEFAULT '';
    CREATE TABLE feedback (
      message INTEGER NOT NULL,
      person TEXT NOT NULL,
      tenant TEXT NOT NULL,
      is_helpful INTEGER NOT NULL,
      at INTEGER NOT NULL,
      -- Of the answer: it may be forgotten later.
      bases TEXT NOT NULL,
      PRIMARY KEY (message, person)
    ) WITHOUT ROWID;
    CREATE INDEX feedback_of_tenant ON feedback (tenant, at);
    """

  /// The platform's names for replies, where it has told them: its own buttons come by these.
  static let replies = """
    ALTER TABLE messages ADD COLUMN reply TEXT;
    CREATE INDEX messages_by_reply ON messages (conversation, reply) WHERE reply IS NOT NULL;
    """

  /// Which message a press to ask again belongs to, by the platform's name for the press: what is
  /// delivered twice asks once, also where two presses had asked for one message.
  static let presses = """
    CREATE TABLE presses (
      tenant TEXT NOT NULL,
      platform TEXT NOT NULL,
      conversation TEXT NOT NULL,
      press TEXT NOT NULL,
      activity TEXT NOT NULL,
      PRIMARY KEY (tenant, platform, conversation, press)
    ) WITHOUT ROWID;
    """

  static let administration = """
    CREATE TABLE accounts (
      tenant TEXT NOT NULL,
      name TEXT NOT NULL,
      role TEXT NOT NULL,
      -- Salted scrypt; the password is nowhere.
      password TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      PRIMARY KEY (tenant, name)
    ) WITHOUT ROWID;
    -- A session is known by the hash of its token: who reads the file cannot sign in with it.
    CREATE TABLE sessions (
      id INTEGER PRIMARY KEY,
      token_hash TEXT NOT NULL UNIQUE,
      tenant TEXT NOT NULL,
      account TEXT NOT NULL,
      expires_at INTEGER NOT NULL,
      FOREIGN KEY (tenant, account) REFERENCES accounts (tenant, name) ON DELETE CASCADE
    );
    CREATE INDEX sessions_of_account ON sessions (tenant, account);
    CREATE TABLE refused_sign_ins (
      id INTEGER PRIMARY KEY,
      tenant TEXT NOT NULL,
      account TEXT NOT NULL,
      at INTEGER NOT NULL
    );
    CREATE INDEX refused_sign_ins_of_account ON refused_sign_ins (tenant, account, at);
    CREATE INDEX refused_sign_ins_at ON refused_sign_ins (at);
    CREATE TABLE key_versions (
      tenant TEXT NOT NULL,
      version INTEGER NOT NULL,
      provider TEXT NOT NULL,
      last_four TEXT NOT NULL,
      installed_at INTEGER NOT NULL,
      installed_by TEXT NOT NULL,
      ended_at INTEGER,
      ended_by TEXT,
      PRIMARY KEY (tenant, version)
    ) WITHOUT ROWID;
    CREATE TABLE audit (
      id INTEGER PRIMARY KEY,
      tenant TEXT NOT NULL,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      detail TEXT NOT NULL
    );
    CREATE INDEX audit_of_tenant ON audit (tenant, id);
    CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
    CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
    CREATE TABLE notifications (
      id INTEGER PRIMARY KEY,
      tenant TEXT NOT NULL,
      kind TEXT NOT NULL,
      -- Of the key that it speaks of: one notification a version and kind.
      version INTEGER NOT NULL,
      at INTEGER NOT NULL,
      resolved_at INTEGER,
      UNIQUE (tenant, kind, version)
    );
    """
}
