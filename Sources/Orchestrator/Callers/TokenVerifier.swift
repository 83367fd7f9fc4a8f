import Foundation
import Synchronization
import Wire
import Worlds

/// The claims that every caller's token has.
protocol CallerClaims: WorldClaims {
  var iss: String { get }
  var aud: TokenAudience { get }
}

extension BotFrameworkClaims: CallerClaims {}
extension GoogleChatClaims: CallerClaims {}

/// Checks the tokens of one issuer. A token that was found genuine is remembered by its bytes until
/// it expires, because verifying an RSA signature costs more than all else in a request.
final class TokenVerifier<Claims: CallerClaims & Hashable>: Sendable {
  struct Verified: Sendable {
    let claims: Claims
    /// What the signing key may vouch for.
    let endorsements: Set<String>
  }

  private let keys: IssuerKeys
  private let issuer: String
  private let audience: String
  /// Seconds by which clocks may differ.
  private let leeway: Int64
  private let clock: any WorldClock
  private let remembered = Mutex<[String: Verified]>([:])

  private static var longestToken: Int { 8_192 }
  private static var mostRemembered: Int { 1_000 }

  init(
    keys: IssuerKeys,
    issuer: String,
    audience: String,
    leeway: Int64,
    clock: any WorldClock
  ) {
    self.keys = keys
    self.issuer = issuer
    self.audience = audience
    self.leeway = leeway
    self.clock = clock
  }

  /// - Parameter authorization: the header's value.
  /// - Throws: `CallerRefusal`.
  func verify(authorization: String?) async throws -> Verified {
    let token = try Self.token(in: authorization)
    let now = clock.now.unixSeconds
    if let known = remembered.withLock({ $0[token] }) {
      guard known.claims.isValid(atUnixSeconds: now, leeway: leeway) else {
        throw CallerRefusal.unauthorized("expired")
      }
      return known
    }
    let verified = try await check(token, now: now)
    remembered.withLock { remembered in
      if remembered.count >= Self.mostRemembered {
        remembered = remembered.filter {
          $0.value.claims.isValid(atUnixSeconds: now, leeway: leeway)
        }
        if remembered.count >= Self.mostRemembered { remembered.removeAll() }
      }
      remembered[token] = verified
    }
    return verified
  }

  private func check(_ token: String, now: Int64) async throws -> Verified {
    let parsed: CompactToken
    let claims: Claims
    do {
      parsed = try CompactToken(token)
      claims = try parsed.claims()
    } catch {
      throw CallerRefusal.unauthorized("malformed token")
    }
    guard claims.iss == issuer else { throw CallerRefusal.unauthorized("issuer") }
    guard parsed.header.alg == RS256.name else { throw CallerRefusal.unauthorized("algorithm") }
    guard claims.aud.contains(audience) else { throw CallerRefusal.unauthorized("audience") }
    guard claims.isValid(atUnixSeconds: now, leeway: leeway) else {
      throw CallerRefusal.unauthorized("expired or not yet valid")
    }
    // Asked for last: the name of a key is a stranger's word, and may cost a call to the issuer.
    guard let id = parsed.header.kid, let key = try await keys.key(id) else {
      throw CallerRefusal.unauthorized("unknown key")
    }
    do {
      try parsed.verify(with: key.verifier)
    } catch {
      throw CallerRefusal.unauthorized("signature")
    }
    return Verified(claims: claims, endorsements: key.endorsements)
  }

  private static func token(in authorization: String?) throws -> String {
    guard let authorization, authorization.utf8.count <= longestToken else {
      throw CallerRefusal.unauthorized("no token")
    }
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else {
      throw CallerRefusal.unauthorized("no bearer token")
    }
    return String(parts[1])
  }
}
