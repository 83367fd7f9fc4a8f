import Foundation
import HTTPTypes
import NIOCore
import Secrets
import Wire
import Worlds

/// Calls to one vault, with a token that Entra gives for what the vault's challenge names.
struct KeyVaultSession: Sendable {
  enum Answer: Sendable {
    case bundle(KeyVault.Bundle)
    case page(KeyVault.Page)
    case empty
    case missing
    case conflict
  }

  private let vault: Endpoint
  private let calls: SecretManagerCalls
  private let token: LeasedToken

  /// - Throws: `ConfigurationFault.badURL`.
  init(
    _ settings: OrchestratorConfiguration.Custody.AzureKeyVault,
    clientSecret: Secret,
    calls: SecretManagerCalls
  ) throws(ConfigurationFault) {
    let vault = try Endpoint(settings.address, setting: "custody.azureKeyVault.address")
    let authority = try Endpoint(settings.authority, setting: "custody.azureKeyVault.authority")
    let tenant = settings.entraTenant
    let clientID = settings.clientID
    self.vault = vault
    self.calls = calls
    token = LeasedToken(clock: calls.clock) {
      let resource = try await Self.resource(of: vault, calls)
      let scope = resource + "/.default"
      let form = clientSecret.reveal {
        "grant_type=client_credentials&client_id=\(clientID.percentEncoded)"
          + "&client_secret=\($0.percentEncoded)&scope=\(scope.percentEncoded)"
      }
      // At the authority that the operator set: a vault may name what its tokens are for, never
      // where this program's own secret is sent.
      let path = "/\(tenant.percentEncoded)/oauth2/v2.0/token"
      var response = try await calls.collect {
        OutgoingRequest(
          head: authority.head(
            .post,
            path,
            headers: [.contentType: "application/x-www-form-urlencoded"]
          ),
          body: ByteBuffer(string: form)
        )
      }
      let status = response.head.status.code
      guard status == 200 else {
        throw (400..<500).contains(status) && status != 429
          ? CustodyFailure.refused : CustodyFailure.unavailable
      }
      let given = response.readAndOverwrite { bytes in
        try? JSONDecoder().decode(OAuth.TokenResponse.self, from: Data(bytes))
      }
      guard let given else { throw CustodyFailure.malformed }
      let seconds = min(max(given.expiresIn, 0), 86_400)
      return LeasedToken.Lease(token: given.accessToken, lifetime: .seconds(seconds))
    }
  }

  /// What tokens for the vault must be for. Taken from its challenge only where the vault's own
  /// host lies below it, as Azure's clients demand.
  private static func resource(
    of vault: Endpoint,
    _ calls: SecretManagerCalls
  ) async throws -> String {
    let response = try await calls.collect {
      OutgoingRequest(head: vault.head(.get, "/secrets/challenge" + version))
    }
    guard response.head.status == .unauthorized,
      let challenge = response.head.headerFields[.wwwAuthenticate]
        .flatMap({ KeyVault.Challenge($0) }),
      let resource = Endpoint(challenge.resource)
    else {
      throw response.head.status.code >= 500 ? CustodyFailure.unavailable : .refused
    }
    guard vault.authority.hasSuffix("." + resource.authority) else { throw CustodyFailure.refused }
    return challenge.resource
  }

  private static let version = "?api-version=\(KeyVault.apiVersion)"

  /// - Throws: `CustodyFailure`, or what ends the task.
  func call(
    _ method: HTTPRequest.Method,
    _ path: String,
    body: [UInt8] = []
  ) async throws -> Answer {
    try await call(method, path + Self.version, body: body) {
      KeyVault.Bundle(json: $0).map(Answer.bundle)
    }
  }

  /// All versions of a secret, none of them opened: page by page, each where the last one says.
  ///
  /// - Throws: as `call`.
  func versions(of name: String) async throws -> [KeyVault.Bundle] {
    var bundles: [KeyVault.Bundle] = []
    var next: String? = "/secrets/\(name)/versions" + Self.version
    while let path = next {
      let answer = try await call(.get, path, body: []) {
        KeyVault.Page(json: $0).map(Answer.page)
      }
      guard case .page(let page) = answer else { break }
      bundles += page.bundles
      // Nowhere else than at this vault, where the token belongs.
      next = page.next.flatMap { $0.hasPrefix(vault.url + "/") ? $0 : nil }
        .map { String($0.dropFirst(vault.url.utf8.count)) }
    }
    return bundles
  }

  private func call(
    _ method: HTTPRequest.Method,
    _ target: String,
    body: [UInt8],
    read: ([UInt8]) -> Answer?
  ) async throws -> Answer {
    while true {
      let (token, isFresh) = try await token.value()
      var headers: HTTPFields = [:]
      if !body.isEmpty { headers[.contentType] = "application/json" }
      token.reveal { headers[.authorization] = "Bearer " + $0 }
      let head = vault.head(method, target, headers: headers)
      var response = try await calls.collect {
        OutgoingRequest(head: head, body: ByteBuffer(bytes: body))
      }
      switch response.head.status.code {
      case 200:
        guard let answer = response.readAndOverwrite(read) else { throw CustodyFailure.malformed }
        return answer
      case 204: return .empty
      case 404: return .missing
      case 409: return .conflict
      case 401:
        self.token.discard(token)
        if isFresh { throw CustodyFailure.refused }
      case 403:
        let inner = response.readAndOverwrite { KeyVault.ErrorBody(json: $0)?.inner }
        throw inner == "SecretDisabled" ? CustodyFailure.sealed : CustodyFailure.refused
      case 429, 500...: throw CustodyFailure.unavailable
      default: throw CustodyFailure.refused
      }
    }
  }
}
