import GRDB
import Worlds

/// Bounds guessing: so many refusals and an account is closed for a while, whoever knocks; and so
/// many a minute to all accounts together, since each costs a slow hash.
struct SignInGuard: Sendable {
  let storage: Storage
  let clock: any WorldClock
  let settings: OrchestratorConfiguration.Dashboard

  func mayTry(_ account: String, of tenant: String) throws -> Bool {
    let now = clock.now
    let recent = (now + .seconds(-60 * settings.closedMinutes)).nanoseconds
    let minute = (now + .seconds(-60)).nanoseconds
    return try storage.access { database in
      let here =
        try Int.fetchOne(
          database,
          sql: """
            SELECT count(*) FROM refused_sign_ins WHERE tenant = ? AND account = ? AND at > ?
            """,
          arguments: [tenant, account, recent]
        ) ?? 0
      let everywhere =
        try Int.fetchOne(
          database,
          sql: "SELECT count(*) FROM refused_sign_ins WHERE at > ?",
          arguments: [minute]
        ) ?? 0
      return here < settings.refusedSignIns && everywhere < settings.refusedSignInsPerMinute
    }
  }

  /// What no longer counts is deleted, so that strangers cannot fill the file.
  func refused(_ account: String, of tenant: String) throws {
    let now = clock.now
    let forgotten = now + .seconds(-60 * max(settings.closedMinutes, 1))
    try storage.transaction { database in
      try database.execute(
        sql: "DELETE FROM refused_sign_ins WHERE at <= ?",
        arguments: [forgotten.nanoseconds]
      )
      try database.execute(
        sql: "INSERT INTO refused_sign_ins (tenant, account, at) VALUES (?, ?, ?)",
        arguments: [tenant, account, now.nanoseconds]
      )
    }
  }

  /// Who knows the password is not kept out by others' guesses afterwards.
  func granted(_ account: String, of tenant: String) throws {
    try storage.access { database in
      try database.execute(
        sql: "DELETE FROM refused_sign_ins WHERE tenant = ? AND account = ?",
        arguments: [tenant, account]
      )
    }
  }
}
