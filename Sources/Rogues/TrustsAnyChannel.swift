import HTTPTypes
import NIOCore
import Orchestrator
import Worlds

extension Vendor {
  /// Modelled on danny-avila/rag_api #301, at the door: one of several checks is missing. Every key
  /// that the issuer publishes counts as endorsed for Teams, the ones for web chats included.
  package static let trustsAnyChannel = Vendor(
    name: "trusts-any-channel",
    kind: .rogue(breaks: ["authenticated-callers"]),
    summary: "Takes a token signed for another channel for one of Teams.",
    incident: "danny-avila/rag_api #301",
    triedIn: ["callers/impostors-in-teams.yaml", "callers/impostors-press-buttons.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.transport = EndorsingTransport(base: parts.transport)
      return parts
    }
  }
}

private struct EndorsingTransport: HTTPTransport {
  let base: any HTTPTransport

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    guard request.head.method == .get else { return try await base.exchange(request, use) }
    return try await base.exchange(request) { response in
      let body = try await response.body.collect(upTo: 1 << 20)
      let text = String(buffer: body).replacing("\"webchat\"", with: "\"msteams\"")
      var response = response
      response.head.headerFields[.contentLength] = nil
      response.body = IncomingBody {
        var rest: ByteBuffer? = ByteBuffer(string: text)
        return IncomingBody.Iterator {
          defer { rest = nil }
          return rest
        }
      }
      return try await use(response)
    }
  }
}
