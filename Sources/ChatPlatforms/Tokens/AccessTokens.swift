import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Wire
package import Worlds

/// The token endpoints of Microsoft Entra and Google, and the check of what they issued: the
/// connector, the Chat API and both directories ask here whether a bearer token is good.
package final class AccessTokens: Sendable {
  static let microsoftHost = "login.microsoftonline.com"
  static let googleHost = "oauth2.googleapis.com"
  /// The tenant of bots that are registered for all customers.
  static let anyTenant = "botframework.com"
  static let lifetime: Int64 = 3_599

  struct GoogleGrant: Sendable {
    var scopes: [String]
    var subject: String?
    var until: Int64
  }

  /// Why a token is not good; for reports, never with the token in it.
  struct Refusal: Error, Equatable {
    var reason: String
  }

  struct State: Sendable {
    /// What was verified once need not be verified again: by the token's bytes, until it ends.
    var microsoft = RecentEntries<String, ConnectorClaims>(bound: 512)
    var google = RecentEntries<String, GoogleGrant>(bound: 1_024)
    var issued = 0
  }

  let bot: ChatWorldDescription.Bot
  let tenants: [String]
  let keys: IssuerKeys
  let clock: any WorldClock
  let randomness: Randomness
  let observe: ChatObserver
  let json = JSONAnswers()
  let state = Mutex(State())

  package init(
    description: ChatWorldDescription,
    keys: IssuerKeys,
    clock: any WorldClock,
    randomness: Randomness,
    observe: @escaping ChatObserver
  ) {
    bot = description.bot
    tenants = description.tenants.map(\.teamsTenantID)
    self.keys = keys
    self.clock = clock
    self.randomness = randomness
    self.observe = observe
  }

  package var hosts: [String: Responder] {
    [Self.microsoftHost: microsoftResponder(), Self.googleHost: googleResponder()]
  }

  /// The claims behind a call with an Entra token that is good for `audience` now. Otherwise nil,
  /// and reported as a call to `service`.
  func microsoftClaims(
    of request: Request,
    audience: String,
    at service: String
  ) -> ConnectorClaims? {
    reported(at: service) { () throws(Refusal) in
      try microsoftClaims(request.bearerToken, audience: audience)
    }
  }

  /// The grant behind a call with a Google token that is good for `scope` now. Otherwise nil, and
  /// reported as a call to `service`.
  func googleGrant(of request: Request, scope: String, at service: String) -> GoogleGrant? {
    reported(at: service) { () throws(Refusal) in
      try googleGrant(request.bearerToken, scope: scope)
    }
  }

  private func reported<Value>(
    at service: String,
    _ check: () throws(Refusal) -> Value
  ) -> Value? {
    do {
      return try check()
    } catch {
      observe(.rejectedVendorCall(reason: "\(service): \(error.reason)"))
      return nil
    }
  }

  /// The claims of an Entra token that is good for `audience` now.
  ///
  /// - Throws: `Refusal`.
  private func microsoftClaims(
    _ token: String?,
    audience: String
  ) throws(Refusal) -> ConnectorClaims {
    guard let token else { throw Refusal(reason: "no bearer token") }
    let claims = try verifiedMicrosoftClaims(token)
    guard clock.now.unixSeconds < claims.exp.seconds else {
      throw Refusal(reason: "the token has expired")
    }
    guard claims.aud.contains(audience) else {
      throw Refusal(reason: "the token is for another audience")
    }
    guard claims.appid == bot.teamsAppID else {
      throw Refusal(reason: "the token belongs to another app")
    }
    return claims
  }

  private func verifiedMicrosoftClaims(
    _ token: String
  ) throws(Refusal) -> ConnectorClaims {
    if let known = state.withLock({ $0.microsoft[token] }) { return known }
    guard let claims = try? keys.microsoftAccess.verify(token, as: ConnectorClaims.self)
    else { throw Refusal(reason: "the token is not one of the issuer's") }
    state.withLock { $0.microsoft.insert(claims, for: token) }
    return claims
  }

  /// The grant behind a Google token that is good for `scope` now.
  ///
  /// A token that the service account signed for itself, with the scope in it, is taken as well.
  ///
  /// - Throws: `Refusal`.
  private func googleGrant(_ token: String?, scope: String) throws(Refusal) -> GoogleGrant {
    guard let token else { throw Refusal(reason: "no bearer token") }
    let grant = try knownGoogleGrant(token)
    guard clock.now.unixSeconds < grant.until else {
      throw Refusal(reason: "the token has expired")
    }
    guard grant.scopes.contains(scope) else {
      throw Refusal(reason: "the token lacks the scope")
    }
    return grant
  }

  private func knownGoogleGrant(_ token: String) throws(Refusal) -> GoogleGrant {
    if let known = state.withLock({ $0.google[token] }) { return known }
    let now = clock.now.unixSeconds
    guard
      let claims = try? keys.serviceAccount.verify(token, as: SelfSignedClaims.self),
      claims.iss == bot.googleServiceAccountEmail, claims.sub == claims.iss,
      claims.isValid(atUnixSeconds: now, leeway: 60)
    else { throw Refusal(reason: "the token is not one of the issuer's") }
    let grant = GoogleGrant(
      scopes: claims.scope.split(separator: " ").map(String.init),
      subject: nil,
      until: claims.exp.seconds
    )
    state.withLock { $0.google.insert(grant, for: token) }
    return grant
  }
}

/// A service account's own token, used as bearer without an exchange. It names no audience.
private struct SelfSignedClaims: WorldClaims {
  var iss: String
  var sub: String
  var scope: String
  var iat: NumericDate
  var exp: NumericDate

  var nbf: NumericDate? { iat }
}
