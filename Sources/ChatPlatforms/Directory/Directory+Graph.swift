import HTTPTypes
import Hummingbird
import Wire
import Worlds

extension Directory {
  private static let properties = [
    "id", "displayName", "department", "userPrincipalName", "mail", "accountEnabled",
    "companyName", "jobTitle", "givenName", "surname", "mobilePhone", "officeLocation",
    "preferredLanguage", "businessPhones", "userType",
  ]
  /// What Graph answers where `$select` is absent; the department is not among it.
  private static let defaultProperties = [
    "id", "displayName", "userPrincipalName", "mail", "jobTitle", "givenName", "surname",
    "mobilePhone", "officeLocation", "preferredLanguage", "businessPhones",
  ]

  func graphResponder() -> Responder {
    let router = Router(context: ServerContext.self)
    router.get("/v1.0/users/:user") { request, context in
      try self.graphUser(request, key: context.parameters.decoded("user"))
    }
    router.get("/v1.0/users/:user/transitiveMemberOf") { request, context in
      try self.graphMemberships(request, key: context.parameters.decoded("user"))
    }
    return router.answering()
  }

  /// The Entra tenant for which the caller may read.
  ///
  /// - Throws: `RefusedCall`.
  private func graphTenant(of request: Request) throws -> String {
    try throwRefusal { refusal in
      try refuse(
        .init(code: refusal.status),
        refusal.status == 429 ? "TooManyRequests" : "serviceNotAvailable",
        "The request was not served. Please try again later."
      )
    }
    guard
      let claims = accessTokens.microsoftClaims(
        of: request,
        audience: MicrosoftGraph.audience,
        at: "Graph"
      )
    else {
      throw try refusing(
        .unauthorized,
        "InvalidAuthenticationToken",
        "Access token validation failure."
      )
    }
    guard let tenant = claims.tid, tenants.contains(tenant) else {
      observe(.rejectedVendorCall(reason: "Graph: the token is for no customer's tenant"))
      throw try refusing(
        .forbidden,
        "Authorization_RequestDenied",
        "Insufficient privileges to complete the operation."
      )
    }
    return tenant
  }

  private func graphUser(_ request: Request, key: String) throws -> Response {
    let tenant = try graphTenant(of: request)
    let selected = request.query("$select").map { $0.split(separator: ",").map(String.init) }
    if let unknown = selected?.first(where: { !Self.properties.contains($0) }) {
      let message = "Could not find a property named '\(unknown)' on type 'microsoft.graph.user'."
      return try refuse(.badRequest, "BadRequest", message)
    }
    let (identity, entry) = try graphIdentity(key, in: tenant)
    return json.response(
      .ok,
      written: GraphUser(
        identity: identity,
        entry: entry,
        selected: selected,
        properties: Set(selected ?? Self.defaultProperties).sorted()
      )
    )
  }

  private func graphIdentity(_ key: String, in tenant: String) throws -> (ChatIdentity, Entry) {
    guard
      let identity = population.person(objectID: key),
      identity.tenant.teamsTenantID == tenant,
      let entry = entry(of: identity.person.id)
    else {
      throw try refusing(
        .notFound,
        "Request_ResourceNotFound",
        "Resource '\(key)' does not exist or one of its queried reference-property objects "
          + "are not present."
      )
    }
    return (identity, entry)
  }

  /// A page of the groups and roles that somebody is in, however deeply.
  private func graphMemberships(_ request: Request, key: String) throws -> Response {
    let tenant = try graphTenant(of: request)
    let (identity, _) = try graphIdentity(key, in: tenant)
    let groups = groups(of: identity).map {
      MicrosoftGraph.DirectoryObject(kind: .group, id: $0.id, displayName: $0.name)
    }
    // A role may bear any name, that of a department too; only a group makes a member.
    let role = MicrosoftGraph.DirectoryObject(
      kind: .directoryRole,
      id: "0d0d0d0d-0000-4000-8000-000000000001",
      displayName: "Directory Readers"
    )
    let all = [role] + groups
    let asked = request.query("$top").flatMap { Int($0) } ?? 100
    guard
      (1...999).contains(asked),
      let page = ListPage(
        token: request.query("$skiptoken"),
        size: min(asked, Self.largestPage),
        of: all.count
      )
    else { return try refuse(.badRequest, "Request_BadRequest", "Invalid page size or token.") }
    let path = "https://\(Self.graphHost)/v1.0/users/\(identity.objectID)/transitiveMemberOf"
    return json.response(
      .ok,
      written: MicrosoftGraph.DirectoryObjects(
        value: Array(all[page.range]),
        nextLink: page.next.map { "\(path)?$select=id,displayName&$top=\(asked)&$skiptoken=\($0)" }
      )
    )
  }

  /// A user with the properties asked for: those that are not set are null, not absent.
  private struct GraphUser: JSONWritable {
    var identity: ChatIdentity
    var entry: Entry
    var selected: [String]?
    /// Sorted, each once.
    var properties: [String]

    func write(to json: inout JSONWriter) {
      let list = selected.map { "(\($0.joined(separator: ",")))" } ?? ""
      json.object { json in
        json.member(
          "@odata.context",
          "https://graph.microsoft.com/v1.0/$metadata#users\(list)/$entity"
        )
        for property in properties { write(property, to: &json) }
      }
    }

    private func write(_ property: String, to json: inout JSONWriter) {
      switch property {
      case "id": json.member(property, identity.objectID)
      case "displayName": json.member(property, identity.person.name)
      case "department" where !identity.person.isGuest: json.member(property, entry.department)
      case "userPrincipalName", "mail": json.member(property, identity.email)
      case "companyName": json.member(property, identity.tenant.id)
      case "accountEnabled": json.member(property, entry.isActive)
      case "userType": json.member(property, identity.person.isGuest ? "Guest" : "Member")
      case "businessPhones": json.member(property, json: "[]")
      default: json.member(property, json: "null")
      }
    }
  }

  private func refusing(
    _ status: HTTPResponse.Status,
    _ code: String,
    _ message: String
  ) throws -> RefusedCall {
    RefusedCall(response: try refuse(status, code, message))
  }

  private func refuse(
    _ status: HTTPResponse.Status,
    _ code: String,
    _ message: String
  ) throws -> Response {
    try json.response(status, MicrosoftGraph.ErrorBody(code: code, message: message))
  }
}
