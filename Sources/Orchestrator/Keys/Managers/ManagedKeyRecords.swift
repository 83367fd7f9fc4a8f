import GRDB
import Secrets
import Worlds

/// What this program itself knows of keys that a secret manager keeps: no secret in it.
struct ManagedKeyRecords: Sendable {
  struct Record: Sendable {
    var summary: KeySummary
    /// What the manager calls the version that was seen last.
    var reference: String
  }

  /// A key that is being written into the manager: noted before, and struck out with the answer, so
  /// that a process that ends in between leaves nothing there that nobody knows of.
  struct Write: Sendable, Hashable {
    var tenant: String
    var mark: String
    var lastFour: String
    var fingerprint: Fingerprint
    var destination: ModelDestination
    var begunAt: Timestamp
  }

  /// A version that is to be destroyed with all before it, and was not yet. Empty where none was
  /// known to be there.
  struct Leftover: Sendable, Hashable {
    var tenant: String
    var reference: String
  }

  let storage: Storage

  func record(of tenant: String) throws -> Record? {
    try storage.access { database in
      try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT version, last_four, fingerprint, installed_at, rejected_at, destination,
              reference
            FROM managed_keys
            WHERE tenant = ? AND reference IS NOT NULL
            """
        ),
        arguments: [tenant]
      ).map { row in
        guard let destination = ModelDestination(storedText: row[5]) else {
          throw CustodyFailure.malformed
        }
        return Record(
          summary: KeySummary(
            version: row[0],
            lastFour: row[1],
            fingerprint: Fingerprint(row[2]),
            destination: destination,
            installedAt: Timestamp(nanoseconds: row[3]),
            rejectedAt: (row[4] as Int64?).map(Timestamp.init(nanoseconds:))
          ),
          reference: row[6]
        )
      }
    }
  }

  /// Notes a key that was written, and what was there before as something to destroy. Whoever finds
  /// the version, be it who wrote it, a later life or another process, notes it once.
  ///
  /// - Returns: the key as it is in force now.
  func install(_ reference: String, by write: Write) throws -> KeySummary {
    let tenant = write.tenant
    return try storage.transaction { database in
      try Self.drop(write, in: database)
      let last = try Row.fetchOne(
        database,
        sql: "SELECT version, reference, fingerprint FROM managed_keys WHERE tenant = ?",
        arguments: [tenant]
      )
      let replaced = last?["reference"] as String?
      let isNoted =
        replaced == reference && last?["fingerprint"] == write.fingerprint.description
      if !isNoted { try Self.leave(replaced ?? "", of: tenant, in: database) }
      let summary = KeySummary(
        version: (last?["version"] ?? Int64(0)) + (isNoted ? 0 : 1),
        lastFour: write.lastFour,
        fingerprint: write.fingerprint,
        destination: write.destination,
        installedAt: write.begunAt
      )
      guard !isNoted else { return summary }
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO managed_keys
            (tenant, version, reference, last_four, fingerprint, installed_at, rejected_at,
             destination)
          VALUES (?, ?, ?, ?, ?, ?, NULL, ?)
          """,
        arguments: [
          tenant, summary.version, reference, write.lastFour, write.fingerprint.description,
          write.begunAt.nanoseconds, write.destination.storedText,
        ]
      )
      return summary
    }
  }

  /// One for each customer: a later one takes its place, and its version destroys that of this one.
  func begin(_ write: Write) throws {
    try storage.access { database in
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO managed_key_writes
            (tenant, mark, last_four, fingerprint, destination, begun_at)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          write.tenant, write.mark, write.lastFour, write.fingerprint.description,
          write.destination.storedText, write.begunAt.nanoseconds,
        ]
      )
    }
  }

  /// Those whose answer was not heard, or not yet.
  func writes() throws -> [Write] {
    try storage.access { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT tenant, mark, last_four, fingerprint, destination, begun_at
            FROM managed_key_writes ORDER BY tenant
            """
        )
      ).map { row in
        guard let destination = ModelDestination(storedText: row[4]) else {
          throw CustodyFailure.malformed
        }
        return Write(
          tenant: row[0],
          mark: row[1],
          lastFour: row[2],
          fingerprint: Fingerprint(row[3]),
          destination: destination,
          begunAt: Timestamp(nanoseconds: row[5])
        )
      }
    }
  }

  func drop(_ write: Write) throws {
    try storage.access { try Self.drop(write, in: $0) }
  }

  private static func drop(_ write: Write, in database: Database) throws {
    try database.execute(
      sql: "DELETE FROM managed_key_writes WHERE tenant = ? AND mark = ?",
      arguments: [write.tenant, write.mark]
    )
  }

  /// Takes over what somebody else has written into the manager, unless the settings have changed
  /// since `known`.
  ///
  /// - Returns: the number of the version that it has now; nil when they have.
  func adopt(
    _ reference: String,
    lastFour: String,
    fingerprint: Fingerprint,
    of tenant: String,
    insteadOf known: Record,
    at now: Timestamp
  ) throws -> Int64? {
    try storage.transaction { database in
      try database.execute(
        sql: """
          UPDATE managed_keys SET version = version + 1, reference = ?, last_four = ?,
            fingerprint = ?, installed_at = ?, rejected_at = NULL
          WHERE tenant = ? AND version = ? AND reference = ?
          """,
        arguments: [
          reference, lastFour, fingerprint.description, now.nanoseconds, tenant,
          known.summary.version, known.reference,
        ]
      )
      return database.changesCount > 0 ? known.summary.version + 1 : nil
    }
  }

  /// The row stays for its version's sake. False when there was no key; one that may be on its way
  /// into the manager is to be destroyed all the same.
  func remove(_ tenant: String) throws -> Bool {
    try storage.transaction { database in
      try database.execute(
        sql: "DELETE FROM managed_key_writes WHERE tenant = ?",
        arguments: [tenant]
      )
      let mayBeOnItsWay = database.changesCount > 0
      let reference = try String.fetchOne(
        database,
        sql: "SELECT reference FROM managed_keys WHERE tenant = ?",
        arguments: [tenant]
      )
      if mayBeOnItsWay || reference != nil {
        try Self.leave(reference ?? "", of: tenant, in: database)
      }
      guard reference != nil else { return false }
      try database.execute(
        sql: """
          UPDATE managed_keys SET reference = NULL, last_four = NULL, fingerprint = NULL,
            installed_at = NULL, rejected_at = NULL, destination = 'openai'
          WHERE tenant = ?
          """,
        arguments: [tenant]
      )
      return true
    }
  }

  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    try storage.access { database in
      try database.cachedStatement(
        sql: "UPDATE managed_keys SET rejected_at = ? WHERE tenant = ? AND version = ?"
      ).execute(arguments: [rejectedAt?.nanoseconds, tenant, version])
    }
  }

  /// In the order in which they were left.
  func leftovers() throws -> [Leftover] {
    try storage.access { database in
      try Row.fetchAll(
        database,
        sql: "SELECT tenant, reference FROM managed_key_leftovers ORDER BY id"
      ).map { Leftover(tenant: $0[0], reference: $0[1]) }
    }
  }

  func settled(_ leftover: Leftover) throws {
    try storage.access { database in
      try database.execute(
        sql: "DELETE FROM managed_key_leftovers WHERE tenant = ? AND reference = ?",
        arguments: [leftover.tenant, leftover.reference]
      )
    }
  }

  private static func leave(
    _ reference: String,
    of tenant: String,
    in database: Database
  ) throws {
    try database.execute(
      sql: "INSERT INTO managed_key_leftovers (tenant, reference) VALUES (?, ?)",
      arguments: [tenant, reference]
    )
  }
}
