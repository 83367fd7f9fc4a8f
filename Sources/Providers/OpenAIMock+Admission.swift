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
    let presented = Self.bearer(request.headers[.authorization])
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
      let fault = audience == .inference ? state.takeFault() : nil
      return (sequence.next(), credential, check.standing(state.accounts), fault)
    }
    var observed = ObservedCall(
      order: order,
      host: host,
      method: String(request.method.rawValue.prefix(32)),
      endpoint: path,
      model: "",
      presented: presented,
      keyID: credential?.keyID,
      fingerprint: credential?.fingerprint,
      isGrace: credential?.isGrace ?? false,
      arrivedAt: now,
      authenticatedAt: now,
      endedAt: now,
      status: 0,
      outcome: .cutOff,
      promptTokens: 0,
      completionTokens: 0,
      streamed: false,
      prompt: "",
      upstreamDelay: .zero,
      requestBytes: Self.headBytes(request.head),
      struckByFault: false
    )
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

  private static func bearer(_ value: String?) -> Secret? {
    guard let value, value.utf8.count > 7, value.prefix(7).lowercased() == "bearer " else {
      return nil
    }
    let token = value.dropFirst(7).drop { $0 == " " }
    return token.isEmpty ? nil : Secret(String(token))
  }

  /// As HTTP/1.1 writes it, without the headers that carry credentials.
  private static func headBytes(_ head: HTTPRequest) -> Int {
    var bytes = head.method.rawValue.utf8.count + (head.path?.utf8.count ?? 0) + 14
    for field in head.headerFields where field.name != .authorization {
      bytes += field.name.rawName.utf8.count + field.value.utf8.count + 4
    }
    return bytes
  }

  /// Reads the body of a call, also of one that is going to be refused: what an unwelcome
  /// request would have told the provider is evidence.
  ///
  /// - Throws: `Refusal` for a body beyond the limit, or what the connection throws.
  func readBody(_ request: Request, _ call: OngoingCall) async throws -> [UInt8] {
    do {
      let body = try await request.body.collect(upTo: Self.bodyLimit)
      call.update { $0.requestBytes += body.readableBytes }
      return Array(body.readableBytesView)
    } catch is NIOTooManyBytesError {
      if case .administrator = call.standing {} else { try checkStanding(call) }
      throw Refusal.tooLarge(limit: Self.bodyLimit)
    }
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
    call.end(.refused) { observed in
      observed.requestID = requestID
      observed.status = refusal.status
      observed.errorCode = refusal.body.code
      observed.promptTokens = 0
      observed.completionTokens = 0
      observed.completionMarker = nil
    }
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

extension OpenAIMock.State {
  /// The fault for one call; a counted one is used up by it.
  fileprivate mutating func takeFault() -> ProviderFault? {
    guard case .failures(let count, let status) = fault else { return fault }
    fault = count > 1 ? .failures(count: count - 1, status: status) : nil
    return count > 0 ? .status(status) : nil
  }
}
