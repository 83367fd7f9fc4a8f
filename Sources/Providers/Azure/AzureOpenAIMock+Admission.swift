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
      // What faults and limits of the behaviour say is the gateway's to say, and in its words.
      let isOfGateway = call.observed.struckByFault || refusal.status == 429
      return refuse(
        call,
        isOfGateway ? .fault(refusal) : AzureRefusal(refusal),
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
    let route = AzureRoute(path: request.uri.path, method: request.method)
    let credential = AzureCredential(request.headers)
    let finding: AzureTokenFinding? =
      if case .bearer(let token) = credential, !state.withLock({ $0.keys.knows(token) }) {
        await checkToken(token, [Self.modelsAudience, Self.modelsAudience + "/"])
      } else { nil }
    let now = clock.now
    let (order, known, standing, fault) = state.withLock { state in
      let known = credential.secret.flatMap { state.keys.authenticate($0, at: now) }
      let key = known?.isTaken == true ? known?.record.key : nil
      let standing = Self.standing(credential, finding, key, at: resource, route)
      return (sequence.next(), known, standing, state.fault.takeOne())
    }
    var observed = ObservedCall(
      arriving: request,
      at: resource.host,
      order: order,
      presented: credential.secret,
      now: now
    )
    observed.model = route?.deployment ?? ""
    observed.keyID = known?.record.key.id
    observed.isGrace = known?.isGrace ?? false
    observed.account = known.map { account(of: $0.record) }
    if case .success(let caller) = standing {
      observed.keyID = caller.keyID
      observed.projectID = caller.projectID
    }
    if case .good(let identity)? = finding {
      let account = account(of: identity, at: resource)
      observed.keyID = account.id
      observed.account = account
    }
    observed.fingerprint = observed.account?.fingerprint
    let call = OngoingCall(observed: observed, fault: fault, clock: clock, report: close)
    let version = request.uri.queryParameters["api-version"].map(String.init)
    return (
      call, Admission(resource: resource, route: route, version: version, standing: standing)
    )
  }

  /// Whose row of the ledger a call is.
  private func account(of record: AzureKeyStore.Record) -> ProviderAccounts.Key {
    let name = record.key.resource
    return ProviderAccounts.Key(
      id: record.key.id,
      project: .init(
        id: name,
        organizationID: resources.first { $0.name == name }?.subscription ?? ""
      ),
      fingerprint: record.fingerprint,
      userID: ""
    )
  }

  /// An application's tokens are many; its row is known by its id.
  private func account(
    of identity: AzureIdentity,
    at resource: AzureResource
  ) -> ProviderAccounts.Key {
    ProviderAccounts.Key(
      id: "entra/\(identity.clientID)",
      project: .init(id: resource.name, organizationID: resource.subscription),
      fingerprint: fingerprinter.fingerprint(of: Secret(identity.clientID)),
      userID: identity.clientID
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
    call.refuse(status: refusal.status, errorCode: refusal.body.code, requestID: requestID)
    for field in refusal.headers { headers[field.name] = field.value }
    headers[.contentType] = "application/json"
    add(admission, to: &headers, request)
    return Response(
      status: HTTPResponse.Status(code: refusal.status),
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: refusal.body.json()))
    )
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
