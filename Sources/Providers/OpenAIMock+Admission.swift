import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Synchronization
import Wire
import Worlds

/// From a request's arrival to the decision what it gets.
extension OpenAIMock {
  static let bodyLimit = 1 << 20

  /// Checks the credential, lets `handle` answer, and sees to it that the call is reported,
  /// whatever happens.
  func serve(
    _ request: Request,
    as audience: Audience = .inference,
    _ handle: (Request, OngoingCall) async throws -> Response
  ) async throws -> Response {
    let call = admit(request, as: audience)
    do {
      let response = try await handle(request, call)
      call.update { $0.requestID = response.headers[OpenAIHeader.requestID] ?? "" }
      return response
    } catch let refusal as Refusal {
      return refuse(call, refusal)
    } catch {
      call.end(.cutOff)
      throw error
    }
  }

  /// The moment of authentication: the call gets its order, and its standing is settled.
  private func admit(_ request: Request, as audience: Audience) -> OngoingCall {
    let presented = Secret(bearer: request.headers[.authorization])
    let now = clock.now
    let path = String(request.uri.path.prefix(200))
    let (order, credential, standing, fault) = state.withLock { state in
      let credential = presented.flatMap { state.accounts.authenticate($0, at: now) }
      let check = AccessCheck(
        presented: presented,
        credential: credential,
        audience: audience,
        isRead: request.method == .get,
        path: path,
        headers: request.headers,
        missingScopeStatus: settings.missingScopeStatus
      )
      // What a story does to the model's endpoints leaves administration alone.
      let fault = audience == .inference ? state.fault.takeOne() : nil
      return (sequence.next(), credential, check.standing(state.accounts), fault)
    }
    var observed = ObservedCall(
      arriving: request,
      at: host,
      order: order,
      presented: presented,
      now: now
    )
    observed.keyID = credential?.keyID
    observed.fingerprint = credential?.fingerprint
    observed.isGrace = credential?.isGrace ?? false
    if case .project(let key, _, _) = credential { observed.account = key }
    if case .accepted(let key) = standing { observed.projectID = key.project.id }
    return OngoingCall(
      observed: observed,
      standing: standing,
      fault: fault,
      clock: clock,
      report: close
    )
  }

  /// - Throws: `Refusal` for a body beyond the limit, or what the connection throws.
  func readBody(_ request: Request, _ call: OngoingCall) async throws -> [UInt8] {
    if let body = try await call.body(of: request, upTo: Self.bodyLimit) { return body }
    if case .administrator = call.standing {} else { try checkStanding(call) }
    throw Refusal.tooLarge(limit: Self.bodyLimit)
  }

  /// - Throws: `Refusal` when a fault, or the credential, forbids the call.
  @discardableResult
  func checkStanding(_ call: OngoingCall) throws -> ProviderAccounts.Key {
    let observed = call.observed
    switch call.fault {
    case .status(let status, let retryAfter):
      call.update { $0.struckByFault = true }
      throw Refusal.fault(
        status,
        retryAfter: retryAfter,
        model: observed.model,
        organization: call.organization
      )
    case .redirect(let host):
      call.update { $0.struckByFault = true }
      throw Refusal.redirect(toHost: host, path: observed.endpoint)
    case .failures, .truncateStream, nil: break
    }
    switch call.standing {
    case .accepted(let key): return key
    case .administrator: throw Refusal.missingScope("model.request", status: 403)
    case .refused(let refusal): throw refusal
    }
  }

  /// - Throws: `Refusal` when the credential is not that of an administrator.
  func checkAdministrator(_ call: OngoingCall) throws -> ProviderAccounts.AdminKey {
    switch call.standing {
    case .administrator(let key): return key
    case .refused(let refusal): throw refusal
    case .accepted: throw Refusal.missingScope("api.management.read", status: 403)
    }
  }

  func unknownPath(_ request: Request) -> Refusal {
    let path = request.uri.path
    let method = String(request.method.rawValue.prefix(32))
    let known = ["/v1/chat/completions", "/v1/embeddings", "/v1/models", "/v1/responses"]
    return known.contains(path)
      ? .wrongMethod(method, path: path) : .unknownPath(method: method, path: path)
  }

  private func refuse(_ call: OngoingCall, _ refusal: Refusal) -> Response {
    let requestID = draws(for: call.observed).requestID
    call.refuse(status: refusal.status, errorCode: refusal.body.code, requestID: requestID)
    var headers = refusal.headers
    headers[OpenAIHeader.requestID] = requestID
    if refusal.isOfService, case .accepted(let key) = call.standing {
      headers[.contentType] = "application/json"
      headers[OpenAIHeader.organization] = key.project.organizationID
      headers[OpenAIHeader.project] = key.project.id
      let processing = clock.now - call.observed.arrivedAt
      headers[OpenAIHeader.processingMilliseconds] = String(processing.nanoseconds / 1_000_000)
      headers[OpenAIHeader.version] = Self.version
    } else {
      headers[.contentType] = "application/json; charset=utf-8"
      headers[.vary] = "Origin"
    }
    return Response(
      status: HTTPResponse.Status(code: refusal.status),
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: refusal.body.json()))
    )
  }
}

extension OngoingCall {
  fileprivate var organization: String? {
    guard case .accepted(let key) = standing else { return nil }
    return key.project.organizationID
  }
}
