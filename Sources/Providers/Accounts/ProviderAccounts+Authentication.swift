import Secrets
import Worlds

/// A key that a call presented, and whether it was taken.
enum Credential: Sendable {
  case project(ProviderAccounts.Key, isAccepted: Bool, isGrace: Bool)
  case admin(ProviderAccounts.AdminKey, isAccepted: Bool, isGrace: Bool)

  var keyID: String {
    switch self {
    case .project(let key, _, _): key.id
    case .admin(let key, _, _): key.id
    }
  }

  var fingerprint: Fingerprint {
    switch self {
    case .project(let key, _, _): key.fingerprint
    case .admin(let key, _, _): key.fingerprint
    }
  }

  /// Taken although the key had ended before: its end had not reached everybody yet.
  var isGrace: Bool {
    switch self {
    case .project(_, _, let isGrace), .admin(_, _, let isGrace): isGrace
    }
  }

  var isAccepted: Bool {
    switch self {
    case .project(_, let isAccepted, _), .admin(_, let isAccepted, _): isAccepted
    }
  }
}

extension ProviderAccounts {
  /// Settles one call's key, and notes its use.
  ///
  /// - Returns: nil for a value that was never issued here.
  mutating func authenticate(_ secret: Secret, at now: Timestamp) -> Credential? {
    switch places[secret] {
    case .project(let index):
      let (isAccepted, isGrace) = keys[index].life.authenticate(at: now)
      if isAccepted, case .user(let id) = keys[index].owner { users[id]?.lastUsedAt = now }
      return .project(keys[index].key, isAccepted: isAccepted, isGrace: isGrace)
    case .admin(let index):
      let (isAccepted, isGrace) = adminKeys[index].life.authenticate(at: now)
      return .admin(adminKeys[index], isAccepted: isAccepted, isGrace: isGrace)
    case nil: return nil
    }
  }

  func isArchived(_ project: ProjectReference) -> Bool {
    projects[project.id]?.archivedAt != nil
  }
}
