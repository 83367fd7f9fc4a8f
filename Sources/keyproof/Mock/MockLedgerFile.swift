import Foundation
import Providers
import Worlds

/// The file that a mock's ledger is kept in: one that its user named, or one that goes with it.
struct MockLedgerFile: Sendable {
  let ledger: SQLiteLedger
  private let path: String
  private let isTemporary: Bool

  /// - Throws: `LedgerFailure` for a file that is none or cannot be written.
  init(_ given: String?) throws {
    path =
      given
      ?? FileManager.default.temporaryDirectory
      .appendingPathComponent("keyproof-mock-\(UUID().uuidString).sqlite").path
    isTemporary = given == nil
    do {
      ledger = try SQLiteLedger(path: path)
    } catch {
      throw LedgerFailure(path: path, reason: "\(error)")
    }
  }

  /// Writes what waits, four times a second, until it is cancelled.
  ///
  /// - Throws: `LedgerFailure` when the disk refuses: a mock without books must not go on.
  func keepWriting(clock: any WorldClock) async throws {
    while true {
      try await clock.sleep(for: .milliseconds(250))
      try flush()
    }
  }

  private func flush() throws {
    do {
      try ledger.flush()
    } catch {
      throw LedgerFailure(path: path, reason: "\(error)")
    }
  }

  /// Writes the rest, or takes a temporary file away.
  func close() throws {
    guard isTemporary else { return try flush() }
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }
}

struct LedgerFailure: Error, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String { "the ledger \(path) cannot be used: \(reason)" }
}
