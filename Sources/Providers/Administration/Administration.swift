import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Wire
import Worlds

/// The administration API: what an admin key manages, and the books.
struct Administration: Sendable {
  typealias Answer = @Sendable (AdministrationCall) throws -> JSONBody

  let mock: OpenAIMock

  func addRoutes(to router: Router<ServerContext>) {
    let root = "/v1/organization"
    addKeyRoutes(to: router, below: root)
    addProjectRoutes(to: router, below: root)
    addServiceAccountRoutes(to: router, below: root + "/projects/:project/service_accounts")
    addUserRoutes(to: router, below: root + "/users")
    addBookRoutes(to: router, below: root)
  }

  /// Checks the key, reads the body, and writes the answer, as one call of the provider.
  func handler(
    _ answer: @escaping Answer
  ) -> @Sendable (Request, ServerContext) async throws -> Response {
    { request, context in
      try await mock.serve(request, as: .administration) { request, call in
        let body = try await mock.readBody(request, call)
        let parameters = context.parameters.map { (String($0.key), String($0.value)) }
        let asked = AdministrationCall(
          key: try mock.checkAdministrator(call),
          query: QueryParameters(request.uri.query),
          body: body,
          now: mock.clock.now,
          parameters: Dictionary(parameters, uniquingKeysWith: { $1 })
        )
        return respond(try Self.refusing(answer)(asked), call)
      }
    }
  }

  /// What the accounts do not have is not found; what they do not allow is refused.
  private static func refusing(_ answer: @escaping Answer) -> Answer {
    { call in
      do {
        return try answer(call)
      } catch let error as ProviderAccountError {
        throw Refusal(error)
      }
    }
  }

  private func respond(_ answer: JSONBody, _ call: OngoingCall) -> Response {
    call.update { $0.status = 200 }
    let buffer = ByteBuffer(bytes: answer.bytes)
    var headers: HTTPFields = [.contentType: "application/json"]
    headers[OpenAIHeader.version] = "2020-10-01"
    headers[OpenAIHeader.requestID] = mock.draws(for: call.observed).requestID
    if case .administrator(let key) = call.standing {
      headers[OpenAIHeader.organization] = key.organizationID
    }
    return Response(
      status: .ok,
      headers: headers,
      body: ResponseBody(contentLength: buffer.readableBytes) { writer in
        do {
          try await writer.write(buffer)
        } catch {
          call.end(.cutOff)
          throw error
        }
        call.end(.completed)
        try await writer.finish(nil)
      }
    )
  }

  /// The accounts, under their lock.
  func accounts<Result: Sendable>(
    _ use: (inout ProviderAccounts) throws -> sending Result
  ) throws -> Result {
    try mock.state.withLock { try use(&$0.accounts) }
  }
}

extension Refusal {
  init(_ error: ProviderAccountError) {
    switch error {
    case .unknownOrganization(let id): self = .notFound("organization", id)
    case .unknownProject(let id): self = .notFound("project", id)
    case .unknownKey(let id): self = .notFound("API key", id)
    case .unknownServiceAccount(let id): self = .notFound("service account", id)
    case .unknownUser(let id): self = .notFound("user", id)
    case .archivedProject(let id):
      self.init(
        400,
        "Project '\(id)' is archived. You can only update an active project.",
        code: "project_archived"
      )
    case .valueTaken: self.init(409, "Another key has this value.")
    case .full: self.init(409, "There are as many of these as the provider keeps.")
    }
  }

  private static func notFound(_ kind: String, _ id: String) -> Refusal {
    Refusal(404, "No such \(kind): '\(id.prefix(100))'.", code: "not_found")
  }
}
