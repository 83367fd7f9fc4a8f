import GRDB
import Worlds

/// Which messages wait for the next key, and since when: what a crash cannot undo.
struct WaitingMessages: Sendable {
  struct Place: Sendable {
    /// When the message is refused after all.
    var until: Timestamp
    /// Whether the person knows that it waits.
    var isTold: Bool
  }

  private let storage: Storage
  private let clock: any WorldClock
  /// Of the customers whose messages wait.
  private let bounds: [String: OrchestratorConfiguration.RejectedKey]

  init(_ environment: OrchestratorEnvironment) {
    storage = environment.storage
    clock = environment.surroundings.clock
    bounds = Dictionary(
      uniqueKeysWithValues: environment.configuration.tenants
        .filter { $0.rejectedKey.messages == .wait }.map { ($0.id, $0.rejectedKey) }
    )
  }

  /// A place for a message, or the one that it has. Nil where its customer's messages do not wait,
  /// all places are taken, or its time is over.
  func place(for message: ReceivedMessage) throws -> Place? {
    guard let bounds = bounds[message.tenant] else { return nil }
    let now = clock.now
    let place = try storage.transaction { database in
      try Self.known(message, in: database)
        ?? Self.take(message, now, atMost: bounds.waitingMessages, in: database)
    }
    guard let place else { return nil }
    let until = place.since + .seconds(bounds.waitSeconds)
    return until > now ? Place(until: until, isTold: place.isTold) : nil
  }

  func recordTold(_ message: ReceivedMessage) throws {
    try storage.access { database in
      try database.execute(
        sql: "UPDATE waiting_messages SET told = 1 WHERE message = ?",
        arguments: [message.id]
      )
    }
  }

  /// What a person is told whose message waits; the longest time is said, for want of the end.
  func words(for tenant: String) -> String {
    let seconds = bounds[tenant]?.waitSeconds ?? 0
    let time = seconds < 120 ? "\(seconds) seconds" : "\(seconds / 60) minutes"
    return """
      Your question waits: the key of your organization was rejected by its provider. I will \
      answer as soon as your administrator has installed a new key in the assistant's settings, \
      and tell you if that takes longer than \(time).
      """
  }

  private static func known(
    _ message: ReceivedMessage,
    in database: Database
  ) throws -> (since: Timestamp, isTold: Bool)? {
    try Row.fetchOne(
      database,
      sql: "SELECT since, told FROM waiting_messages WHERE message = ?",
      arguments: [message.id]
    ).map { (Timestamp(nanoseconds: $0[0]), $0[1]) }
  }

  private static func take(
    _ message: ReceivedMessage,
    _ now: Timestamp,
    atMost limit: Int,
    in database: Database
  ) throws -> (since: Timestamp, isTold: Bool)? {
    let taken = try Int.fetchOne(
      database,
      sql: "SELECT count(*) FROM waiting_messages WHERE tenant = ?",
      arguments: [message.tenant]
    )
    guard let taken, taken < limit else { return nil }
    try database.execute(
      sql: "INSERT INTO waiting_messages (message, tenant, since) VALUES (?, ?, ?)",
      arguments: [message.id, message.tenant, now.nanoseconds]
    )
    return (now, false)
  }
}
