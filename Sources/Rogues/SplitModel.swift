import Orchestrator
import Wire

/// Completions as one model makes them, embeddings as another does.
struct SplitModel: LanguageModel {
  let customers: any LanguageModel
  let own: any LanguageModel

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    try await own.embed(texts, for: call)
  }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    try await customers.complete(messages, for: call)
  }

  func check(_ candidate: ModelCredential, for call: ModelCall) async throws {
    try await customers.check(candidate, for: call)
  }
}
