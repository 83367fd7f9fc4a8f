import HTTPTypes
import Hummingbird
import Wire
import Worlds

extension Directory {
  func googleResponder() -> Responder {
    let router = Router(context: ServerContext.self)
    router.get("/admin/directory/v1/users/:user") { request, context in
      try self.googleUser(request, key: context.parameters.decoded("user"))
    }
    router.get("/admin/directory/v1/groups") { request, _ in try self.googleGroups(request) }
    return router.answering()
  }

  /// A token with a subject sees the subject's domain alone; one without sees every customer that
  /// gave the service account a role of its own, which here all did.
  ///
  /// - Throws: `RefusedCall`.
  private func googleIdentity(
    _ key: String,
    for request: Request,
    scope: String,
    parameter: String
  ) throws -> (ChatIdentity, Entry) {
    try throwRefusal { refusal in
      try refuse(
        .init(code: refusal.status),
        "The request was not served. Please try again later.",
        refusal.status == 429 ? "RESOURCE_EXHAUSTED" : "UNAVAILABLE"
      )
    }
    guard
      let grant = accessTokens.googleGrant(of: request, scope: scope, at: "Google directory")
    else {
      throw RefusedCall(
        response: try refuse(
          .unauthorized,
          "Request had invalid authentication credentials.",
          "UNAUTHENTICATED"
        )
      )
    }
    let domain = grant.subject.map { $0.split(separator: "@").last.map(String.init) ?? "" }
    guard
      let identity = population.person(googleKey: key), !identity.person.isGuest,
      domain == nil || domain == identity.tenant.domain,
      let entry = entry(of: identity.person.id)
    else {
      throw RefusedCall(
        response: try refuse(.notFound, "Resource Not Found: \(parameter)", "NOT_FOUND")
      )
    }
    return (identity, entry)
  }

  private func googleUser(_ request: Request, key: String) throws -> Response {
    let (identity, entry) = try googleIdentity(
      key,
      for: request,
      scope: GoogleDirectory.readScope,
      parameter: "userKey"
    )
    return json.response(
      .ok,
      written: GoogleDirectory.User(
        id: identity.googleID,
        primaryEmail: identity.email,
        name: GoogleDirectory.Name(fullName: identity.person.name),
        suspended: !entry.isActive,
        customerId: identity.tenant.googleDomainID,
        organizations: [
          GoogleDirectory.Organization(department: entry.department, primary: true)
        ]
      )
    )
  }

  /// A page of the groups in which the person of `userKey` is.
  private func googleGroups(_ request: Request) throws -> Response {
    let (identity, _) = try googleIdentity(
      request.query("userKey") ?? "",
      for: request,
      scope: GoogleDirectory.groupScope,
      parameter: "userKey"
    )
    let groups = groups(of: identity)
    let asked = request.query("maxResults").flatMap { Int($0) } ?? 200
    guard
      (1...200).contains(asked),
      let page = ListPage(
        token: request.query("pageToken"),
        size: min(asked, Self.largestPage),
        of: groups.count
      )
    else { return try refuse(.badRequest, "Invalid Input: pageToken", "INVALID_ARGUMENT") }
    return json.response(
      .ok,
      written: GoogleDirectory.Groups(
        groups: groups[page.range].map { group in
          GoogleDirectory.Group(
            id: group.id,
            email: identity.tenant.groupAddress(of: group.name),
            name: group.name
          )
        },
        nextPageToken: page.next
      )
    )
  }

  private func refuse(
    _ status: HTTPResponse.Status,
    _ message: String,
    _ name: String
  ) throws -> Response {
    try json.response(
      status,
      GoogleDirectory.ErrorBody(code: status.code, message: message, status: name)
    )
  }
}
