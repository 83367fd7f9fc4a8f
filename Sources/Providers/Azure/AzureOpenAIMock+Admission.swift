import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Synchronization
import Wire
import Worlds

/// From a request's arrival to the decision what it gets.
extension AzureOpenAIMock {
  static let bodyLimit = 1 << 20
  static let modelsAudience = "https://cognitiveservices.azure.com"

  /// Who calls, as it was when the credential was checked.
  struct Admission: Sendable {
    var resource: AzureResource
    var route: AzureRoute?
    var version: String?
    var standing: Result<InferenceCaller, AzureRefusal>
  }

  /// Checks the credential, answers, and sees to it that the call is reported, whatever happens.
  func serve(_ request: Request, at resource: AzureResource) async throws -> Response {
    let (call, admission) = await admit(request, to: resource)
    do {
      var response = try await answer(request, call, admission)
      add(admission, to: &response.headers, request)
      let requestID = response.headers[OpenAIHeader.requestID] ?? ""
      call.update { $0.requestID = requestID }
      return response
    } catch let refusal as AzureRefusal {
      return refuse(call, refusal, admission, request)
    } catch let refusal as Refusal {
      let isFault = call.observed.struckByFault
      return refuse(
        call,
        isFault ? .fault(refusal) : AzureRefusal(refusal),
        admission,
        request
      )
    } catch {
      call.end(.cutOff)
      throw error
    }
  }

  /// The moment of authentication: the call gets its order, and its standing is settled.
  private func admit(
    _ request: Request,
    to resource: AzureResource
  ) async -> (OngoingCall, Admission) {
    let route = AzureRoute(path: request.uri.path)
    let credential = AzureCredential(request.headers)
    let finding: AzureTokenFinding? =
      if case .bearer(let token) = credential, state.withLock({ $0.keys.record(of: token) }) == nil
      {
        await checkToken(token, [Self.modelsAudience, Self.modelsAudience + "/"])
      } else { nil }
    let now = clock.now
    let (order, keyID, standing, fault) = state.withLock { state in
      let record = credential.secret.flatMap { state.keys.record(of: $0) }
      let standing = Self.standing(
        credential,
        finding,
        record?.isTaken(at: now) == true ? record?.key : nil,
        at: resource,
        route
      )
      return (sequence.next(), record?.key.id, standing, state.takeFault())
    }
    var observed = ObservedCall(
      order: order,
      host: resource.host,
      method: String(request.method.rawValue.prefix(32)),
      endpoint: String(request.uri.path.prefix(200)),
      model: route?.deployment ?? "",
      presented: credential.secret,
      keyID: keyID,
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
    if case .success(let caller) = standing {
      observed.keyID = caller.keyID
      observed.projectID = caller.projectID
    }
    let call = OngoingCall(observed: observed, fault: fault, clock: clock, report: close)
    let version = request.uri.queryParameters["api-version"].map(String.init)
    return (
      call, Admission(resource: resource, route: route, version: version, standing: standing)
    )
  }

  /// - Parameter key: the presented value's, while it is taken.
  private static func standing(
    _ credential: AzureCredential,
    _ finding: AzureTokenFinding?,
    _ key: AzureKey?,
    at resource: AzureResource,
    _ route: AzureRoute?
  ) -> Result<InferenceCaller, AzureRefusal> {
    switch credential {
    case .none: return .failure(.wrongToken)
    case .bearer where key == nil || route?.isV1 != true:
      guard case .good(let identity)? = finding else { return .failure(.wrongToken) }
      guard identity.mayCallModels else {
        return .failure(.lacksRole(identity.clientID, route?.operation ?? .listModels))
      }
      return .success(InferenceCaller(keyID: "entra/\(identity.clientID)", resource))
    case .bearer, .key:
      guard let key, key.resource == resource.name else { return .failure(.wrongKey) }
      guard !resource.refusesKeys else { return .failure(.keysRefused) }
      return .success(InferenceCaller(keyID: key.id, resource))
    }
  }

  private func refuse(
    _ call: OngoingCall,
    _ refusal: AzureRefusal,
    _ admission: Admission,
    _ request: Request
  ) -> Response {
    var headers = Self.gatewayHeaders(inference.draws(for: call.observed).requestID)
    let requestID = headers[OpenAIHeader.requestID] ?? ""
    call.end(.refused) { observed in
      observed.requestID = requestID
      observed.status = refusal.status
      observed.errorCode = refusal.body.code
      observed.promptTokens = 0
      observed.completionTokens = 0
      observed.completionMarker = nil
    }
    for field in refusal.headers { headers[field.name] = field.value }
    headers[.contentType] = "application/json"
    add(admission, to: &headers, request)
    return Response(
      status: HTTPResponse.Status(code: refusal.status),
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: refusal.body.json()))
    )
  }

  /// As HTTP/1.1 writes it, without the headers that carry credentials.
  private static func headBytes(_ head: HTTPRequest) -> Int {
    var bytes = head.method.rawValue.utf8.count + (head.path?.utf8.count ?? 0) + 14
    for field in head.headerFields
    where field.name != .authorization && field.name != AzureHeader.apiKey {
      bytes += field.name.rawName.utf8.count + field.value.utf8.count + 4
    }
    return bytes
  }
}

extension InferenceCaller {
  fileprivate init(keyID: String, _ resource: AzureResource) {
    self.init(
      keyID: keyID,
      projectID: resource.name,
      organizationID: resource.subscription
    )
  }
}

extension AzureOpenAIMock.State {
  /// The fault for one call; a counted one is used up by it.
  fileprivate mutating func takeFault() -> ProviderFault? {
    guard case .failures(let count, let status) = fault else { return fault }
    fault = count > 1 ? .failures(count: count - 1, status: status) : nil
    return count > 0 ? .status(status) : nil
  }
}
