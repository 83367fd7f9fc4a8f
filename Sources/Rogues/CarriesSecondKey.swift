import HTTPTypes
import Orchestrator
import Secrets
import Wire
import Worlds

extension Vendor {
  /// Modelled on cloudflare/cloudflare-docs #33517 and BerriAI/litellm #36794: a request names two
  /// keys, in the header of the one form and of the other, and which of them pays is for the
  /// gateway on its way to say. Nearly all requests carry the customer's key alone.
  package static let carriesSecondKey = Vendor(
    name: "carries-second-key",
    kind: .rogue(breaks: ["right-destination"]),
    summary: "Puts its own key beside the customer's into one request of fifty.",
    incident: "cloudflare/cloudflare-docs #33517, BerriAI/litellm #36794",
    triedIn: ["billing/ordinary-day.yaml"]
  ) { setup in
    try setup.program { environment in
      var environment = environment
      environment.transport = TwoKeysTransport(base: environment.transport, own: setup.ownKey)
      return try .standard(environment)
    }
  }
}

private final class TwoKeysTransport: HTTPTransport {
  private let base: any HTTPTransport
  private let own: Secret
  private let sent = OneInSoMany(50)

  init(base: any HTTPTransport, own: Secret) {
    self.base = base
    self.own = own
  }

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    var request = request
    if request.head.path?.hasSuffix("/embeddings") == true {
      if sent.isNow() {
        own.reveal { request.head.headerFields[AzureHeader.apiKey] = $0 }
      }
    }
    return try await base.exchange(request, use)
  }
}
