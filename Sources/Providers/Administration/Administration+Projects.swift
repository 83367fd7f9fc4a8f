import Hummingbird
import Wire
import Worlds

/// Projects and their keys.
extension Administration {
  func addProjectRoutes(to router: Router<ServerContext>, below root: String) {
    let projects = "\(root)/projects"
    router.get("\(projects)", use: handler(listProjects))
    router.post("\(projects)", use: handler(createProject))
    router.get("\(projects)/:project", use: handler(showProject))
    router.post("\(projects)/:project", use: handler(renameProject))
    router.post("\(projects)/:project/archive", use: handler(archiveProject))
    let keys = "\(projects)/:project/api_keys"
    router.get("\(keys)", use: handler(listKeys))
    router.get("\(keys)/:key", use: handler(showKey))
    router.post("\(keys)/:key", use: handler(updateKey))
    router.delete("\(keys)/:key", use: handler(deleteKey))
  }

  private struct Named: Decodable {
    var name: String
  }

  @Sendable private func listProjects(_ call: AdministrationCall) throws -> JSONBody {
    let showsArchived = try call.query.flag("include_archived") ?? false
    let page = try ListPage(call.query)
    return try accounts { accounts in
      try page.list(
        accounts.organizations[call.organizationID]?.projects ?? [],
        id: { $0 },
        body: { id in
          guard let project = accounts.projects[id] else { return nil }
          return project.archivedAt == nil || showsArchived ? project.body : nil
        }
      )
    }
  }

  @Sendable private func createProject(_ call: AdministrationCall) throws -> JSONBody {
    let name = try Self.checked(call.decode(Named.self).name)
    return try accounts { accounts in
      let id = try accounts.createProject(named: name, in: call.organizationID, at: call.now)
      return try Self.project(id, call, accounts).body
    }
  }

  @Sendable private func showProject(_ call: AdministrationCall) throws -> JSONBody {
    try accounts { try Self.project(call.parameter("project"), call, $0).body }
  }

  @Sendable private func renameProject(_ call: AdministrationCall) throws -> JSONBody {
    struct Change: Decodable {
      var name: String?
    }
    let name = try call.decode(Change.self).name.map(Self.checked)
    return try accounts { accounts in
      let project = try Self.project(call.parameter("project"), call, accounts)
      guard project.archivedAt == nil else {
        throw ProviderAccountError.archivedProject(project.id)
      }
      if let name { accounts.projects[project.id]?.name = name }
      return try Self.project(project.id, call, accounts).body
    }
  }

  @Sendable private func archiveProject(_ call: AdministrationCall) throws -> JSONBody {
    try accounts { accounts in
      let id = try Self.project(call.parameter("project"), call, accounts).id
      try accounts.archiveProject(id, at: call.now)
      return try Self.project(id, call, accounts).body
    }
  }

  @Sendable private func listKeys(_ call: AdministrationCall) throws -> JSONBody {
    let words = ["active", "inactive", "any"]
    let access = try call.query.word("owner_project_access", of: words)
    let page = try ListPage(call.query)
    return try accounts { accounts in
      let project = try Self.project(call.parameter("project"), call, accounts)
      return try page.list(
        project.keys,
        id: { accounts.keys[$0].key.id },
        // The keys of an owner that lost access ended with it.
        body: { access == "inactive" ? nil : accounts.keyBody($0) }
      )
    }
  }

  @Sendable private func showKey(_ call: AdministrationCall) throws -> JSONBody {
    try accounts { accounts in
      accounts.keyBody(try Self.keyIndex(call, accounts)) ?? .null
    }
  }

  private struct KeyChange: Decodable {
    var scopes: [String]?
    var expiresInSeconds: Int?
  }

  @Sendable private func updateKey(_ call: AdministrationCall) throws -> JSONBody {
    let change = try call.decode(KeyChange.self)
    guard change.scopes != nil || change.expiresInSeconds != nil else {
      throw Refusal(400, "Provide at least one of 'scopes' or 'expires_in_seconds'.")
    }
    let expiry = try call.expiry(after: change.expiresInSeconds)
    let scopes = try change.scopes.map { try KeyRestriction.checked(scopes: $0).scopes }
    return try accounts { accounts in
      let index = try Self.keyIndex(call, accounts)
      if let expiresAt = accounts.keys[index].life.expiresAt, expiresAt <= call.now {
        throw Refusal(400, "Expired keys cannot be updated.")
      }
      if let scopes { accounts.keys[index].key.restriction.scopes = scopes }
      if let expiry { accounts.keys[index].life.expiresAt = expiry }
      return accounts.keyBody(index) ?? .null
    }
  }

  @Sendable private func deleteKey(_ call: AdministrationCall) throws -> JSONBody {
    try accounts { accounts in
      let index = try Self.keyIndex(call, accounts)
      let record = accounts.keys[index]
      if record.owner.isServiceAccount, !mock.settings.deletesServiceAccountKeys {
        throw Refusal(
          400,
          "API keys of service accounts cannot be deleted. Delete the service account instead."
        )
      }
      accounts.end(index, at: call.now)
      return [
        "object": "organization.project.api_key.deleted", "id": .string(record.key.id),
        "deleted": true,
      ]
    }
  }

  /// - Throws: `ProviderAccountError` for a project of somebody else, as for one that is not there.
  static func project(
    _ id: String,
    _ call: AdministrationCall,
    _ accounts: ProviderAccounts
  ) throws -> ProviderAccounts.Project {
    guard let project = accounts.projects[id], project.organizationID == call.organizationID else {
      throw ProviderAccountError.unknownProject(id)
    }
    return project
  }

  private static func keyIndex(
    _ call: AdministrationCall,
    _ accounts: ProviderAccounts
  ) throws -> Int {
    let project = try project(call.parameter("project"), call, accounts)
    let id = call.parameter("key")
    guard let index = accounts.keyIndices[id], accounts.keys[index].key.project.id == project.id,
      !accounts.keys[index].life.isDeleted
    else { throw ProviderAccountError.unknownKey(id) }
    return index
  }

  /// - Throws: `Refusal` for a name that is empty or too long.
  static func checked(_ name: String) throws -> String {
    guard !name.isEmpty, name.utf8.count <= 256 else {
      throw Refusal(
        RequestFault.invalid(parameter: "name", wanted: "a text of 1 to 256 bytes")
      )
    }
    return name
  }
}
