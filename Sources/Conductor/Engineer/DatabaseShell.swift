import Foundation
import GRDB

/// What a database shell prints of a vendor's storage: every row of every table. It works on a
/// copy, so that the vendor notices nothing.
struct DatabaseShell {
  /// Where the copies are made; emptied afterwards.
  let scratch: URL

  struct Print: Equatable {
    /// The file's name.
    var database: String
    var text: Data
  }

  /// - Returns: a print of each database in the folder, by name; one that could not be read is left
  ///   out.
  func prints(of directory: URL) -> [Print] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: directory.path)) ?? []
    return names.sorted().compactMap { name in
      let file = directory.appendingPathComponent(name)
      guard Self.isDatabase(file), let text = try? text(of: file) else { return nil }
      return Print(database: name, text: text)
    }
  }

  private static func isDatabase(_ file: URL) -> Bool {
    guard let handle = try? FileHandle(forReadingFrom: file) else { return false }
    defer { try? handle.close() }
    return (try? handle.read(upToCount: 15)) == Data("SQLite format 3".utf8)
  }

  /// What was written last stands in the write-ahead log, which comes along.
  private func text(of file: URL) throws -> Data {
    let copy = scratch.appendingPathComponent("copy.sqlite")
    let parts = ["", "-wal"]
    defer {
      for part in parts + ["-shm"] {
        try? FileManager.default.removeItem(atPath: copy.path + part)
      }
    }
    for part in parts where FileManager.default.fileExists(atPath: file.path + part) {
      try FileManager.default.copyItem(atPath: file.path + part, toPath: copy.path + part)
    }
    let queue = try DatabaseQueue(path: copy.path)
    let text = try queue.read { database in
      var text = Data()
      let tables = try String.fetchAll(
        database,
        sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
      )
      for table in tables {
        text.append(contentsOf: "\(table)\n".utf8)
        let quoted = table.replacing("\"", with: "\"\"")
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM \"\(quoted)\"")
        while let row = try rows.next() { Self.append(row, to: &text) }
      }
      return text
    }
    try queue.close()
    return text
  }

  private static func append(_ row: Row, to text: inout Data) {
    for (column, value) in row {
      text.append(contentsOf: "\(column)=".utf8)
      switch value.storage {
      case .null: break
      case .int64(let number): text.append(contentsOf: "\(number)".utf8)
      case .double(let number): text.append(contentsOf: "\(number)".utf8)
      case .string(let string): text.append(contentsOf: string.utf8)
      case .blob(let bytes): text.append(bytes)
      }
      text.append(UInt8(ascii: "\n"))
    }
  }
}
