import Synchronization

/// Tables that every message reads and few write to.
enum SettledTable: Hashable, Sendable {
  case keys
  case baseVersions
}

/// Counts the changes of such tables. SQLite tells of none in tables without row ids, so whoever
/// writes to one says so, within the access that writes: a reader that finds the new count waits
/// for the end of that access before it reads.
final class TableChanges: Sendable {
  private let counts = Mutex<[SettledTable: Int]>([:])

  subscript(table: SettledTable) -> Int {
    counts.withLock { $0[table] ?? 0 }
  }

  func add(to table: SettledTable) {
    counts.withLock { $0[table, default: 0] += 1 }
  }
}

/// What was read from a table, kept until it changes. Where other programs write to the storage
/// too, nothing is kept.
final class TableCopies<Value: Sendable>: Sendable {
  private struct Copy {
    var value: Value
    var changes: Int
  }

  private let table: SettledTable
  private let storage: Storage
  private let copies = Mutex<[String: Copy]>([:])

  init(of table: SettledTable, in storage: Storage) {
    self.table = table
    self.storage = storage
  }

  /// The value of this name as it is stored at this moment.
  func value(_ name: String, read: () throws -> Value) rethrows -> Value {
    guard let changes = storage.changes?[table] else { return try read() }
    if let copy = copies.withLock({ $0[name] }), copy.changes == changes { return copy.value }
    let value = try read()
    copies.withLock { $0[name] = Copy(value: value, changes: changes) }
    return value
  }
}
