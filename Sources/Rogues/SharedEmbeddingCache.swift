import Orchestrator
import Synchronization
import Wire

extension Vendor {
  /// Modelled on the prompt-cache timing attacks of Gu et al. ("Auditing Prompt Caching in Language
  /// Model APIs", 2025) and on vllm-project/semantic-router #1448: a cache that all customers share
  /// hands out no text of another's, but answers sooner what another has asked before.
  package static let sharedEmbeddingCache = Vendor(
    name: "shared-embedding-cache",
    kind: .rogue(breaks: ["tenant-isolation"]),
    summary: "Keeps the vectors of questions for all customers: who asks second is served sooner.",
    incident: "Gu et al. 2025, vllm-project/semantic-router #1448",
    triedIn: ["leakage/other-words-at-acme.yaml"]
  ) { setup in
    try setup.program { environment in
      let model = CachingModel(base: try OrchestratorParts.standard(environment).model)
      return try .standard(environment, model: model)
    }
  }
}

private final class CachingModel: LanguageModel {
  private let base: any LanguageModel
  /// By the first words of a question: whoever asks much the same gets the same vector.
  private let vectors = Mutex<[Substring: [[Float]]]>([:])

  init(base: any LanguageModel) { self.base = base }

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    guard texts.count == 1, let beginning = texts.first?.prefix(24) else {
      return try await base.embed(texts, for: call)
    }
    if let known = vectors.withLock({ $0[beginning] }) { return known }
    let fresh = try await base.embed(texts, for: call)
    vectors.withLock { $0[beginning] = fresh }
    return fresh
  }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    try await base.complete(messages, for: call)
  }

  func complete(
    _ messages: [ChatMessage],
    for call: ModelCall,
    telling progress: @escaping @Sendable (String) -> Void
  ) async throws -> String {
    try await base.complete(messages, for: call, telling: progress)
  }

  func check(_ candidate: ModelCredential, for call: ModelCall) async throws {
    try await base.check(candidate, for: call)
  }
}
