import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Synchronization
import Wire
import Worlds

extension AccessTokens {
  /// Scopes of Entra name an audience and everything that the app was granted there.
  private static let audiences = [
    "https://api.botframework.com/.default": BotFramework.connectorAudience,
    "https://graph.microsoft.com/.default": MicrosoftGraph.audience,
  ]

  func microsoftResponder() -> Responder {
    let router = Router(context: ServerContext.self)
    router.post("/:tenant/oauth2/v2.0/token") { request, context in
      try await self.microsoftToken(request, tenant: context.parameters.decoded("tenant"))
    }
    return router.answering()
  }

  private func microsoftToken(_ request: Request, tenant: String) async throws -> Response {
    do {
      guard case .whole(let body) = try await BoundedBody.read(request, upTo: 16 << 10) else {
        throw EntraGrant.Fault.tooLarge
      }
      let form = try? URLEncodedFormDecoder().decode(EntraGrant.self, from: String(buffer: body))
      guard let form else { throw EntraGrant.Fault.unreadable }
      guard tenant == Self.anyTenant || tenants.contains(tenant) else {
        throw EntraGrant.Fault.unknownTenant
      }
      let audience = try form.audience(
        secret: form.clientID == bot.teamsAppID ? bot.teamsAppSecret : nil,
        audiences: Self.audiences
      )
      return try grant(audience: audience, tenant: tenant)
    } catch let fault as EntraGrant.Fault {
      return refuse(fault)
    }
  }

  private func grant(audience: String, tenant: String) throws -> Response {
    let now = clock.now.unixSeconds
    let claims = ConnectorClaims(
      iss: "https://sts.windows.net/\(tenant)/",
      aud: TokenAudience(audience),
      nbf: NumericDate(seconds: now),
      exp: NumericDate(seconds: now + Self.lifetime),
      appid: bot.teamsAppID,
      tid: tenant
    )
    let token = try keys.signAccess(claims)
    state.withLock { $0.microsoft.insert(claims, for: token) }
    return try json.response(
      .ok,
      OAuth.TokenResponse(accessToken: Secret(token), expiresIn: Self.lifetime),
      headers: [.cacheControl: "no-store"]
    )
  }

  private func refuse(_ fault: EntraGrant.Fault) -> Response {
    let reason = "Entra token endpoint: \(fault.error) (\(fault.code))"
    observe(.rejectedVendorCall(reason: reason))
    let status = HTTPResponse.Status(code: fault.status)
    return (try? json.response(status, fault.body)) ?? Response(status: status)
  }
}
