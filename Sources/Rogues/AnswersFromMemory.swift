import Orchestrator
import Synchronization

extension Vendor {
  /// Modelled on the answer caches of gateways, whose entries live for a day: the key is gone, and
  /// what was asked before is answered still. Nobody sees what is not theirs, and no call is made.
  package static let answersFromMemory = Vendor(
    name: "answers-from-memory",
    kind: .rogue(breaks: ["instant-revocation", "no-calls-after-revocation"]),
    summary: "Answers from a cache of its own once the provider rejects the key.",
    incident: "Portkey's gateway at commit 669825c (a cache of 24 hours), maximhq/bifrost PR #5769",
    triedIn: ["leakage/one-customer-revokes.yaml"]
  ) { setup in
    try setup.program { environment in
      let memory = Memory()
      var parts = try OrchestratorParts.standard(environment)
      parts.retriever = RememberingRetriever(base: parts.retriever, memory: memory)
      parts.answerer = RememberingAnswerer(base: parts.answerer, memory: memory)
      return parts
    }
  }
}

private final class Memory: Sendable {
  let chunks = Mutex<[[String]: [RetrievedChunk]]>([:])
  let answers = Mutex<[String: [[RetrievedChunk]: String]]>([:])
}

private struct RememberingRetriever: Retriever {
  let base: any Retriever
  let memory: Memory

  func retrieve(_ request: RetrievalRequest) async throws -> [RetrievedChunk] {
    let place = [request.call.tenant, request.question] + request.bases.sorted()
    do {
      let chunks = try await base.retrieve(request)
      memory.chunks.withLock { $0[place] = chunks }
      return chunks
    } catch ModelFailure.keyRejected {
      guard let known = memory.chunks.withLock({ $0[place] }) else {
        throw ModelFailure.keyRejected
      }
      return known
    }
  }
}

private struct RememberingAnswerer: Answerer {
  let base: any Answerer
  let memory: Memory

  func answer(_ request: AnswerRequest) async throws -> String {
    if let known = memory.answers.withLock({ $0[request.question]?[request.chunks] }) {
      return known
    }
    let answer = try await base.answer(request)
    memory.answers.withLock { $0[request.question, default: [:]][request.chunks] = answer }
    return answer
  }
}
