import Orchestrator
import Secrets
import Synchronization
import Wire
import Worlds

/// Vendors that do not do what a revocation asks of them.
extension Vendor {
  /// The words of yesterday for the question of today; while the key lives nothing shows.
  package static let answersFromStore = Vendor(
    name: "answers-from-store",
    kind: .rogue(breaks: ["instant-revocation", "no-calls-after-revocation"]),
    summary: "Answers a repeated question from its store once the provider rejects the key.",
    incident: "Portkey-AI/gateway's simple cache, whose entries outlive the key by a day",
    triedIn: ["revocation/same-questions-afterwards.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.retriever = IndulgentRetriever(base: parts.retriever)
      parts.answerer = StoringAnswerer(base: parts.answerer)
      return parts
    }
  }

  package static let probesByTheClock = Vendor(
    name: "probes-by-the-clock",
    kind: .rogue(breaks: ["no-calls-after-revocation"]),
    summary: "Tries a dead key every twenty seconds, whether or not anybody asks.",
    incident: "MervinPraison/PraisonAI #4488 (a client that is never rebuilt, and its checks)",
    triedIn: ["revocation/two-quiet-days.yaml"]
  ) { setup in
    try setup.probingDeadKeys(every: .seconds(20))
  }

  package static let refusesVaguely = Vendor(
    name: "refuses-vaguely",
    kind: .rogue(breaks: ["instant-revocation"]),
    summary: "Tells people of a dead key that something went wrong.",
    incident: "InsForge/InsForge #976 (a revoked key gives a generic 500)",
    triedIn: ["revocation/deletion-under-traffic.yaml"]
  ) { setup in
    try setup.program { customers, _, _ in
      RejectedKeyModel(base: customers) { throw ModelFailure.requestRefused(status: 500) }
    }
  }

  package static let waitsInSilence = Vendor(
    name: "waits-in-silence",
    kind: .rogue(breaks: ["instant-revocation"]),
    summary: "Waits five minutes for a dead key to come back before it tells anybody.",
    incident: "BasedHardware/omi #7291 (no notice of a dead key)",
    triedIn: ["revocation/deletion-under-traffic.yaml"]
  ) { setup in
    try setup.program { customers, _, environment in
      let clock = environment.surroundings.clock
      return RejectedKeyModel(base: customers) {
        try await clock.sleep(for: .minutes(5))
        throw ModelFailure.keyRejected
      }
    }
  }
}

/// The documents can wait: without a key there are none.
private struct IndulgentRetriever: Retriever {
  let base: any Retriever

  func retrieve(_ request: RetrievalRequest) async throws -> [RetrievedChunk] {
    do { return try await base.retrieve(request) } catch ModelFailure.keyRejected { return [] }
  }
}

private final class StoringAnswerer: Answerer {
  private let base: any Answerer
  private let answers = Mutex<[String: String]>([:])

  init(base: any Answerer) { self.base = base }

  func answer(_ request: AnswerRequest) async throws -> String {
    let name = request.call.conversation + "\n" + request.question
    do {
      let answer = try await base.answer(request)
      answers.withLock { $0[name] = answer }
      return answer
    } catch ModelFailure.keyRejected {
      guard let known = answers.withLock({ $0[name] }) else { throw ModelFailure.keyRejected }
      return known
    }
  }
}

private struct RejectedKeyModel: ModelVariant {
  let base: any LanguageModel
  let rejected: @Sendable () async throws -> Never

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    do { return try await base.embed(texts, for: call) } catch ModelFailure.keyRejected {
      try await rejected()
    }
  }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    do { return try await base.complete(messages, for: call) } catch ModelFailure.keyRejected {
      try await rejected()
    }
  }
}
