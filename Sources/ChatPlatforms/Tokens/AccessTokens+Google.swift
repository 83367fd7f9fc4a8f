import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Synchronization
import Wire
import Worlds

extension AccessTokens {
  /// The form of a grant by a signed assertion.
  private struct AssertionForm: Decodable {
    var grantType: String?
    var assertion: String?

    enum CodingKeys: String, CodingKey {
      case grantType = "grant_type"
      case assertion
    }
  }

  private static let assertionGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
  private static let timeframe = """
    Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. \
    Check your iat and exp values in the JWT claim.
    """

  func googleResponder() -> Responder {
    let router = Router(context: ServerContext.self)
    router.post("/token") { request, _ in try await self.googleToken(request) }
    return router.answering()
  }

  private func googleToken(_ request: Request) async throws -> Response {
    guard case .whole(let body) = try await BoundedBody.read(request, upTo: 16 << 10) else {
      return refuse(.contentTooLarge, "invalid_request", "The request is too large.")
    }
    guard
      let form = try? URLEncodedFormDecoder().decode(
        AssertionForm.self,
        from: String(buffer: body)
      ),
      let assertion = form.assertion
    else { return refuse(.badRequest, "invalid_request", "Missing parameter: assertion") }
    guard form.grantType == Self.assertionGrant else {
      return refuse(.badRequest, "unsupported_grant_type", "Invalid grant_type")
    }
    guard
      let claims = try? keys.serviceAccount.verify(assertion, as: ServiceAccountClaims.self)
    else { return refuse(.badRequest, "invalid_grant", "Invalid JWT Signature.") }
    guard claims.iss == bot.googleServiceAccountEmail else {
      return refuse(.badRequest, "invalid_grant", "Invalid grant: account not found")
    }
    guard claims.aud.contains(ServiceAccountClaims.tokenAudience) else {
      return refuse(.badRequest, "invalid_grant", "Invalid JWT: wrong audience.")
    }
    let now = clock.now.unixSeconds
    let (span, overflow) = claims.exp.seconds.subtractingReportingOverflow(claims.iat.seconds)
    guard claims.isValid(atUnixSeconds: now, leeway: 60), !overflow, span <= 3_600 else {
      return refuse(.badRequest, "invalid_grant", Self.timeframe)
    }
    let scopes = claims.scope.split(separator: " ").map(String.init)
    guard !scopes.isEmpty else {
      return refuse(.badRequest, "invalid_scope", "Empty or missing scope not allowed.")
    }
    let token = state.withLock { state in
      state.issued += 1
      var generator = randomness.generator("chat/google-token/\(state.issued)")
      let token = "ya29.c." + generator.alphanumerics(96)
      state.google.insert(
        GoogleGrant(scopes: scopes, subject: claims.sub, until: now + Self.lifetime),
        for: token
      )
      return token
    }
    return try json.response(
      .ok,
      OAuth.TokenResponse(accessToken: Secret(token), expiresIn: Self.lifetime),
      headers: [.cacheControl: "no-store"]
    )
  }

  private func refuse(
    _ status: HTTPResponse.Status,
    _ error: String,
    _ description: String
  ) -> Response {
    observe(.rejectedVendorCall(reason: "Google token endpoint: \(error): \(description)"))
    let body = OAuth.ErrorBody(error: error, errorDescription: description)
    return (try? json.response(status, body)) ?? Response(status: status)
  }
}
