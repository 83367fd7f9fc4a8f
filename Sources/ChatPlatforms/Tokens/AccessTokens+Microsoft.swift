import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Synchronization
import Wire
import Worlds

extension AccessTokens {
  /// The form of a client-credentials grant.
  private struct ClientCredentials: Decodable {
    var grantType: String?
    var clientID: String?
    var clientSecret: String?
    var scope: String?

    enum CodingKeys: String, CodingKey {
      case grantType = "grant_type"
      case clientID = "client_id"
      case clientSecret = "client_secret"
      case scope
    }
  }

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
    guard case .whole(let body) = try await BoundedBody.read(request, upTo: 16 << 10) else {
      return refuse(.contentTooLarge, "invalid_request", 90_013, "The request is too large.")
    }
    guard
      let form = try? URLEncodedFormDecoder().decode(
        ClientCredentials.self,
        from: String(buffer: body)
      )
    else { return refuse(.badRequest, "invalid_request", 900_144, "The form cannot be read.") }
    guard tenant == Self.anyTenant || tenants.contains(tenant) else {
      return refuse(.badRequest, "invalid_request", 90_002, "Tenant not found.")
    }
    guard form.grantType == "client_credentials" else {
      return refuse(
        .badRequest,
        "unsupported_grant_type",
        70_003,
        "The app requested an unsupported grant type."
      )
    }
    guard form.clientID == bot.teamsAppID else {
      return refuse(
        .badRequest,
        "unauthorized_client",
        700_016,
        "Application was not found in the directory."
      )
    }
    guard let secret = form.clientSecret, Secret(secret) == bot.teamsAppSecret else {
      return refuse(.unauthorized, "invalid_client", 7_000_215, "Invalid client secret provided.")
    }
    guard let audience = Self.audiences[form.scope ?? ""] else {
      return refuse(.badRequest, "invalid_scope", 70_011, "The provided scope is not valid.")
    }
    return try grant(audience: audience, tenant: tenant)
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

  private func refuse(
    _ status: HTTPResponse.Status,
    _ error: String,
    _ code: Int,
    _ description: String
  ) -> Response {
    observe(.rejectedVendorCall(reason: "Entra token endpoint: \(error) (\(code))"))
    let body = OAuth.ErrorBody(
      error: error,
      errorDescription: "AADSTS\(code): \(description)",
      errorCodes: [code]
    )
    return (try? json.response(status, body)) ?? Response(status: status)
  }
}
