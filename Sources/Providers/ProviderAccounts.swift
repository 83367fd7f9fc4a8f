package import Secrets
import Worlds

/// A key as its owner gets it, once.
package struct IssuedKey: Sendable, Equatable {
  package let id: String
  package let secret: Secret
  package let projectID: String
}

/// A harness asked for something that the provider does not have.
package enum ProviderAccountError: Error, Equatable {
  case unknownOrganization(String)
  case unknownProject(String)
  case unknownKey(String)
}

/// Organisations, projects and keys.
struct ProviderAccounts: Sendable {
  struct Project: Sendable {
    var id: String
    var organizationID: String
    var keysIssued = 0
  }

  struct Key: Sendable {
    var id: String
    var project: Project
    var isDeleted = false
  }

  private var organizations: [String: Int] = [:]
  private var projects: [String: Project] = [:]
  private var keys: [String: Key] = [:]
  private var keyIDs: [Secret: String] = [:]
  private let randomness: Randomness

  init(randomness: Randomness) {
    self.randomness = randomness
  }

  mutating func createOrganization(named name: String) -> String {
    var generator = randomness.generator("organization/\(organizations.count)/\(name)")
    let id = "org-" + generator.alphanumerics(24)
    organizations[id] = 0
    return id
  }

  mutating func createProject(
    named name: String,
    in organizationID: String
  ) throws(ProviderAccountError) -> String {
    guard let count = organizations[organizationID] else {
      throw .unknownOrganization(organizationID)
    }
    organizations[organizationID] = count + 1
    var generator = randomness.generator("project/\(organizationID)/\(count)/\(name)")
    let id = "proj_" + generator.alphanumerics(24)
    projects[id] = Project(id: id, organizationID: organizationID)
    return id
  }

  mutating func createKey(
    named name: String,
    in projectID: String
  ) throws(ProviderAccountError) -> IssuedKey {
    guard var project = projects[projectID] else { throw .unknownProject(projectID) }
    var generator = randomness.generator("key/\(projectID)/\(project.keysIssued)/\(name)")
    project.keysIssued += 1
    projects[projectID] = project
    let id = "key_" + generator.alphanumerics(16)
    // In the real layout, but without the marker that secret scanners react to.
    let secret = Secret("sk-proj-mock-" + generator.alphanumerics(107))
    keys[id] = Key(id: id, project: project)
    keyIDs[secret] = id
    return IssuedKey(id: id, secret: secret, projectID: projectID)
  }

  mutating func deleteKey(_ id: String) throws(ProviderAccountError) {
    guard keys[id] != nil else { throw .unknownKey(id) }
    keys[id]?.isDeleted = true
  }

  /// The key with this value, deleted or not.
  func key(_ secret: Secret) -> Key? {
    keyIDs[secret].flatMap { keys[$0] }
  }

  func keyID(for secret: Secret) -> String? {
    keyIDs[secret]
  }

  func hasOrganization(_ id: String) -> Bool {
    organizations[id] != nil
  }
}
