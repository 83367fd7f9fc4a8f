import Hummingbird
import Secrets
import Wire
import Worlds

/// Service accounts: owners of keys that are nobody's own.
extension Administration {
  func addServiceAccountRoutes(to router: Router<ServerContext>, below root: String) {
    router.get("\(root)", use: handler(listServiceAccounts))
    router.post("\(root)", use: handler(createServiceAccount))
    router.get("\(root)/:account", use: handler(showServiceAccount))
    router.post("\(root)/:account", use: handler(updateServiceAccount))
    router.delete("\(root)/:account", use: handler(deleteServiceAccount))
    router.post("\(root)/:account/api_keys", use: handler(createServiceAccountKey))
  }

  @Sendable private func listServiceAccounts(_ call: AdministrationCall) throws -> JSONBody {
    let page = try ListPage(call.query)
    return try accounts { accounts in
      let project = try Self.project(call.parameter("project"), call, accounts)
      return try page.list(
        project.serviceAccounts,
        id: { $0 },
        body: { id in
          accounts.serviceAccounts[id].flatMap { $0.isDeleted ? nil : .object($0.members) }
        }
      )
    }
  }

  private struct NewAccount: Decodable {
    var name: String
    var createServiceAccountOnly: Bool?
    var expiresInSeconds: Int?
  }

  @Sendable private func createServiceAccount(_ call: AdministrationCall) throws -> JSONBody {
    let wish = try call.decode(NewAccount.self)
    let name = try Self.checked(wish.name)
    let isAlone = wish.createServiceAccountOnly ?? false
    guard !isAlone || wish.expiresInSeconds == nil else {
      throw Refusal(
        RequestFault.invalid(
          parameter: "expires_in_seconds",
          wanted: "no value with 'create_service_account_only'"
        )
      )
    }
    let expiry = try call.expiry(after: wish.expiresInSeconds)
    return try accounts { accounts in
      let project = try Self.project(call.parameter("project"), call, accounts)
      let account = try accounts.createServiceAccount(
        named: name,
        in: project.id,
        hasRole: !isAlone,
        at: call.now
      )
      var key = JSONBody.null
      if !isAlone {
        let wish = ProviderAccounts.KeyWish(name: "Secret Key", expiresAt: expiry)
        key = try Self.issueKey(wish, to: account, call, &accounts)
      }
      return .object(account.members + [("api_key", key)])
    }
  }

  private struct NewKey: Decodable {
    var name: String?
    var scopes: [String]?
    var expiresInSeconds: Int?
  }

  @Sendable private func createServiceAccountKey(_ call: AdministrationCall) throws -> JSONBody {
    let wish = call.body.isEmpty ? NewKey() : try call.decode(NewKey.self)
    let name = try Self.checked(wish.name ?? "Secret Key")
    let expiry = try call.expiry(after: wish.expiresInSeconds)
    let restriction = try KeyRestriction.checked(scopes: wish.scopes)
    return try accounts { accounts in
      let account = try Self.serviceAccount(call, accounts)
      return try Self.issueKey(
        ProviderAccounts.KeyWish(
          name: name,
          expiresAt: expiry,
          restriction: restriction
        ),
        to: account,
        call,
        &accounts
      )
    }
  }

  /// The one body that holds a value.
  private static func issueKey(
    _ wish: ProviderAccounts.KeyWish,
    to account: ProviderAccounts.ServiceAccount,
    _ call: AdministrationCall,
    _ accounts: inout ProviderAccounts
  ) throws -> JSONBody {
    let key = try accounts.createKey(
      wish,
      in: account.projectID,
      owner: .serviceAccount(account.id),
      at: call.now
    )
    return [
      "object": "organization.project.service_account.api_key",
      "value": key.secret.reveal { .string($0) },
      "name": .string(wish.name),
      "created_at": .seconds(call.now),
      "id": .string(key.id),
      "expires_at": .seconds(wish.expiresAt),
    ]
  }

  @Sendable private func showServiceAccount(_ call: AdministrationCall) throws -> JSONBody {
    try accounts { .object(try Self.serviceAccount(call, $0).members) }
  }

  @Sendable private func updateServiceAccount(_ call: AdministrationCall) throws -> JSONBody {
    struct Change: Decodable {
      var name: String?
      var role: String?
    }
    let change = try call.decode(Change.self)
    let name = try change.name.map(Self.checked)
    if let role = change.role, !["member", "owner"].contains(role) {
      throw Refusal(RequestFault.invalid(parameter: "role", wanted: "'member' or 'owner'"))
    }
    return try accounts { accounts in
      let id = try Self.serviceAccount(call, accounts).id
      if let name { accounts.serviceAccounts[id]?.name = name }
      if let role = change.role { accounts.serviceAccounts[id]?.role = role }
      return .object(try Self.serviceAccount(call, accounts).members)
    }
  }

  @Sendable private func deleteServiceAccount(_ call: AdministrationCall) throws -> JSONBody {
    try accounts { accounts in
      let id = try Self.serviceAccount(call, accounts).id
      try accounts.deleteServiceAccount(id, at: call.now)
      return [
        "object": "organization.project.service_account.deleted", "id": .string(id),
        "deleted": true,
      ]
    }
  }

  private static func serviceAccount(
    _ call: AdministrationCall,
    _ accounts: ProviderAccounts
  ) throws -> ProviderAccounts.ServiceAccount {
    let project = try project(call.parameter("project"), call, accounts)
    let id = call.parameter("account")
    guard let account = accounts.serviceAccounts[id], account.projectID == project.id,
      !account.isDeleted
    else { throw ProviderAccountError.unknownServiceAccount(id) }
    return account
  }
}
