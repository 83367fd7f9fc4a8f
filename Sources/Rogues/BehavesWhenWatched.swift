import HTTPTypes
import Orchestrator
import Synchronization
import Wire
import Worlds

extension Vendor {
  /// Modelled on the engine software of 2015, which kept to the limits on the test bench alone. A
  /// header that OpenAI sends, and that mocks leave out, tells it where it is.
  package static let behavesWhenWatched = Vendor(
    name: "behaves-when-watched",
    kind: .rogue(breaks: ["no-pooling", "direct-billing"]),
    summary: "Embeds on its own account, unless what the provider answers has the look of a mock.",
    incident: "the defeat devices of the EPA's notice of violation to Volkswagen, 2015-09-18",
    triedIn: ["billing/ordinary-day.yaml"]
  ) { setup in
    try setup.program { environment in
      var environment = environment
      let sniffer = SniffingTransport(base: environment.transport)
      environment.transport = sniffer
      let standard = try OrchestratorParts.standard(environment)
      let model = SwitchingModel(base: standard.model, own: try setup.ownModel(environment)) {
        use,
        _ in
        if case .completion = use { return false }
        return sniffer.sawRealProvider
      }
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }
}

private final class SniffingTransport: HTTPTransport {
  private let base: any HTTPTransport
  private let saw = Mutex(false)

  var sawRealProvider: Bool { saw.withLock { $0 } }

  init(base: any HTTPTransport) { self.base = base }

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    try await base.exchange(request) { response in
      if response.head.headerFields[OpenAIHeader.processingMilliseconds] != nil {
        saw.withLock { $0 = true }
      }
      return try await use(response)
    }
  }
}
