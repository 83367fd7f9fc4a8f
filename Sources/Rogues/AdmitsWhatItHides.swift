import Orchestrator
import Synchronization

extension Vendor {
  /// Modelled on open-webui PR #23452 and infiniflow/ragflow #15027: one answer where there is
  /// nothing, another where there is something that the asker may not see. Whoever asks for names
  /// and topics learns from the difference which files exist.
  package static let admitsWhatItHides = Vendor(
    name: "admits-what-it-hides",
    kind: .rogue(breaks: ["department-isolation"]),
    summary: "Says “you may not see this” where a document exists, else “nothing was found”.",
    incident: "open-webui PR #23452, infiniflow/ragflow #15027",
    triedIn: ["leakage/without-documents-of-hr.yaml", "leakage/other-words-in-hr.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      let refusals = Refusals()
      parts.retriever = AdmittingRetriever(
        base: parts.retriever,
        hidden: HiddenChunks(setup, base: parts.retriever),
        refusals: refusals
      )
      parts.answerer = AdmittingAnswerer(base: parts.answerer, refusals: refusals)
      return parts
    }
  }
}

/// By the exchange that they are for.
private final class Refusals: Sendable { let words = Mutex<[String: String]>([:]) }

private struct AdmittingRetriever: Retriever {
  let base: any Retriever
  let hidden: HiddenChunks
  let refusals: Refusals

  func retrieve(_ request: RetrievalRequest) async throws -> [RetrievedChunk] {
    let best = try await hidden.found(for: request).first?.similarity ?? 0
    let own = try await base.retrieve(request)
    if max(best, own.first?.similarity ?? 0) < 0.25 {
      refusals.words.withLock { $0[request.call.exchange] = "Nothing was found on this." }
    } else if best > own.first?.similarity ?? 0 {
      refusals.words.withLock { $0[request.call.exchange] = "You may not see all of it." }
    }
    return own
  }
}

private struct AdmittingAnswerer: Answerer {
  let base: any Answerer
  let refusals: Refusals

  func answer(_ request: AnswerRequest) async throws -> String {
    let answer = try await base.answer(request)
    let words = refusals.words.withLock { $0.removeValue(forKey: request.call.exchange) }
    return (words.map { $0 + "\n\n" } ?? "") + answer
  }
}
