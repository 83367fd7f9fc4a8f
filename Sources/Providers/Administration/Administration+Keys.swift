import Hummingbird
import Secrets
import Wire
import Worlds

/// Admin keys, and users.
extension Administration {
  func addKeyRoutes(to router: Router<ServerContext>, below root: String) {
    let keys = "\(root)/admin_api_keys"
    router.get("\(keys)", use: handler(listAdminKeys))
    router.post("\(keys)", use: handler(createAdminKey))
    router.get("\(keys)/:key", use: handler(showAdminKey))
    router.delete("\(keys)/:key", use: handler(deleteAdminKey))
  }

  @Sendable private func listAdminKeys(_ call: AdministrationCall) throws -> JSONBody {
    let order = try call.query.word("order", of: ["asc", "desc"])
    let page = try ListPage(call.query)
    return try accounts { accounts in
      let keys = accounts.organizations[call.organizationID]?.adminKeys ?? []
      return try page.list(
        order == "desc" ? keys.reversed() : keys,
        id: { accounts.adminKeys[$0].id },
        body: { index in
          accounts.adminKeys[index].life.isDeleted ? nil : .object(accounts.adminKeyMembers(index))
        }
      )
    }
  }

  private struct NewAdminKey: Decodable {
    var name: String
    var expiresInSeconds: Int?
  }

  @Sendable private func createAdminKey(_ call: AdministrationCall) throws -> JSONBody {
    let new = try call.decode(NewAdminKey.self)
    let wish = ProviderAccounts.KeyWish(
      name: try Self.checked(new.name),
      expiresAt: try call.expiry(after: new.expiresInSeconds)
    )
    return try accounts { accounts in
      let (index, secret) = try accounts.createAdminKey(
        wish,
        in: call.organizationID,
        at: call.now
      )
      let value = secret.reveal { JSONBody.string($0) }
      return .object(accounts.adminKeyMembers(index) + [("value", value)])
    }
  }

  @Sendable private func showAdminKey(_ call: AdministrationCall) throws -> JSONBody {
    try accounts { .object($0.adminKeyMembers(try Self.adminKeyIndex(call, $0))) }
  }

  @Sendable private func deleteAdminKey(_ call: AdministrationCall) throws -> JSONBody {
    try accounts { accounts in
      let index = try Self.adminKeyIndex(call, accounts)
      accounts.endAdminKey(index, at: call.now)
      return [
        "object": "organization.admin_api_key.deleted",
        "id": .string(accounts.adminKeys[index].id), "deleted": true,
      ]
    }
  }

  private static func adminKeyIndex(
    _ call: AdministrationCall,
    _ accounts: ProviderAccounts
  ) throws -> Int {
    let id = call.parameter("key")
    guard let index = accounts.adminKeyIndices[id],
      accounts.adminKeys[index].organizationID == call.organizationID,
      !accounts.adminKeys[index].life.isDeleted
    else { throw ProviderAccountError.unknownKey(id) }
    return index
  }
}

extension Administration {
  func addUserRoutes(to router: Router<ServerContext>, below root: String) {
    router.get("\(root)", use: handler(listUsers))
    router.get("\(root)/:user", use: handler(showUser))
    router.post("\(root)/:user", use: handler(updateUser))
    router.delete("\(root)/:user", use: handler(deleteUser))
  }

  @Sendable private func listUsers(_ call: AdministrationCall) throws -> JSONBody {
    let emails = call.query.list("emails")
    let page = try ListPage(call.query)
    return try accounts { accounts in
      try page.list(
        accounts.organizations[call.organizationID]?.users ?? [],
        id: { $0 },
        body: { id in
          guard let user = accounts.users[id] else { return nil }
          return emails.isEmpty || emails.contains(user.email) ? user.body : nil
        }
      )
    }
  }

  @Sendable private func showUser(_ call: AdministrationCall) throws -> JSONBody {
    try accounts { try Self.user(call, $0).body }
  }

  @Sendable private func updateUser(_ call: AdministrationCall) throws -> JSONBody {
    struct Change: Decodable {
      var role: String
    }
    let role = try call.decode(Change.self).role
    guard ["owner", "reader"].contains(role) else {
      throw Refusal(RequestFault.invalid(parameter: "role", wanted: "'owner' or 'reader'"))
    }
    return try accounts { accounts in
      let id = try Self.user(call, accounts).id
      accounts.users[id]?.role = role
      return try Self.user(call, accounts).body
    }
  }

  @Sendable private func deleteUser(_ call: AdministrationCall) throws -> JSONBody {
    try accounts { accounts in
      let id = try Self.user(call, accounts).id
      try accounts.removeUser(id, at: call.now)
      return ["object": "organization.user.deleted", "id": .string(id), "deleted": true]
    }
  }

  private static func user(
    _ call: AdministrationCall,
    _ accounts: ProviderAccounts
  ) throws -> ProviderAccounts.User {
    let id = call.parameter("user")
    guard let user = accounts.users[id], user.organizationID == call.organizationID else {
      throw ProviderAccountError.unknownUser(id)
    }
    return user
  }
}
