import Orchestrator
import Worlds

extension Vendor {
  /// Modelled on ogx-ai/ogx PR #5515 and open-webui #25113: the index is asked for everything, and
  /// what the asker may not read is thrown away afterwards. Nothing of it is shown, but each piece
  /// was ranked before, and the wait tells how many there were.
  package static let filtersAfterRanking = Vendor(
    name: "filters-after-ranking",
    kind: .rogue(breaks: ["department-isolation"]),
    summary: "Ranks hidden documents too before it drops them: they can be counted by a clock.",
    incident: "ogx-ai/ogx PR #5515, open-webui #25113",
    triedIn: ["leakage/other-words-in-hr.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.retriever = RankingRetriever(
        base: parts.retriever,
        hidden: HiddenChunks(setup, base: parts.retriever),
        clock: environment.surroundings.clock
      )
      return parts
    }
  }
}

private struct RankingRetriever: Retriever {
  let base: any Retriever
  let hidden: HiddenChunks
  let clock: any WorldClock

  func retrieve(_ request: RetrievalRequest) async throws -> [RetrievedChunk] {
    let dropped = try await hidden.found(for: request).count { $0.similarity > 0.2 }
    try await clock.sleep(for: .milliseconds(4 * dropped))
    return try await base.retrieve(request)
  }
}
