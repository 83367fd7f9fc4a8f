import GRDB
import Worlds

/// Who is signed in. Sessions are in the store, so that a restart signs nobody out and removing an
/// account signs it out at once.
struct Sessions: Sendable {
  struct Session: Sendable {
    var token: AccessToken
    var tenant: String
    var account: Accounts.Account
  }

  let storage: Storage
  let clock: any WorldClock
  let lifetime: Duration

  func begin(for account: Accounts.Account, of tenant: String) throws -> Session {
    let session = Session(token: AccessToken(), tenant: tenant, account: account)
    let now = clock.now
    try storage.transaction { database in
      try database.execute(
        sql: "DELETE FROM sessions WHERE expires_at <= ?",
        arguments: [now.nanoseconds]
      )
      try database.execute(
        sql: """
          INSERT INTO sessions (token_hash, tenant, account, expires_at) VALUES (?, ?, ?, ?)
          """,
        arguments: [
          session.token.storedHash, tenant, account.name, (now + lifetime).nanoseconds,
        ]
      )
    }
    return session
  }

  /// Nil when there is no such session (any more). The role is the account's of this moment.
  func session(_ token: AccessToken) throws -> Session? {
    try storage.access { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT sessions.tenant, accounts.name, accounts.role FROM sessions
          JOIN accounts ON accounts.tenant = sessions.tenant AND accounts.name = sessions.account
          WHERE token_hash = ? AND expires_at > ?
          """,
        arguments: [token.storedHash, clock.now.nanoseconds]
      ).flatMap { row in
        Accounts.Role(rawValue: row[2]).map { role in
          Session(token: token, tenant: row[0], account: .init(name: row[1], role: role))
        }
      }
    }
  }

  func end(_ session: Session) throws {
    try storage.access { database in
      try database.execute(
        sql: "DELETE FROM sessions WHERE token_hash = ?",
        arguments: [session.token.storedHash]
      )
    }
  }
}
