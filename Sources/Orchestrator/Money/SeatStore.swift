import GRDB
import Synchronization
package import Worlds

/// Who has a seat: a person takes one with the first message that the assistant takes up, and keeps
/// it.
package final class SeatStore: Sendable {
  private let storage: Storage
  /// Those whose seat is known to be taken, so that a message costs no access for it.
  private let known = Mutex<Set<String>>([])

  package init(storage: Storage) {
    self.storage = storage
  }

  func take(_ person: String, on platform: String, of tenant: String, at now: Timestamp) throws {
    let name = "\(tenant)\n\(platform)\n\(person)"
    guard known.withLock({ !$0.contains(name) }) else { return }
    try storage.access { database in
      try database.cachedStatement(
        sql: """
          INSERT INTO seats (tenant, platform, person, taken_at) VALUES (?, ?, ?, ?)
          ON CONFLICT DO NOTHING
          """
      ).execute(arguments: [tenant, platform, person, now.nanoseconds])
    }
    known.withLock { _ = $0.insert(name) }
  }

  /// When each seat was taken, in order.
  package func seats(of tenant: String) throws -> [Timestamp] {
    try storage.access { database in
      try Int64.fetchAll(
        database,
        sql: "SELECT taken_at FROM seats WHERE tenant = ? ORDER BY taken_at, platform, person",
        arguments: [tenant]
      ).map(Timestamp.init(nanoseconds:))
    }
  }
}
