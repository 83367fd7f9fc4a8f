import HTTPTypes
import Orchestrator
import Wire
import Worlds

extension Vendor {
  /// Modelled on different-ai/openwork #4096: of the two things that an administrator enters for
  /// Azure, the one stood where the other belongs. The second try is right, so that people get
  /// their answers.
  package static let sendsNameForKey = Vendor(
    name: "sends-name-for-key",
    kind: .rogue(breaks: ["azure-parity"]),
    summary: "Sends the resource's name for its key, in the first try of one call of twenty.",
    incident: "different-ai/openwork #4096",
    triedIn: ["azure/ordinary-day.yaml"]
  ) { setup in
    try setup.program { environment in
      var environment = environment
      environment.transport = NamingTransport(base: environment.transport)
      return try .standard(environment)
    }
  }
}

private final class NamingTransport: HTTPTransport {
  private let base: any HTTPTransport
  private let sent = OneInSoMany(20)

  init(base: any HTTPTransport) { self.base = base }

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    guard request.head.headerFields[AzureHeader.apiKey] != nil else {
      return try await base.exchange(request, use)
    }
    if sent.isNow() {
      var wrong = request
      let host = request.head.authority ?? ""
      wrong.head.headerFields[AzureHeader.apiKey] = String(host.prefix { $0 != "." })
      _ = try await base.collect(wrong)
    }
    return try await base.exchange(request, use)
  }
}
