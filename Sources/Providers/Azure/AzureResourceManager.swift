import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Synchronization
import Wire
import Worlds

/// The two operations of Azure's resource manager that concern keys:
///
///     POST /subscriptions/{subscription}/resourceGroups/{group}/providers
///          /Microsoft.CognitiveServices/accounts/{account}/listKeys
///     POST …/regenerateKey    {"keyName": "Key1"}
struct AzureResourceManager: Sendable {
  static let audiences: Set<String> = [
    "https://management.azure.com", "https://management.azure.com/",
    "https://management.core.windows.net/",
  ]

  let mock: AzureOpenAIMock

  var responder: Responder {
    { request, _ in
      do {
        return respond(200, try await answer(request).json(), request)
      } catch let refusal as AzureRefusal {
        return respond(refusal.status, refusal.body.json(), request)
      }
    }
  }

  private func answer(_ request: Request) async throws -> AzureKeyPair {
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: 1 << 14)
    } catch is NIOTooManyBytesError {
      throw AzureRefusal(413, code: "RequestEntityTooLarge", "The request is too large.")
    }
    guard let version = request.uri.queryParameters["api-version"] else {
      throw AzureRefusal.missingManagementVersion
    }
    guard let token = Secret(bearer: request.headers[.authorization]) else {
      throw AzureRefusal.noManagementToken
    }
    let identity = try await identity(token)
    let scope = try Scope(path: request.uri.path)
    guard mock.versions.management.contains(String(version)) else {
      throw AzureRefusal.unknownManagementVersion(
        String(version),
        known: mock.versions.management
      )
    }
    let resource = try find(scope)
    guard identity.mayManageKeys else {
      throw AzureRefusal.notAuthorized(
        identity.clientID,
        action: scope.operation,
        scope: scope.path
      )
    }
    guard request.method == .post else { throw AzureRefusal.wrongMethod }
    if scope.operation.lowercased() == "regeneratekey" {
      guard let wish = RegenerateKeyRequest(json: Array(body.readableBytesView)) else {
        throw AzureRefusal.wrongBody
      }
      guard let slot = wish.slot else { throw AzureRefusal.wrongKeyName(wish.keyName) }
      try mock.regenerate(slot, of: resource.name)
    }
    return AzureKeyPair(
      key1: try mock.key(.key1, of: resource.name).secret,
      key2: try mock.key(.key2, of: resource.name).secret
    )
  }

  private func identity(_ token: Secret) async throws(AzureRefusal) -> AzureIdentity {
    switch await mock.checkToken(token, Self.audiences) {
    case .good(let identity): return identity
    case .invalid: throw .wrongManagementToken
    case .expired: throw .endedManagementToken
    case .otherAudience: throw .otherAudience
    }
  }

  private func find(_ scope: Scope) throws(AzureRefusal) -> AzureResource {
    let subscription = mock.resources.filter { $0.subscription.isSame(as: scope.subscription) }
    guard !subscription.isEmpty else { throw .unknownSubscription(scope.subscription) }
    let group = subscription.filter { $0.resourceGroup.isSame(as: scope.group) }
    guard !group.isEmpty else { throw .unknownGroup(scope.group) }
    guard let resource = group.first(where: { $0.name.isSame(as: scope.account) }) else {
      throw .unknownAccount(scope.account, group: scope.group)
    }
    return resource
  }

  private func respond(_ status: Int, _ body: [UInt8], _ request: Request) -> Response {
    let number = mock.state.withLock { state in
      state.managementCalls += 1
      return state.managementCalls
    }
    let draws = CallDraws(mock.randomness.generator("management/\(number)"))
    var headers = AzureOpenAIMock.gatewayHeaders(draws.requestID)
    headers[.contentType] = "application/json; charset=utf-8"
    headers[.cacheControl] = "no-cache"
    if let id = request.headers[AzureHeader.clientRequestID], id.utf8.count <= 128 {
      headers[AzureHeader.clientRequestID] = id
    }
    return Response(
      status: HTTPResponse.Status(code: status),
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
    )
  }
}

/// What a path of the resource manager names. Its words are compared without regard to case.
private struct Scope {
  var subscription: String
  var group: String
  var account: String
  var operation: String
  /// Of the account.
  var path: String

  init(path: String) throws(AzureRefusal) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let frame = [
      1: "subscriptions", 3: "resourceGroups", 5: "providers",
      6: "Microsoft.CognitiveServices", 7: "accounts",
    ]
    guard parts.count == 10, frame.allSatisfy({ parts[$0.key].isSame(as: $0.value) }),
      ["listkeys", "regeneratekey"].contains(parts[9].lowercased())
    else { throw .unknownOperation }
    subscription = parts[2]
    group = parts[4]
    account = parts[8]
    operation = parts[9]
    self.path = parts[..<9].joined(separator: "/")
  }
}

extension String {
  fileprivate func isSame(as other: String) -> Bool { lowercased() == other.lowercased() }
}
