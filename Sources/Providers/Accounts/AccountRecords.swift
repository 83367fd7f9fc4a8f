import Secrets
import Worlds

/// What the provider keeps of everybody.
extension ProviderAccounts {
  struct Organization: Sendable {
    let id: String
    let name: String
    let createdAt: Timestamp
    /// The user to whom keys belong that nobody else owns.
    let ownerID: String
    var projects: [String] = []
    var users: [String] = []
    var adminKeys: [Int] = []
  }

  struct User: Sendable {
    let id: String
    let organizationID: String
    let name: String
    let email: String
    /// `owner` or `reader`.
    var role: String
    let addedAt: Timestamp
    var lastUsedAt: Timestamp?
  }

  struct Project: Sendable {
    let id: String
    let organizationID: String
    var name: String
    let createdAt: Timestamp
    var archivedAt: Timestamp?
    var keysIssued = 0
    var keys: [Int] = []
    var serviceAccounts: [String] = []
  }

  struct ServiceAccount: Sendable {
    let id: String
    let projectID: String
    var name: String
    var role: String
    let createdAt: Timestamp
    /// Deleted ones keep their place, so that whoever reads the list in pages does not lose his.
    var isDeleted = false
  }

  /// Who a project key belongs to.
  enum Owner: Sendable, Hashable {
    case user(String)
    case serviceAccount(String)
  }

  struct ProjectReference: Sendable, Hashable {
    let id: String
    let organizationID: String
  }

  /// A project key as a call needs it.
  struct Key: Sendable, Equatable {
    let id: String
    let project: ProjectReference
    let fingerprint: Fingerprint
    /// Empty for a key of a service account.
    let userID: String
    var restriction = KeyRestriction()
  }

  /// All about a project key, but its value.
  struct KeyRecord: Sendable {
    var key: Key
    let name: String
    let owner: Owner
    var life: KeyLife
  }

  /// A key that administers an organisation, and can do nothing else.
  struct AdminKey: Sendable {
    let id: String
    let name: String
    let organizationID: String
    let ownerID: String
    let fingerprint: Fingerprint
    var life: KeyLife
  }
}

/// When a key was made, used, and when it ends.
struct KeyLife: Sendable {
  let redactedValue: String
  let createdAt: Timestamp
  var expiresAt: Timestamp?
  var lastUsedAt: Timestamp?
  /// Deleted keys stay known: the books name them, and they are refused like unknown ones.
  var isDeleted = false
  var end: KeyEnd?

  /// Settles one call: whether the key is taken, and whether that is only because its end has not
  /// reached the replica that the call met.
  mutating func authenticate(at now: Timestamp) -> (isAccepted: Bool, isGrace: Bool) {
    if let expiresAt, now >= expiresAt { return (false, false) }
    guard end != nil else {
      lastUsedAt = now
      return (true, false)
    }
    guard end?.stillAccepts(at: now) == true else { return (false, false) }
    lastUsedAt = now
    return (true, true)
  }

  /// Whether the owner sees it as usable.
  func isLive(at now: Timestamp) -> Bool {
    end == nil && expiresAt.map { now < $0 } ?? true
  }

  /// What an owner may see of a value again. Nothing of one so short that it would be given away.
  static func redacted(_ secret: Secret) -> String {
    secret.reveal { $0.utf8.count >= 24 ? "\($0.prefix(8))...\($0.suffix(4))" : "sk-...****" }
  }
}
