import HTTPTypes
import NIOCore
import Secrets
import Wire
import Worlds

/// Calls to one Vault with a token that an AppRole login gives.
struct VaultSession: Sendable {
  enum Answer: Sendable {
    case success(Vault.Envelope)
    case empty
    /// What was asked for is not there, or no longer.
    case missing
  }

  private let endpoint: Endpoint
  private let namespace: String?
  private let calls: SecretManagerCalls
  private let token: LeasedToken

  /// - Throws: `ConfigurationFault.badURL`.
  init(
    _ settings: OrchestratorConfiguration.Custody.Vault,
    secretID: Secret,
    calls: SecretManagerCalls
  ) throws(ConfigurationFault) {
    let endpoint = try Endpoint(settings.address, setting: "custody.vault.address")
    let namespace = settings.namespace
    let login = Vault.AppRoleLogin(roleID: settings.roleID, secretID: secretID)
    let path = "/v1/auth/\(settings.loginMount)/login"
    self.endpoint = endpoint
    self.namespace = namespace
    self.calls = calls
    token = LeasedToken(clock: calls.clock) {
      var headers: HTTPFields = [.contentType: "application/json"]
      headers[Vault.namespaceHeader] = namespace
      let response = try await calls.collect {
        OutgoingRequest(
          head: endpoint.head(.post, path, headers: headers),
          body: ByteBuffer(bytes: login.json())
        )
      }
      return try Self.lease(response)
    }
  }

  private static func lease(_ response: CollectedResponse) throws -> LeasedToken.Lease {
    var response = response
    switch response.head.status.code {
    case 200:
      let given = response.readAndOverwrite { bytes in
        Vault.Envelope(json: bytes).flatMap { Vault.Authentication($0.auth) }
      }
      guard let given else { throw CustodyFailure.malformed }
      // A token without end is asked for anew all the same, so that a revoked role is noticed.
      let seconds = given.leaseDuration == 0 ? 3_600 : min(given.leaseDuration, 86_400)
      return LeasedToken.Lease(token: given.token, lifetime: .seconds(seconds))
    // A wrong secret id is answered with 400.
    case 400, 403: throw CustodyFailure.refused
    case 503: throw failure(of503: &response)
    default: throw CustodyFailure.unavailable
    }
  }

  /// - Throws: `CustodyFailure`, or what ends the task.
  func call(
    _ method: HTTPRequest.Method,
    _ path: String,
    body: [UInt8] = []
  ) async throws -> Answer {
    while true {
      let (token, isFresh) = try await token.value()
      var headers: HTTPFields = [:]
      if !body.isEmpty { headers[.contentType] = "application/json" }
      headers[Vault.namespaceHeader] = namespace
      token.reveal { headers[Vault.tokenHeader] = $0 }
      let head = endpoint.head(method, "/v1/" + path, headers: headers)
      var response = try await calls.collect {
        OutgoingRequest(head: head, body: ByteBuffer(bytes: body))
      }
      switch response.head.status.code {
      case 200:
        guard let envelope = response.readAndOverwrite(Vault.Envelope.init(json:)) else {
          throw CustodyFailure.malformed
        }
        return .success(envelope)
      case 204: return .empty
      case 404: return .missing
      case 403:
        self.token.discard(token)
        // The token may have been revoked before its time; a fresh one is at its limits.
        if isFresh { throw CustodyFailure.refused }
      case 503: throw Self.failure(of503: &response)
      case 429, 500...: throw CustodyFailure.unavailable
      default: throw CustodyFailure.refused
      }
    }
  }

  private static func failure(of503 response: inout CollectedResponse) -> CustodyFailure {
    let errors = response.readAndOverwrite { Vault.ErrorBody(json: $0)?.errors ?? [] }
    return errors.contains(Vault.sealedMessage) ? .sealed : .unavailable
  }
}
