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

  /// A property as Graph writes it.
  private enum Property: Encodable {
    case text(String)
    case flag(Bool)
    case list
    case null

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .flag(let flag): try container.encode(flag)
      case .list: try container.encode([String]())
      case .null: try container.encodeNil()
      }
    }
  }

  func graphResponder() -> Responder {
    let router = Router(context: ServerContext.self)
    router.get("/v1.0/users/:user") { request, context in
      try self.graphUser(request, key: context.parameters.decoded("user"))
    }
    let responder = router.buildResponder()
    return { try await responder.respond(to: $0, context: $1) }
  }

  private func graphUser(_ request: Request, key: String) throws -> Response {
    let claims: ConnectorClaims
    do {
      claims = try accessTokens.microsoftClaims(
        request.bearerToken,
        audience: MicrosoftGraph.audience
      )
    } catch {
      observe(.rejectedVendorCall(reason: "Graph: \(error.reason)"))
      return try refuse(
        .unauthorized,
        "InvalidAuthenticationToken",
        "Access token validation failure."
      )
    }
    guard let tenant = claims.tid, tenants.contains(tenant) else {
      observe(.rejectedVendorCall(reason: "Graph: the token is for no customer's tenant"))
      return try refuse(
        .forbidden,
        "Authorization_RequestDenied",
        "Insufficient privileges to complete the operation."
      )
    }
    let selected = request.query("$select").map { $0.split(separator: ",").map(String.init) }
    if let unknown = selected?.first(where: { !Self.properties.contains($0) }) {
      let message = "Could not find a property named '\(unknown)' on type 'microsoft.graph.user'."
      return try refuse(.badRequest, "BadRequest", message)
    }
    guard
      let identity = population.person(objectID: key),
      identity.tenant.teamsTenantID == tenant,
      let department = department(of: identity.person.id)
    else {
      return try refuse(
        .notFound,
        "Request_ResourceNotFound",
        "Resource '\(key)' does not exist or one of its queried reference-property objects "
          + "are not present."
      )
    }
    let names = selected ?? Self.defaultProperties
    var user: [String: Property] = [:]
    for name in names { user[name] = property(name, of: identity, department: department) }
    let list = selected.map { "(\($0.joined(separator: ",")))" } ?? ""
    user["@odata.context"] = .text(
      "https://graph.microsoft.com/v1.0/$metadata#users\(list)/$entity"
    )
    return try json.response(.ok, user)
  }

  private func property(
    _ name: String,
    of identity: ChatIdentity,
    department: String
  ) -> Property {
    switch name {
    case "id": .text(identity.objectID)
    case "displayName": .text(identity.person.name)
    case "department": .text(department)
    case "userPrincipalName", "mail": .text(identity.email)
    case "companyName": .text(identity.tenant.id)
    case "accountEnabled": .flag(true)
    case "userType": .text("Member")
    case "businessPhones": .list
    default: .null
    }
  }

  private func refuse(
    _ status: HTTPResponse.Status,
    _ code: String,
    _ message: String
  ) throws -> Response {
    try json.response(status, MicrosoftGraph.ErrorBody(code: code, message: message))
  }
}
