import Foundation
import HTTPTypes
import Hummingbird
import Secrets
import Synchronization
import Wire
import Worlds

/// The token endpoint that the challenge names.
extension KeyVaultMock {
  func serveTokens(_ request: Request) async throws -> Response {
    let answer: ManagerAnswer
    if request.method == .get, let found = discovery(request) {
      answer = found
    } else if let body = try await request.wholeBody(upTo: 16 << 10) {
      answer = grant(request.target.path, Self.form(body))
    } else {
      answer = Self.refusal(.contentTooLarge, "invalid_request", 90_013)
    }
    if let note = answer.note { log.record(note, status: answer.status.code) }
    return answer.response(contentType: "application/json; charset=utf-8")
  }

  /// Where a tenant's endpoints are, as clients of Entra ask before their first token. Entra has
  /// TLS: the addresses say so, whoever it is that ends it in front of this mock.
  private func discovery(_ request: Request) -> ManagerAnswer? {
    let parts = request.target.path.split(separator: "/").map(String.init)
    guard parts.count == 4, parts[1...] == ["v2.0", ".well-known", "openid-configuration"],
      clients.contains(where: { $0.tenant == parts[0] })
    else { return nil }
    let tenant = "https://\(request.head.authority ?? Self.authorityHost)/\(parts[0])"
    let body: JSONValue = [
      "issuer": .string("\(tenant)/v2.0"),
      "authorization_endpoint": .string("\(tenant)/oauth2/v2.0/authorize"),
      "token_endpoint": .string("\(tenant)/oauth2/v2.0/token"),
      "token_endpoint_auth_methods_supported": .array([.string("client_secret_post")]),
    ]
    return ManagerAnswer(.ok, body.json())
  }

  private func grant(_ path: String, _ form: [String: String]) -> ManagerAnswer {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count == 4, parts[1...] == ["oauth2", "v2.0", "token"] else {
      return Self.refusal(.notFound, "invalid_request", 900_144)
    }
    let note = AccessNote(.login, "entra")
    guard form["grant_type"] == "client_credentials" else {
      return Self.refusal(.badRequest, "unsupported_grant_type", 70_003, note)
    }
    let known = clients.firstIndex {
      $0.tenant == parts[0] && $0.clientID == form["client_id"]
        && $0.clientSecret == Secret(form["client_secret"] ?? "")
    }
    guard let known else {
      return Self.refusal(.unauthorized, "invalid_client", 7_000_215, note)
    }
    guard form["scope"] == resource + "/.default" else {
      return Self.refusal(.badRequest, "invalid_scope", 70_011, note)
    }
    let now = clock.now
    let token = state.withLock { state in
      state.grants += 1
      var generator = randomness.generator("token/\(state.grants)")
      let token = Secret("mock-entra-" + generator.alphanumerics(80))
      if state.tokens.count >= Self.mostTokens {
        state.tokens = state.tokens.filter { $0.value.expiresAt > now }
      }
      state.tokens[token] = (known, now + Self.tokenLifetime)
      return token
    }
    let answer: JSONValue = [
      "token_type": .string("Bearer"),
      "expires_in": .integer(Int(Self.tokenLifetime.components.seconds)),
      "access_token": .string(token.reveal { $0 }),
    ]
    return ManagerAnswer(
      .ok,
      answer.json(),
      note: AccessNote(.login, "entra", by: clients[known].name)
    )
  }

  private static func refusal(
    _ status: HTTPResponse.Status,
    _ error: String,
    _ code: Int,
    _ note: AccessNote? = nil
  ) -> ManagerAnswer {
    let body: JSONValue = [
      "error": .string(error), "error_description": .string("AADSTS\(code): refused."),
      "error_codes": .array([.integer(code)]),
    ]
    return ManagerAnswer(status, body.json(), note: note)
  }

  private static func form(_ body: [UInt8]) -> [String: String] {
    String(decoding: body, as: UTF8.self).split(separator: "&").reduce(into: [:]) { form, part in
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else { return }
      let value = sides[1].replacingOccurrences(of: "+", with: " ")
      form[String(sides[0])] = value.removingPercentEncoding ?? value
    }
  }
}
