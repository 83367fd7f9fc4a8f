import Secrets
import Worlds

/// Project keys: made, found, restricted, ended.
extension ProviderAccounts {
  /// What a new key is asked to be.
  struct KeyWish: Sendable {
    var name: String
    /// Nil for one that the provider makes up.
    var value: Secret?
    var expiresAt: Timestamp?
    var restriction = KeyRestriction()
  }

  mutating func createKey(
    _ wish: KeyWish,
    in projectID: String,
    owner: Owner? = nil,
    at now: Timestamp
  ) throws(ProviderAccountError) -> IssuedKey {
    guard let project = projects[projectID] else { throw .unknownProject(projectID) }
    guard project.archivedAt == nil else { throw .archivedProject(projectID) }
    guard keys.count < most else { throw .full }
    var generator = randomness.generator("key/\(projectID)/\(project.keysIssued)/\(wish.name)")
    let id = "key_" + generator.alphanumerics(16)
    let owner =
      owner ?? .user(organizations[project.organizationID]?.ownerID ?? project.organizationID)
    // In the real layout, but without the marker that secret scanners react to.
    let prefix = owner.isServiceAccount ? "sk-svcacct-mock-" : "sk-proj-mock-"
    let secret = wish.value ?? Secret(prefix + generator.alphanumerics(107))
    guard places[secret] == nil else { throw .valueTaken }
    keys.append(
      KeyRecord(
        key: Key(
          id: id,
          project: ProjectReference(id: projectID, organizationID: project.organizationID),
          fingerprint: fingerprinter.fingerprint(of: secret),
          userID: owner.userID,
          restriction: wish.restriction
        ),
        name: wish.name,
        owner: owner,
        life: KeyLife(
          redactedValue: KeyLife.redacted(secret),
          createdAt: now,
          expiresAt: wish.expiresAt
        )
      )
    )
    let index = keys.count - 1
    keyIndices[id] = index
    places[secret] = .project(index)
    projects[projectID]?.keys.append(index)
    projects[projectID]?.keysIssued += 1
    return IssuedKey(id: id, secret: secret, projectID: projectID)
  }

  /// Ends a key for good; a second time changes nothing.
  mutating func deleteKey(_ id: String, at now: Timestamp) throws(ProviderAccountError) {
    end(try index(ofKey: id), at: now)
  }

  mutating func end(_ index: Int, at now: Timestamp) {
    guard !keys[index].life.isDeleted else { return }
    keys[index].life.isDeleted = true
    disable(index, at: now)
  }

  /// As a provider does with a key that leaked: it stays in the list, and is refused.
  mutating func disableKey(_ id: String, at now: Timestamp) throws(ProviderAccountError) {
    disable(try index(ofKey: id), at: now)
  }

  private mutating func disable(_ index: Int, at now: Timestamp) {
    guard keys[index].life.end == nil else { return }
    keys[index].life.end = KeyEnd(
      at: now,
      propagation: revocation,
      generator: randomness.generator("end/\(keys[index].key.id)")
    )
  }

  /// Takes a disabled key back into use.
  ///
  /// - Throws: `unknownKey` for a deleted one too: nothing brings that back.
  mutating func enableKey(_ id: String) throws(ProviderAccountError) {
    let index = try index(ofKey: id)
    guard !keys[index].life.isDeleted else { throw .unknownKey(id) }
    keys[index].life.end = nil
  }

  mutating func expireKey(_ id: String, at moment: Timestamp?) throws(ProviderAccountError) {
    keys[try index(ofKey: id)].life.expiresAt = moment
  }

  mutating func restrictKey(
    _ id: String,
    to restriction: KeyRestriction
  ) throws(ProviderAccountError) {
    keys[try index(ofKey: id)].key.restriction = restriction
  }

  func index(ofKey id: String) throws(ProviderAccountError) -> Int {
    guard let index = keyIndices[id] else { throw .unknownKey(id) }
    return index
  }

  /// The id of the key with this value, deleted or not.
  func keyID(for secret: Secret) -> String? {
    switch places[secret] {
    case .project(let index): keys[index].key.id
    case .admin(let index): adminKeys[index].id
    case nil: nil
    }
  }
}

extension ProviderAccounts.Owner {
  var isServiceAccount: Bool {
    if case .serviceAccount = self { true } else { false }
  }

  var userID: String {
    if case .user(let id) = self { id } else { "" }
  }
}
