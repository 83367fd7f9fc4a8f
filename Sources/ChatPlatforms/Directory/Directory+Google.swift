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
    return router.answering()
  }

  /// A token with a subject sees the subject's domain alone; one without sees every customer that
  /// gave the service account a role of its own, which here all did.
  private func googleUser(_ request: Request, key: String) throws -> Response {
    guard
      let grant = accessTokens.googleGrant(
        of: request,
        scope: GoogleDirectory.readScope,
        at: "Google directory"
      )
    else {
      return try json.response(
        .unauthorized,
        GoogleDirectory.ErrorBody(
          code: 401,
          message: "Request had invalid authentication credentials.",
          status: "UNAUTHENTICATED"
        )
      )
    }
    let domain = grant.subject.map { $0.split(separator: "@").last.map(String.init) ?? "" }
    guard
      let identity = population.person(googleKey: key),
      domain == nil || domain == identity.tenant.domain,
      let department = department(of: identity.person.id)
    else {
      return try json.response(
        .notFound,
        GoogleDirectory.ErrorBody(
          code: 404,
          message: "Resource Not Found: userKey",
          status: "NOT_FOUND"
        )
      )
    }
    return json.response(
      .ok,
      written: GoogleDirectory.User(
        id: identity.googleID,
        primaryEmail: identity.email,
        name: GoogleDirectory.Name(fullName: identity.person.name),
        suspended: false,
        customerId: identity.tenant.googleDomainID,
        organizations: [
          GoogleDirectory.Organization(department: department, primary: true)
        ]
      )
    )
  }
}
