import GRDB
import Worlds

/// Who did what, when. Rows are added and never changed: the database itself refuses anything else.
/// Details name keys by their last four characters, and documents by their names.
struct AuditLog: Sendable {
  /// The stored names of what is noted.
  enum Action: String, Sendable, CaseIterable {
    case keyInstalled = "key-installed"
    case keyRefused = "key-refused"
    case keyChecked = "key-checked"
    case keyRemoved = "key-removed"
    case documentAdded = "document-added"
    case documentReplaced = "document-replaced"
    case documentRemoved = "document-removed"
    case baseReindexed = "base-reindexed"
    case subscriptionStarted = "subscription-started"
    case subscriptionCancelled = "subscription-cancelled"
    case accountSet = "account-set"
    case accountRemoved = "account-removed"
    case signedIn = "signed-in"
    case signInRefused = "sign-in-refused"
    case signedOut = "signed-out"

    var words: String {
      switch self {
      case .keyInstalled: "Installed a key"
      case .keyRefused: "Submitted a key that was refused"
      case .keyChecked: "Checked the key"
      case .keyRemoved: "Removed the key"
      case .documentAdded: "Added a document"
      case .documentReplaced: "Replaced a document"
      case .documentRemoved: "Removed a document"
      case .baseReindexed: "Had a knowledge base indexed anew"
      case .subscriptionStarted: "Began the subscription"
      case .subscriptionCancelled: "Cancelled the subscription"
      case .accountSet: "Set an account"
      case .accountRemoved: "Removed an account"
      case .signedIn: "Signed in"
      case .signInRefused: "Was refused at sign-in"
      case .signedOut: "Signed out"
      }
    }
  }

  struct Entry: Hashable, Sendable {
    var at: Timestamp
    var actor: String
    /// As stored: an action that this version does not know is shown by its name.
    var action: String
    var detail: String
  }

  /// Whoever comes with the organization's administrator token.
  static let apiActor = "admin API"

  let storage: Storage
  let clock: any WorldClock

  func note(_ action: Action, _ detail: String, of tenant: String, by actor: String) throws {
    try storage.access { database in
      try database.cachedStatement(
        sql: "INSERT INTO audit (tenant, at, actor, action, detail) VALUES (?, ?, ?, ?, ?)"
      ).execute(
        arguments: [
          tenant, clock.now.nanoseconds, actor, action.rawValue, String(detail.prefix(500)),
        ]
      )
    }
  }

  /// Newest first.
  func entries(of tenant: String, atMost limit: Int = 200) throws -> [Entry] {
    try storage.access { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT at, actor, action, detail FROM audit WHERE tenant = ? ORDER BY id DESC LIMIT ?
          """,
        arguments: [tenant, limit]
      ).map {
        Entry(at: Timestamp(nanoseconds: $0[0]), actor: $0[1], action: $0[2], detail: $0[3])
      }
    }
  }
}
