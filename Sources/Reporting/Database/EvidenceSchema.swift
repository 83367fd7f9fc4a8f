/// The tables of an evidence database, as `Reports/README.md` documents them. Times are nanoseconds
/// since 1970 of the story's time.
enum EvidenceSchema {
  static let text = """
    PRAGMA application_id = \(EvidenceDatabase.application);
    PRAGMA user_version = \(EvidenceDatabase.version);

    CREATE TABLE run (
      subject TEXT NOT NULL, seed TEXT NOT NULL, challenge TEXT, tool_version TEXT NOT NULL,
      evidence_root TEXT NOT NULL, status TEXT NOT NULL, exit_code INTEGER NOT NULL
    );
    CREATE TABLE promise (
      guarantee TEXT PRIMARY KEY, verdict TEXT NOT NULL, waived INTEGER NOT NULL,
      sentence TEXT NOT NULL
    );
    CREATE TABLE scenario (
      id INTEGER PRIMARY KEY, file TEXT NOT NULL, family TEXT NOT NULL, title TEXT NOT NULL,
      ending TEXT NOT NULL, world TEXT, vendor TEXT, started_at INTEGER, evidence TEXT,
      evidence_root TEXT
    );
    CREATE TABLE finding (
      scenario INTEGER NOT NULL REFERENCES scenario, guarantee TEXT NOT NULL,
      shown INTEGER NOT NULL, verdict TEXT NOT NULL, waived INTEGER NOT NULL,
      sentence TEXT NOT NULL, PRIMARY KEY (scenario, guarantee)
    ) WITHOUT ROWID;
    CREATE TABLE event (
      scenario INTEGER NOT NULL REFERENCES scenario, id INTEGER NOT NULL, at INTEGER NOT NULL,
      kind TEXT NOT NULL, payload TEXT, PRIMARY KEY (scenario, id)
    ) WITHOUT ROWID;
    CREATE TABLE witness (
      scenario INTEGER NOT NULL, guarantee TEXT NOT NULL, role TEXT NOT NULL,
      event INTEGER NOT NULL,
      FOREIGN KEY (scenario, guarantee) REFERENCES finding (scenario, guarantee),
      FOREIGN KEY (scenario, event) REFERENCES event (scenario, id) DEFERRABLE INITIALLY DEFERRED
    );
    CREATE INDEX event_by_kind ON event (kind, scenario, id);

    CREATE VIEW call AS SELECT scenario, id AS event, at,
      payload ->> 'order' AS number, payload ->> 'host' AS host,
      payload ->> 'endpoint' AS endpoint, payload ->> 'model' AS model,
      payload ->> 'key' AS key, payload ->> 'status' AS status,
      payload ->> 'outcome' AS outcome, payload ->> 'promptTokens' AS prompt_tokens,
      payload ->> 'completionTokens' AS completion_tokens
      FROM event WHERE kind = 'providerCall';
    CREATE VIEW message AS SELECT scenario, id AS event, at,
      payload ->> 'message' AS message, payload ->> 'person' AS person,
      payload ->> 'tenant' AS tenant, payload ->> 'conversation' AS conversation
      FROM event WHERE kind = 'messageSent';
    CREATE VIEW reply AS SELECT scenario, id AS event, at,
      payload ->> 'message' AS message, payload ->> 'tenant' AS tenant,
      payload ->> 'conversation' AS conversation, payload ->> 'nature' AS nature,
      payload ->> 'words' AS words
      FROM event WHERE kind = 'reply';
    CREATE VIEW exchange AS SELECT scenario, id AS event, at,
      payload ->> 'host' AS host, payload ->> 'method' AS method, payload ->> 'path' AS path,
      payload ->> 'key' AS key, payload ->> 'status' AS status
      FROM event WHERE kind = 'exchange';
    CREATE VIEW key AS SELECT scenario, id AS event, at,
      payload ->> 'key' AS key, payload ->> 'name' AS name,
      payload ->> 'providerHost' AS host
      FROM event WHERE kind = 'keyCreated';
    """
}
