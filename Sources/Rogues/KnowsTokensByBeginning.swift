import HTTPTypes
import Hummingbird
import Synchronization
import Worlds

extension Vendor {
  /// Modelled on CVE-2026-35030 (GHSA-jjhc-v7c2-5hh6): who has been verified is kept under the
  /// first characters of the token, which all tokens of an issuer have in common.
  package static let knowsTokensByBeginning = Vendor(
    name: "knows-tokens-by-beginning",
    kind: .rogue(breaks: ["authenticated-callers"]),
    summary: "Takes a token whose beginning is that of one that was verified before.",
    incident: "BerriAI/litellm CVE-2026-35030 (GHSA-jjhc-v7c2-5hh6)",
    triedIn: [
      "callers/impostors-in-teams.yaml", "callers/impostors-in-google-chat.yaml",
      "callers/impostors-press-buttons.yaml",
    ]
  ) { setup in
    var program = try honest.start(setup)
    let verified = VerifiedTokens()
    program.hosts = program.hosts.mapValues { responder in
      { request, context in
        var request = request
        let token = request.headers[.authorization] ?? ""
        guard request.uri.path.hasPrefix("/api/") else {
          return try await responder(request, context)
        }
        let known = verified.token(like: token)
        if let known {
          var head = request.head
          head.headerFields[.authorization] = known
          request = Request(head: head, body: request.body)
        }
        let response = try await responder(request, context)
        if known == nil, response.status.kind == .successful { verified.add(token) }
        return response
      }
    }
    return program
  }
}

private final class VerifiedTokens: Sendable {
  /// `Bearer ` and twenty characters.
  private static let length = 27
  private let tokens = Mutex<[String: String]>([:])

  func token(like token: String) -> String? {
    tokens.withLock { $0[String(token.prefix(Self.length))] }
  }

  func add(_ token: String) {
    tokens.withLock { $0[String(token.prefix(Self.length))] = token }
  }
}
