import Foundation
import GRDB
import Testing

@testable import Orchestrator

@Suite struct StorageTests {
  @Test func `A storage that is made at once has the schema of one that was migrated`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("storage-tests-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let copied = try schema(in: folder.appendingPathComponent("copied"), isShared: false)
    let migrated = try schema(in: folder.appendingPathComponent("migrated"), isShared: true)
    #expect(copied.count > 40)
    #expect(copied == migrated)
  }

  /// As it is found by whoever opens it for the second time.
  private func schema(in directory: URL, isShared: Bool) throws -> [String] {
    _ = try Storage(directory: directory, isShared: isShared)
    return try Storage(directory: directory, isShared: isShared).access { database in
      var lines = try Row.fetchAll(
        database,
        sql: "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
      ).map(\.description)
      lines += try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations")
      for name in ["page_size", "journal_mode", "foreign_keys", "secure_delete"] {
        lines.append(try String.fetchOne(database, sql: "PRAGMA \(name)") ?? "none")
      }
      return lines
    }
  }
}
