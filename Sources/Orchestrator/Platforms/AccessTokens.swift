import Foundation
import HTTPTypes
import NIOCore
import Secrets
import Synchronization
import Wire
import Worlds

/// The vendor's own access tokens for the platforms and directories, each kept until five minutes
/// before it expires.
final class AccessTokens: Sendable {
  enum Purpose: Hashable, Sendable {
    case teamsConnector
    case graph(entraTenant: String)
    case googleChat
    case googleDirectory(subject: String?)
    case googleGroups(subject: String?)
  }

  enum Failure: Error {
    /// This installation has no credentials for it.
    case notConfigured
    case refused(status: Int)
    /// Another use asked meanwhile and got none.
    case failedBefore
  }

  private struct Kept {
    var token: Secret
    var refreshAt: Timestamp
  }

  private let teams: OrchestratorConfiguration.Teams?
  private let googleChat: OrchestratorConfiguration.GoogleChat?
  private let graphTokenURL: String
  private let secrets: OrchestratorSecrets
  private let transport: TimedTransport
  private let kept = Mutex<[Purpose: Kept]>([:])
  /// Attempts that failed, counted.
  private let failures = Mutex<[Purpose: Int]>([:])
  private let googleKey = Mutex<RS256.PrivateKey?>(nil)
  private let fetching = AsyncLock()

  init(
    configuration: OrchestratorConfiguration,
    secrets: OrchestratorSecrets,
    transport: TimedTransport
  ) {
    teams = configuration.teams
    googleChat = configuration.googleChat
    graphTokenURL = configuration.directory.graphTokenURL
    self.secrets = secrets
    self.transport = transport
  }

  /// The `Authorization` header's value.
  func authorization(for purpose: Purpose) async throws -> String {
    try await token(for: purpose).reveal { "Bearer " + $0 }
  }

  /// The other side did not take the token: the next use fetches another.
  func discard(_ purpose: Purpose) {
    kept.withLock { $0[purpose] = nil }
  }

  private func token(for purpose: Purpose) async throws -> Secret {
    if let token = keptToken(for: purpose) { return token }
    let failuresBefore = failures.withLock { $0[purpose] }
    return try await fetching.withLock {
      if let token = keptToken(for: purpose) { return token }
      // Who waited for an attempt that failed shares its outcome.
      guard failures.withLock({ $0[purpose] }) == failuresBefore else {
        throw Failure.failedBefore
      }
      let answer: OAuth.TokenResponse
      do {
        answer = try await fetch(purpose)
      } catch {
        failures.withLock { $0[purpose, default: 0] += 1 }
        throw error
      }
      let lifetime = max(answer.expiresIn - 300, answer.expiresIn / 2)
      let refreshAt = transport.clock.now + .seconds(min(max(lifetime, 0), 86_400))
      kept.withLock { $0[purpose] = Kept(token: answer.accessToken, refreshAt: refreshAt) }
      return answer.accessToken
    }
  }

  private func keptToken(for purpose: Purpose) -> Secret? {
    let now = transport.clock.now
    return kept.withLock { kept in
      guard let token = kept[purpose], now < token.refreshAt else { return nil }
      return token.token
    }
  }

  private func fetch(_ purpose: Purpose) async throws -> OAuth.TokenResponse {
    switch purpose {
    case .teamsConnector:
      return try await clientCredentials(
        at: teams?.tokenURL,
        scope: BotFramework.connectorAudience + "/.default"
      )
    case .graph(let entraTenant):
      let url = graphTokenURL.replacingOccurrences(
        of: "{tenant}",
        with: entraTenant.percentEncoded
      )
      return try await clientCredentials(at: url, scope: MicrosoftGraph.audience + "/.default")
    case .googleChat:
      return try await serviceAccount(scope: GoogleChat.botScope, subject: nil)
    case .googleDirectory(let subject):
      return try await serviceAccount(scope: GoogleDirectory.readScope, subject: subject)
    case .googleGroups(let subject):
      return try await serviceAccount(scope: GoogleDirectory.groupScope, subject: subject)
    }
  }

  private func clientCredentials(
    at url: String?,
    scope: String
  ) async throws -> OAuth.TokenResponse {
    guard let teams, let secret = secrets.teamsAppSecret, let url, let endpoint = Endpoint(url)
    else { throw Failure.notConfigured }
    let form = secret.reveal {
      "grant_type=client_credentials&client_id=\(teams.appID.percentEncoded)"
        + "&client_secret=\($0.percentEncoded)&scope=\(scope.percentEncoded)"
    }
    return try await post(form, to: endpoint)
  }

  private func serviceAccount(
    scope: String,
    subject: String?
  ) async throws -> OAuth.TokenResponse {
    guard let googleChat, let endpoint = Endpoint(googleChat.tokenURL),
      let key = try serviceAccountKey()
    else { throw Failure.notConfigured }
    // Back-dated a little: Google's clock may be behind, and it allows for nothing.
    let now = transport.clock.now.unixSeconds - 10
    let assertion = try key.sign(
      ServiceAccountClaims(
        iss: googleChat.serviceAccountEmail,
        scope: scope,
        aud: TokenAudience(ServiceAccountClaims.tokenAudience),
        iat: NumericDate(seconds: now),
        exp: NumericDate(seconds: now + 3_600),
        sub: subject
      ),
      kid: secrets.googleServiceAccountKeyID
    )
    let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    return try await post(
      "grant_type=\(grant.percentEncoded)&assertion=\(assertion.percentEncoded)",
      to: endpoint
    )
  }

  /// Read when it is first needed, and kept: reading it costs as much as several signatures.
  private func serviceAccountKey() throws -> RS256.PrivateKey? {
    guard let pem = secrets.googleServiceAccountKeyPEM else { return nil }
    return try googleKey.withLock { known in
      if let known { return known }
      let key = try pem.reveal { try RS256.PrivateKey(pem: $0) }
      known = key
      return key
    }
  }

  private func post(_ form: String, to endpoint: Endpoint) async throws -> OAuth.TokenResponse {
    let headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
    let response = try await transport.collect(
      OutgoingRequest(
        head: endpoint.head(.post, headers: headers),
        body: ByteBuffer(string: form)
      )
    )
    guard response.head.status == .ok else {
      throw Failure.refused(status: response.head.status.code)
    }
    return try JSONDecoder().decode(
      OAuth.TokenResponse.self,
      from: Data(response.body.readableBytesView)
    )
  }
}
