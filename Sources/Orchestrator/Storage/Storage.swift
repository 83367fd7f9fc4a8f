package import Foundation
package import GRDB
package import Worlds

/// The one SQLite file of the program. Access is synchronous on the calling thread, always: GRDB's
/// asynchronous methods change threads.
package struct Storage: Sendable {
  private let queue: DatabaseQueue
  private let touch: @Sendable (Surroundings.Side) throws -> Void
  /// Nil where other programs write to the file as well.
  let changes: TableChanges?
  let deferred = DeferredWrites()

  /// Opens `orchestrator.sqlite` in `directory`, and brings its schema up to date.
  ///
  /// - Parameters:
  ///   - isShared: whether other programs may use the file at the same time. Where not, they are
  ///     kept out: this one need not look whether they have changed anything.
  ///   - touch: called before and after each access; what it throws ends the access.
  /// - Throws: `StorageInUse`, and what SQLite and the file system throw.
  package init(
    directory: URL,
    isShared: Bool = false,
    touch: @escaping @Sendable (Surroundings.Side) throws -> Void = { _ in }
  ) throws {
    self.touch = touch
    changes = isShared ? nil : TableChanges()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    var configuration = Configuration()
    configuration.journalMode = .wal
    // Another replica may be writing: its transactions are short, and worth waiting for.
    configuration.busyMode = .timeout(isShared ? 5 : 1)
    configuration.prepareDatabase { database in
      // What is deleted shall not linger in free pages. A message changes a few rows in as many
      // pages: small ones make its log short, and they are carried into the database a few times
      // less often than SQLite would.
      try database.execute(
        sql: """
          \(Schema.pageSize);
          PRAGMA synchronous = NORMAL;
          PRAGMA wal_autocheckpoint = 8000;
          PRAGMA secure_delete = ON;
          PRAGMA temp_store = MEMORY;
          PRAGMA locking_mode = \(isShared ? "NORMAL" : "EXCLUSIVE")
          """
      )
    }
    let path = directory.appendingPathComponent("orchestrator.sqlite").path
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try isShared ? Schema.migrate(queue) : Schema.bringUpToDate(queue)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      throw StorageInUse(path: path)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  /// One statement, or reads that belong together; each write is a transaction of its own.
  package func access<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try touch(.before)
    let result = try queue.writeWithoutTransaction(body)
    try touch(.after)
    return result
  }

  /// One write, with those that wait for one.
  package func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    deferred.isEmpty ? try access(body) : try transaction(body)
  }

  /// Makes what waits for a write.
  package func settle() throws {
    if !deferred.isEmpty { try transaction { _ in } }
  }

  struct FilesInUse: Error {}

  func hasErasures() throws -> Bool {
    try access { database in
      try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM erasures)") ?? false
    }
  }

  /// Writes the whole file anew, without what was deleted, and empties the write-ahead log.
  ///
  /// - Throws: while another program has the file in use; the erasures stay noted.
  func rewrite() throws {
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "DELETE FROM erasures")
      do {
        try database.execute(sql: "VACUUM")
        let checkpoint = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        guard checkpoint?[0] == 0 else { throw FilesInUse() }
      } catch {
        try database.execute(sql: "INSERT INTO erasures (id) VALUES (NULL)")
        throw error
      }
    }
  }

  /// Several writes that happen together or not at all.
  package func transaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try touch(.before)
    let result = try queue.writeWithoutTransaction { database in
      // As GRDB's own transactions, without compiling their two statements for each message anew.
      try database.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
      var made: [DeferredWrites.Write] = []
      do {
        made = try deferred.make(database)
        let result = try body(database)
        try database.cachedStatement(sql: "COMMIT").execute()
        return result
      } catch {
        deferred.putBack(made)
        try? database.cachedStatement(sql: "ROLLBACK").execute()
        throw error
      }
    }
    try touch(.after)
    return result
  }

  /// Reads the one row that a query may have, where SQLite holds it: rows that are kept are copied
  /// value by value. Nil when there is none.
  package func row<Result>(
    _ sql: String,
    _ arguments: StatementArguments,
    _ read: (Row) throws -> Result
  ) throws -> Result? {
    try access { database in
      let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
      // The row is the cursor's, and gone with it.
      return try withExtendedLifetime(rows) { try rows.next().map(read) }
    }
  }
}

/// Another process has the storage, and this one is not set up to share it.
package struct StorageInUse: Error, CustomStringConvertible {
  let path: String

  package var description: String {
    "another process uses \(path); several on one storage want the setting `replicas`"
  }
}
