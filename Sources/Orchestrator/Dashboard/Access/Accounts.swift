import GRDB
import Secrets
import Worlds

/// Who may sign in to the dashboard, by organization.
struct Accounts: Sendable {
  enum Role: String, Codable, Sendable, CaseIterable {
    /// Keys, knowledge, people, usage, notifications, audit log.
    case admin
    /// Status, configuration and log of the deployment; never a key.
    case engineer
  }

  struct Account: Hashable, Sendable, Encodable {
    var name: String
    var role: Role
  }

  enum Refusal: Error {
    case badName
    case weakPassword
  }

  static let passwordBytes = 12...200

  let storage: Storage
  let clock: any WorldClock
  let passwordCost: Int

  /// Creates an account, or gives it another password and role; its sessions end.
  ///
  /// - Throws: `Refusal`, and what the storage throws.
  func set(_ account: Account, password: Secret, of tenant: String) throws {
    guard Self.mayBeName(account.name) else { throw Refusal.badName }
    guard password.reveal({ Self.passwordBytes.contains($0.utf8.count) }) else {
      throw Refusal.weakPassword
    }
    let hash = try PasswordHash(of: password, cost: passwordCost)
    try storage.transaction { database in
      try Self.delete(account.name, tenant, database)
      try database.execute(
        sql: """
          INSERT INTO accounts (tenant, name, role, password, created_at) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [
          tenant, account.name, account.role.rawValue, hash.description, clock.now.nanoseconds,
        ]
      )
    }
  }

  /// False when there was no such account. Its sessions end with it.
  func remove(_ name: String, of tenant: String) throws -> Bool {
    try storage.transaction { database in
      try Self.delete(name, tenant, database)
      return database.changesCount > 0
    }
  }

  /// By name.
  func all(of tenant: String) throws -> [Account] {
    try storage.access { database in
      try Row.fetchAll(
        database,
        sql: "SELECT name, role FROM accounts WHERE tenant = ? ORDER BY name",
        arguments: [tenant]
      ).compactMap { row in
        Role(rawValue: row[1]).map { Account(name: row[0], role: $0) }
      }
    }
  }

  /// Nil when there is no such account or the password is another's; both take as long.
  func account(_ name: String, password: Secret, of tenant: String) throws -> Account? {
    let stored = try storage.access { database in
      try Row.fetchOne(
        database,
        sql: "SELECT role, password FROM accounts WHERE tenant = ? AND name = ?",
        arguments: [tenant, name]
      ).map { row in (role: row[0] as String, hash: row[1] as String) }
    }
    guard let stored, let role = Role(rawValue: stored.role),
      let hash = PasswordHash(stored.hash)
    else {
      _ = try PasswordHash(of: password, cost: passwordCost)
      return nil
    }
    return hash.matches(password) ? Account(name: name, role: role) : nil
  }

  static func mayBeName(_ name: String) -> Bool {
    (1...100).contains(name.utf8.count)
      && name.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7f }
  }

  /// Sessions go with their account, by the schema.
  private static func delete(_ name: String, _ tenant: String, _ database: Database) throws {
    try database.execute(
      sql: "DELETE FROM accounts WHERE tenant = ? AND name = ?",
      arguments: [tenant, name]
    )
  }
}
