package import Secrets
import Worlds

/// A key as its owner gets it, once.
package struct IssuedKey: Sendable, Equatable {
  package let id: String
  package let secret: Secret
  package let projectID: String
}

/// Somebody asked for what the provider does not have, or cannot do.
package enum ProviderAccountError: Error, Equatable {
  case unknownOrganization(String)
  case unknownProject(String)
  case unknownKey(String)
  case unknownServiceAccount(String)
  case unknownUser(String)
  case archivedProject(String)
  /// Another key has the value already.
  case valueTaken
  /// There are as many of these as the provider keeps.
  case full
}

/// Organisations, projects and keys. Everything keeps the order in which it was made.
struct ProviderAccounts: Sendable {
  /// Of each kind of thing, deleted ones included: a client in a loop must not fill the memory.
  let most: Int

  /// Where a key's value leads.
  enum KeyPlace: Sendable {
    case project(Int)
    case admin(Int)
  }

  private(set) var organizationIDs: [String] = []
  private(set) var organizations: [String: Organization] = [:]
  var users: [String: User] = [:]
  var projects: [String: Project] = [:]
  var serviceAccounts: [String: ServiceAccount] = [:]
  var keys: [KeyRecord] = []
  var adminKeys: [AdminKey] = []
  var keyIndices: [String: Int] = [:]
  var adminKeyIndices: [String: Int] = [:]
  var places: [Secret: KeyPlace] = [:]
  var revocation: RevocationPropagation
  let randomness: Randomness
  let fingerprinter: Fingerprinter

  init(
    randomness: Randomness,
    revocation: RevocationPropagation = .immediate,
    most: Int = 100_000
  ) {
    self.randomness = randomness
    self.revocation = revocation
    self.most = most
    fingerprinter = Fingerprinter(salt: "provider/\(randomness.seed)")
  }

  mutating func createOrganization(
    named name: String,
    at now: Timestamp
  ) throws(ProviderAccountError) -> String {
    // Users come with organisations alone, so their number is bounded with theirs.
    guard organizations.count < most else { throw .full }
    var generator = randomness.generator("organization/\(organizations.count)/\(name)")
    let id = "org-" + generator.alphanumerics(24)
    let owner = "user-" + generator.alphanumerics(24)
    organizations[id] = Organization(id: id, name: name, createdAt: now, ownerID: owner)
    organizationIDs.append(id)
    addUser(
      User(
        id: owner,
        organizationID: id,
        name: "Owner",
        email: "owner@example.com",
        role: "owner",
        addedAt: now
      )
    )
    return id
  }

  mutating func createProject(
    named name: String,
    in organizationID: String,
    at now: Timestamp
  ) throws(ProviderAccountError) -> String {
    guard let organization = organizations[organizationID] else {
      throw .unknownOrganization(organizationID)
    }
    guard projects.count < most else { throw .full }
    let count = organization.projects.count
    var generator = randomness.generator("project/\(organizationID)/\(count)/\(name)")
    let id = "proj_" + generator.alphanumerics(24)
    projects[id] = Project(
      id: id,
      organizationID: organizationID,
      name: name,
      createdAt: now
    )
    organizations[organizationID]?.projects.append(id)
    return id
  }

  mutating func archiveProject(_ id: String, at now: Timestamp) throws(ProviderAccountError) {
    guard let project = projects[id] else { throw .unknownProject(id) }
    guard project.archivedAt == nil else { throw .archivedProject(id) }
    projects[id]?.archivedAt = now
  }

  func hasOrganization(_ id: String) -> Bool {
    organizations[id] != nil
  }

  mutating func addUser(_ user: User) {
    users[user.id] = user
    organizations[user.organizationID]?.users.append(user.id)
  }

  /// Takes a user out, and ends the keys that were theirs.
  mutating func removeUser(_ id: String, at now: Timestamp) throws(ProviderAccountError) {
    guard let user = users.removeValue(forKey: id) else { throw .unknownUser(id) }
    organizations[user.organizationID]?.users.removeAll { $0 == id }
    for index in keys.indices where keys[index].owner == .user(id) { end(index, at: now) }
    for index in adminKeys.indices where adminKeys[index].ownerID == id {
      endAdminKey(index, at: now)
    }
  }

  mutating func addAdminKey(_ index: Int, to organizationID: String) {
    organizations[organizationID]?.adminKeys.append(index)
  }
}
