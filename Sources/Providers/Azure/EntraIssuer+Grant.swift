import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Wire
import Worlds

/// The grant of a token for an application's own secret.
extension EntraIssuer {
  private static let audiences = [
    "https://cognitiveservices.azure.com/.default": AzureOpenAIMock.modelsAudience,
    "https://ai.azure.com/.default": AzureOpenAIMock.modelsAudience,
    "https://management.azure.com/.default": "https://management.azure.com",
  ]

  func grant(_ request: Request, tenant: String) async throws -> Response {
    do {
      let form = try await Self.form(of: request)
      let identity = identity(form.clientID, of: tenant)
      let audience = try form.audience(
        secret: identity?.clientSecret,
        audiences: Self.audiences
      )
      guard let identity else { throw EntraGrant.Fault.unknownApplication }
      let token = try token(of: identity, audience: audience)
      let granted = OAuth.TokenResponse(accessToken: token, expiresIn: Self.lifetime)
      return try Self.json(.ok, granted)
    } catch let fault as EntraGrant.Fault {
      return try Self.json(.init(code: fault.status), fault.body)
    }
  }

  private static func form(of request: Request) async throws -> EntraGrant {
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: 16 << 10)
    } catch is NIOTooManyBytesError {
      throw EntraGrant.Fault.tooLarge
    }
    let form = try? URLEncodedFormDecoder().decode(EntraGrant.self, from: String(buffer: body))
    guard let form else { throw EntraGrant.Fault.unreadable }
    return form
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
