import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Wire
import Worlds

/// The grant of a token for an application's own secret.
extension EntraIssuer {
  private struct Form: Decodable {
    var grantType: String?
    var clientID: String?
    var clientSecret: String?
    /// Names an audience, and everything that the application may do there.
    var scope: String?

    enum CodingKeys: String, CodingKey {
      case grantType = "grant_type"
      case clientID = "client_id"
      case clientSecret = "client_secret"
      case scope
    }
  }

  private static let audiences = [
    "https://cognitiveservices.azure.com/.default": AzureOpenAIMock.modelsAudience,
    "https://ai.azure.com/.default": AzureOpenAIMock.modelsAudience,
    "https://management.azure.com/.default": "https://management.azure.com",
  ]

  func grant(_ request: Request, tenant: String) async throws -> Response {
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: 16 << 10)
    } catch is NIOTooManyBytesError {
      return try Self.refuse(.contentTooLarge, "invalid_request", 90_013, "Invalid input.")
    }
    let decoder = URLEncodedFormDecoder()
    guard let form = try? decoder.decode(Form.self, from: String(buffer: body)) else {
      return try Self.refuse(
        .badRequest,
        "invalid_request",
        900_144,
        "The request body must contain the parameter 'grant_type'."
      )
    }
    guard form.grantType == "client_credentials" else {
      return try Self.refuse(
        .badRequest,
        "unsupported_grant_type",
        70_003,
        "The app requested an unsupported grant type."
      )
    }
    guard let identity = identity(form.clientID, of: tenant) else {
      return try Self.refuse(
        .badRequest,
        "unauthorized_client",
        700_016,
        "Application was not found in the directory."
      )
    }
    guard let secret = form.clientSecret, Secret(secret) == identity.clientSecret else {
      return try Self.refuse(
        .unauthorized,
        "invalid_client",
        7_000_215,
        "Invalid client secret provided."
      )
    }
    guard let audience = Self.audiences[form.scope ?? ""] else {
      return try Self.refuse(
        .badRequest,
        "invalid_scope",
        70_011,
        "The provided scope is not valid."
      )
    }
    let token = try token(of: identity, audience: audience)
    return try Self.json(
      .ok,
      OAuth.TokenResponse(accessToken: token, expiresIn: Self.lifetime)
    )
  }

  private static func refuse(
    _ status: HTTPResponse.Status,
    _ error: String,
    _ code: Int,
    _ description: String
  ) throws -> Response {
    try json(
      status,
      OAuth.ErrorBody(
        error: error,
        errorDescription: "AADSTS\(code): \(description)",
        errorCodes: [code]
      )
    )
  }

  static func json(
    _ status: HTTPResponse.Status,
    _ value: some Encodable
  ) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Response(
      status: status,
      headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value)))
    )
  }
}
