import Foundation
import GRDB
import Secrets
import Synchronization
import Worlds

/// The ledger of a server: rows wait in memory for a moment, and are written in batches.
///
/// Whoever reads sees every row that was booked before: reading writes what waits. Synchronous
/// calls only, on the caller's thread.
package final class SQLiteLedger: LedgerStore {
  struct State: Sendable {
    var waiting: [LedgerRow] = []
    var lastSequence: Int
  }

  /// So many rows are written at once, by whoever books the last of them.
  private static let batch = 4_096

  let queue: DatabaseQueue
  /// The numbers that accounts have in the file. Used within the queue alone: outside of it the
  /// ledger may be cleared, and a number be another account's.
  let accountIDs = Mutex<[LedgerRow.Account: Int64]>([:])
  private let state: Mutex<State>

  /// Opens or makes the file.
  ///
  /// - Throws: GRDB's `DatabaseError` for a file that is no such ledger or cannot be written.
  package init(path: String) throws {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      // With many keys each row changes pages of its own: room for those that change again soon,
      // and a longer log, so that they are carried into the file less often.
      try database.execute(
        sql: """
          PRAGMA synchronous = NORMAL;
          PRAGMA cache_size = -16384;
          PRAGMA wal_autocheckpoint = 8000
          """
      )
    }
    // What the books say of calls is nobody else's business on a shared machine. SQLite gives its
    // other files the rights that this one has when it makes them.
    if !FileManager.default.fileExists(atPath: path) {
      // Where it cannot be made, opening it says why.
      _ = FileManager.default.createFile(
        atPath: path,
        contents: nil,
        attributes: [.posixPermissions: 0o600]
      )
    }
    queue = try DatabaseQueue(path: path, configuration: configuration)
    var migrator = DatabaseMigrator()
    migrator.registerMigration("ledger") { try $0.execute(sql: Self.schema) }
    try migrator.migrate(queue)
    let last = try queue.read { try Int.fetchOne($0, sql: "SELECT max(sequence) FROM calls") }
    state = Mutex(State(lastSequence: last ?? 0))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    try loadAccounts()
  }

  package func book(_ row: LedgerRow) {
    let waiting = state.withLock { state in
      state.lastSequence += 1
      state.waiting.append(row)
      state.waiting[state.waiting.count - 1].sequence = state.lastSequence
      return state.waiting.count
    }
    // A write that fails leaves the rows where they are; `flush` tells of it.
    if waiting >= Self.batch, waiting.isMultiple(of: Self.batch) { try? flush() }
  }

  /// Writes what waits.
  ///
  /// - Throws: GRDB's `DatabaseError`; the rows wait on.
  package func flush() throws {
    // The rows are taken within the queue: whoever comes after it finds them in the file.
    try queue.writeWithoutTransaction { database in
      let rows = state.withLock { state in
        defer { state.waiting = [] }
        return state.waiting
      }
      guard !rows.isEmpty else { return }
      do {
        try database.inTransaction {
          for row in rows { try insert(row, database) }
          return .commit
        }
      } catch {
        state.withLock { $0.waiting.insert(contentsOf: rows, at: 0) }
        // Accounts of a transaction that was rolled back are not in the file.
        try? reloadAccounts(database)
        throw error
      }
    }
  }

  package func clear() throws {
    try queue.write { database in
      state.withLock { $0.waiting = [] }
      try database.execute(sql: "DELETE FROM calls; DELETE FROM accounts")
      // Before anybody writes again, who would take an id that is gone.
      accountIDs.withLock { $0.removeAll() }
    }
  }

  private func loadAccounts() throws {
    try queue.read { try reloadAccounts($0) }
  }

  private func reloadAccounts(_ database: Database) throws {
    var found: [LedgerRow.Account: Int64] = [:]
    let cursor = try Row.fetchCursor(database, sql: "SELECT * FROM accounts")
    while let row = try cursor.next() { found[LedgerRow.Account(row)] = row["id"] }
    accountIDs.withLock { $0 = found }
  }

  private func insert(_ row: LedgerRow, _ database: Database) throws {
    try database.cachedStatement(
      sql: "INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      row.sequence, try accountID(row.account, database), row.order, row.requestID,
      row.arrivedAt.nanoseconds, row.authenticatedAt.nanoseconds, row.endedAt.nanoseconds,
      row.status, row.errorCode, row.outcome.rawValue, row.isStreamed, row.isGrace, row.isBilled,
      row.promptTokens, row.cachedTokens, row.completionTokens,
    ])
  }

  private func accountID(_ account: LedgerRow.Account, _ database: Database) throws -> Int64 {
    if let known = accountIDs.withLock({ $0[account] }) { return known }
    try database.cachedStatement(
      sql: """
        INSERT INTO accounts (organization, project, key, fingerprint, user, endpoint, model, \
        snapshot) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      account.organizationID, account.projectID, account.keyID, account.fingerprint.description,
      account.userID, account.endpoint, account.model, account.snapshot,
    ])
    let id = database.lastInsertedRowID
    accountIDs.withLock { $0[account] = id }
    return id
  }

  /// Times are nanoseconds since 1970. The second index holds all that usage is summed from, so
  /// that a sum reads nothing else.
  private static let schema = """
    CREATE TABLE accounts (
      id INTEGER PRIMARY KEY,
      organization TEXT NOT NULL,
      project TEXT NOT NULL,
      key TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      user TEXT NOT NULL,
      endpoint TEXT NOT NULL,
      model TEXT NOT NULL,
      snapshot TEXT NOT NULL
    );
    CREATE TABLE calls (
      sequence INTEGER PRIMARY KEY,
      account INTEGER NOT NULL REFERENCES accounts (id),
      authentication_order INTEGER NOT NULL,
      request TEXT NOT NULL,
      arrived_at INTEGER NOT NULL,
      authenticated_at INTEGER NOT NULL,
      ended_at INTEGER NOT NULL,
      status INTEGER NOT NULL,
      error TEXT,
      outcome TEXT NOT NULL,
      is_streamed INTEGER NOT NULL,
      is_grace INTEGER NOT NULL,
      is_billed INTEGER NOT NULL,
      prompt_tokens INTEGER NOT NULL,
      cached_tokens INTEGER NOT NULL,
      completion_tokens INTEGER NOT NULL
    );
    CREATE INDEX calls_account ON calls (account, sequence);
    CREATE INDEX calls_usage
      ON calls (account, ended_at, prompt_tokens, cached_tokens, completion_tokens)
      WHERE is_billed;
    """
}
