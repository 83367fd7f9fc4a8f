import HTTPTypes
import Hummingbird
import NIOCore
package import Secrets
import Wire
package import Worlds

/// What the person who runs a mock asks of it, beside what the real provider offers.
package struct ControlCall: Sendable {
  let query: QueryParameters
  let body: [UInt8]
  let parameters: [String: String]
  let now: Timestamp

  func parameter(_ name: String) -> String {
    parameters[name] ?? ""
  }
}

/// One path of the control API.
package struct ControlRoute: Sendable {
  let method: HTTPRequest.Method
  /// Below `ControlAPI.prefix`, as routers write it: `/keys/:key`.
  let path: String
  let answer: @Sendable (ControlCall) throws -> JSONBody

  init(
    _ method: HTTPRequest.Method,
    _ path: String,
    _ answer: @escaping @Sendable (ControlCall) throws -> JSONBody
  ) {
    self.method = method
    self.path = path
    self.answer = answer
  }
}

/// The control API of a mock that runs as a server: a path prefix of its own, and a token of its
/// own, which no key of the provider replaces.
package struct ControlAPI: Sendable {
  package static let prefix = "/_keyproof"
  private static let bodyLimit = 1 << 20

  private let provider: String
  private let token: Secret
  private let clock: any WorldClock
  private let routes: [ControlRoute]

  /// - Parameter provider: as `/health` names it.
  package init(
    provider: String,
    token: Secret,
    clock: any WorldClock,
    routes: [ControlRoute]
  ) {
    self.provider = provider
    self.token = token
    self.clock = clock
    self.routes = routes
  }

  /// Answers what is below the prefix, and hands on everything else.
  package func guarding(_ next: @escaping Responder) -> Responder {
    let control = responder
    return { request, context in
      let path = request.uri.path
      let isControl = path == Self.prefix || path.hasPrefix(Self.prefix + "/")
      return try await isControl ? control(request, context) : next(request, context)
    }
  }

  private var responder: Responder {
    let router = Router(context: ServerContext.self)
    router.add(middleware: UnknownControlPaths())
    router.get("\(Self.prefix)/health") { _, _ in
      Self.response(200, ["status": "ok", "provider": .string(provider)])
    }
    for route in routes {
      router.on("\(Self.prefix)\(route.path)", method: route.method) { request, context in
        try await answer(request, context, route)
      }
    }
    let built = router.buildResponder()
    return { request, context in
      // Without the token nobody learns what there is.
      guard request.uri.path == "\(Self.prefix)/health" || isAllowed(request) else {
        return Self.response(Self.noToken)
      }
      do {
        guard !request.uri.path.hasEmptyParts else { throw Self.unknown(request) }
        return try await built.respond(to: request, context: context)
      } catch let refusal as Refusal {
        return Self.response(refusal)
      } catch let error as ProviderAccountError {
        return Self.response(Refusal(error))
      }
    }
  }

  private func answer(
    _ request: Request,
    _ context: ServerContext,
    _ route: ControlRoute
  ) async throws -> Response {
    let body: [UInt8]
    do {
      body = Array(try await request.body.collect(upTo: Self.bodyLimit).readableBytesView)
    } catch is NIOTooManyBytesError {
      throw Refusal.tooLarge(limit: Self.bodyLimit)
    }
    let parameters = context.parameters.map { (String($0.key), String($0.value)) }
    let call = ControlCall(
      query: QueryParameters(request.uri.query),
      body: body,
      parameters: Dictionary(parameters, uniquingKeysWith: { $1 }),
      now: clock.now
    )
    return Self.response(200, try route.answer(call))
  }

  /// Compares in time that does not depend on how much of the token was guessed.
  private func isAllowed(_ request: Request) -> Bool {
    let prefix = "Bearer "
    guard let value = request.headers[.authorization], value.hasPrefix(prefix) else { return false }
    return Secret(String(value.dropFirst(prefix.count))) == token
  }

  private static let noToken = Refusal(
    401,
    "The control API wants its own bearer token, which was printed or given at the start.",
    code: "invalid_control_token"
  )

  fileprivate static func unknown(_ request: Request) -> Refusal {
    let path = request.uri.path.prefix(200)
    return Refusal(404, "The control API has no \(request.method) \(path).", code: "unknown_url")
  }

  private static func response(_ refusal: Refusal) -> Response {
    respond(refusal.status, refusal.body.json())
  }

  private static func response(_ status: Int, _ body: JSONBody) -> Response {
    respond(status, body.bytes)
  }

  private static func respond(_ status: Int, _ bytes: [UInt8]) -> Response {
    Response(
      status: HTTPResponse.Status(code: status),
      headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    )
  }
}

/// Says in the API's own way that there is no such path.
private struct UnknownControlPaths: RouterMiddleware {
  func handle(
    _ request: Request,
    context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      throw ControlAPI.unknown(request)
    }
  }
}
