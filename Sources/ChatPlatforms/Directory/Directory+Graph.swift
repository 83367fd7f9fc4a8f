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
    return router.answering()
  }

  private func graphUser(_ request: Request, key: String) throws -> Response {
    guard
      let claims = accessTokens.microsoftClaims(
        of: request,
        audience: MicrosoftGraph.audience,
        at: "Graph"
      )
    else {
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
    return json.response(
      .ok,
      written: GraphUser(
        identity: identity,
        department: department,
        selected: selected,
        properties: Set(selected ?? Self.defaultProperties).sorted()
      )
    )
  }

  /// A user with the properties asked for: those that are not set are null, not absent.
  private struct GraphUser: JSONWritable {
    var identity: ChatIdentity
    var department: String
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
      case "department": json.member(property, department)
      case "userPrincipalName", "mail": json.member(property, identity.email)
      case "companyName": json.member(property, identity.tenant.id)
      case "accountEnabled": json.member(property, true)
      case "userType": json.member(property, "Member")
      case "businessPhones": json.member(property, json: "[]")
      default: json.member(property, json: "null")
      }
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
