import Secrets
import Worlds

/// Admin keys and service accounts.
extension ProviderAccounts {
  mutating func createAdminKey(
    _ wish: KeyWish,
    in organizationID: String,
    at now: Timestamp
  ) throws(ProviderAccountError) -> (index: Int, secret: Secret) {
    guard let organization = organizations[organizationID] else {
      throw .unknownOrganization(organizationID)
    }
    guard adminKeys.count < most else { throw .full }
    let count = organization.adminKeys.count
    var generator = randomness.generator("admin/\(organizationID)/\(count)/\(wish.name)")
    let id = "key_" + generator.alphanumerics(16)
    let secret = wish.value ?? Secret("sk-admin-mock-" + generator.alphanumerics(107))
    guard places[secret] == nil else { throw .valueTaken }
    adminKeys.append(
      AdminKey(
        id: id,
        name: wish.name,
        organizationID: organizationID,
        ownerID: organization.ownerID,
        fingerprint: fingerprinter.fingerprint(of: secret),
        life: KeyLife(
          redactedValue: KeyLife.redacted(secret),
          createdAt: now,
          expiresAt: wish.expiresAt
        )
      )
    )
    let index = adminKeys.count - 1
    adminKeyIndices[id] = index
    places[secret] = .admin(index)
    addAdminKey(index, to: organizationID)
    return (index, secret)
  }

  mutating func endAdminKey(_ index: Int, at now: Timestamp) {
    guard !adminKeys[index].life.isDeleted else { return }
    adminKeys[index].life.isDeleted = true
    adminKeys[index].life.end = KeyEnd(
      at: now,
      propagation: revocation,
      generator: randomness.generator("end/\(adminKeys[index].id)")
    )
  }

  mutating func createServiceAccount(
    named name: String,
    in projectID: String,
    hasRole: Bool,
    at now: Timestamp
  ) throws(ProviderAccountError) -> ServiceAccount {
    guard let project = projects[projectID] else { throw .unknownProject(projectID) }
    guard project.archivedAt == nil else { throw .archivedProject(projectID) }
    guard serviceAccounts.count < most else { throw .full }
    let count = project.serviceAccounts.count
    var generator = randomness.generator("service/\(projectID)/\(count)/\(name)")
    let id = "svc_acct_" + generator.alphanumerics(24)
    let account = ServiceAccount(
      id: id,
      projectID: projectID,
      name: name,
      role: hasRole ? "member" : "none",
      createdAt: now
    )
    serviceAccounts[id] = account
    projects[projectID]?.serviceAccounts.append(id)
    return account
  }

  /// Takes a service account away, and ends all of its keys.
  mutating func deleteServiceAccount(
    _ id: String,
    at now: Timestamp
  ) throws(ProviderAccountError) {
    guard let account = serviceAccounts[id], !account.isDeleted else {
      throw .unknownServiceAccount(id)
    }
    serviceAccounts[id]?.isDeleted = true
    for index in projects[account.projectID]?.keys ?? []
    where keys[index].owner == .serviceAccount(id) {
      end(index, at: now)
    }
  }
}
