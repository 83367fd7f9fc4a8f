import Orchestrator
import Worlds

extension Vendor {
  /// Modelled on danny-avila/rag_api #301: a second way to the same documents lacks the check that
  /// the first one has. Here the second way is the one that is taken after an error.
  package static let dropsFilterOnRetry = Vendor(
    name: "drops-filter-on-retry",
    kind: .rogue(breaks: ["department-isolation"]),
    summary: "Searches all knowledge bases of the customer when the first try has failed.",
    incident: "danny-avila/rag_api #301",
    triedIn: ["leakage/second-try-after-an-error.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.retriever = HastyRetriever(
        base: parts.retriever,
        tenants: setup.configuration.tenants,
        clock: environment.surroundings.clock
      )
      return parts
    }
  }
}

private struct HastyRetriever: Retriever {
  let base: any Retriever
  let tenants: [OrchestratorConfiguration.Tenant]
  let clock: any WorldClock

  func retrieve(_ request: RetrievalRequest) async throws -> [RetrievedChunk] {
    var request = request
    while true {
      do {
        return try await base.retrieve(request)
      } catch ModelFailure.unavailable {
        try await clock.sleep(for: .seconds(2))
        guard clock.now < request.call.deadline else { throw ModelFailure.unavailable }
        request.bases = tenants.first { $0.id == request.call.tenant }?.bases ?? []
      }
    }
  }
}
