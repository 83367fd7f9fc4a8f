import Hummingbird
package import Secrets
import Wire
package import Worlds

/// A mock of Entra's token endpoint for applications: it gives tokens to identities that know
/// their secret, publishes the key that they are signed with, and checks them by it.
package final class EntraIssuer: Sendable {
  package static let host = "login.microsoftonline.com"
  private static let keyID = "entra-mock-1"
  static let lifetime: Int64 = 3_599

  private let identities: [AzureIdentity]
  private let key: RS256.PrivateKey
  private let trusted: TrustedKeys
  private let keySet: OpenID.KeySet
  private let clock: any WorldClock

  /// Makes a key of 2048 bits, which takes some tenths of a second and cannot be seeded.
  package init(identities: [AzureIdentity], clock: any WorldClock) throws {
    self.identities = identities
    self.clock = clock
    key = try RS256.PrivateKey()
    keySet = OpenID.KeySet(keys: [try key.publicKey.published(as: Self.keyID)])
    // By what is published, as a stranger would.
    trusted = TrustedKeys(keySet)
  }

  /// Checks a token for `AzureOpenAIMock`.
  package func check(_ token: Secret, audiences: Set<String>) -> AzureTokenFinding {
    let claims: ConnectorClaims? = token.reveal { try? trusted.verify($0) }
    guard let claims,
      let identity = identities.first(where: {
        $0.clientID == claims.appid && $0.tenant == claims.tid
          && claims.iss == Self.issuer(of: $0.tenant)
      })
    else { return .invalid }
    guard claims.isValid(atUnixSeconds: clock.now.unixSeconds, leeway: 300) else {
      return .expired
    }
    return audiences.contains(where: claims.aud.contains) ? .good(identity) : .otherAudience
  }

  /// A token as the endpoint gives it.
  ///
  /// - Parameter audience: `https://cognitiveservices.azure.com` or
  ///   `https://management.azure.com`.
  package func token(of identity: AzureIdentity, audience: String) throws -> Secret {
    let now = clock.now.unixSeconds
    let claims = ConnectorClaims(
      iss: Self.issuer(of: identity.tenant),
      aud: TokenAudience(audience),
      nbf: NumericDate(seconds: now),
      exp: NumericDate(seconds: now + Self.lifetime),
      appid: identity.clientID,
      tid: identity.tenant
    )
    return Secret(try key.sign(claims, kid: Self.keyID))
  }

  package var responder: Responder {
    let router = Router(context: ServerContext.self)
    router.post("/:tenant/oauth2/v2.0/token") { request, context in
      try await self.grant(request, tenant: context.parameters.get("tenant") ?? "")
    }
    router.get("/:tenant/discovery/v2.0/keys") { _, _ in try Self.json(.ok, self.keySet) }
    router.get("/:tenant/v2.0/.well-known/openid-configuration") { _, context in
      let tenant = context.parameters.get("tenant") ?? ""
      return try Self.json(
        .ok,
        OpenID.Metadata(
          issuer: Self.issuer(of: tenant),
          keySetURL: "https://\(Self.host)/\(tenant)/discovery/v2.0/keys"
        )
      )
    }
    let built = router.buildResponder()
    return { request, context in
      guard !request.uri.path.hasEmptyParts else { return Response(status: .notFound) }
      return try await built.respond(to: request, context: context)
    }
  }

  func identity(_ clientID: String?, of tenant: String) -> AzureIdentity? {
    identities.first { $0.clientID == clientID && $0.tenant == tenant }
  }

  private static func issuer(of tenant: String) -> String {
    "https://sts.windows.net/\(tenant)/"
  }
}
