import GRDB
package import Worlds

/// Since when a customer subscribes, and until when.
package struct Subscription: Hashable, Sendable {
  package var startedAt: Timestamp
  /// Nil while it goes on.
  package var cancelledAt: Timestamp?
}

/// The customers' subscriptions: begun by the first start with a customer in the configuration, or
/// by an administrator where it says so; ended by an administrator.
package struct SubscriptionStore: Sendable {
  private let storage: Storage

  package init(storage: Storage) {
    self.storage = storage
  }

  /// Changes nothing for a customer that was there before.
  func begin(_ tenants: [String], at now: Timestamp) throws {
    try storage.transaction { database in
      for tenant in tenants {
        try database.execute(
          sql: """
            INSERT INTO subscriptions (tenant, started_at) VALUES (?, ?) ON CONFLICT DO NOTHING
            """,
          arguments: [tenant, now.nanoseconds]
        )
      }
    }
  }

  package func subscription(of tenant: String) throws -> Subscription? {
    try storage.access { database in
      try Row.fetchOne(
        database.cachedStatement(
          sql: "SELECT started_at, cancelled_at FROM subscriptions WHERE tenant = ?"
        ),
        arguments: [tenant]
      ).map { row in
        Subscription(
          startedAt: Timestamp(nanoseconds: row[0]),
          cancelledAt: (row[1] as Int64?).map(Timestamp.init(nanoseconds:))
        )
      }
    }
  }

  func isCancelled(_ tenant: String) throws -> Bool {
    try subscription(of: tenant)?.cancelledAt != nil
  }

  /// False when there is none that goes on.
  func cancel(_ tenant: String, at now: Timestamp) throws -> Bool {
    try storage.access { database in
      try database.execute(
        sql: """
          UPDATE subscriptions SET cancelled_at = ? WHERE tenant = ? AND cancelled_at IS NULL
          """,
        arguments: [now.nanoseconds, tenant]
      )
      return database.changesCount > 0
    }
  }
}
