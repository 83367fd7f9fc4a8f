package import Foundation
package import GRDB

/// The one SQLite file of the program. Access is synchronous on the calling thread, always: GRDB's
/// asynchronous methods change threads.
package struct Storage: Sendable {
  private let queue: DatabaseQueue

  /// Opens `orchestrator.sqlite` in `directory`, and brings its schema up to date.
  package init(directory: URL) throws {
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.prepareDatabase { database in
      // What is deleted shall not linger in free pages; and pages that change with every message
      // are carried into the database a few times less often than SQLite would.
      try database.execute(
        sql: """
          PRAGMA synchronous = NORMAL;
          PRAGMA wal_autocheckpoint = 4000;
          PRAGMA secure_delete = ON;
          PRAGMA temp_store = MEMORY
          """
      )
    }
    let path = directory.appendingPathComponent("orchestrator.sqlite").path
    queue = try DatabaseQueue(path: path, configuration: configuration)
    try Schema.migrate(queue)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  /// One statement, or reads that belong together; each write is a transaction of its own.
  package func access<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try queue.writeWithoutTransaction(body)
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
    try queue.writeWithoutTransaction { database in
      // As GRDB's own transactions, without compiling their two statements for each message anew.
      try database.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
      do {
        let result = try body(database)
        try database.cachedStatement(sql: "COMMIT").execute()
        return result
      } catch {
        try? database.cachedStatement(sql: "ROLLBACK").execute()
        throw error
      }
    }
  }
}
