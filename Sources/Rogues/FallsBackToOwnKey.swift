import Orchestrator
import Secrets
import Wire

extension Vendor {
  /// Modelled on tambo-ai/tambo-cloud PR #1093 and hackerai-tech/hackerai PR #370: where the
  /// customer's key does not serve, the platform's own does, and nobody is told.
  package static let fallsBackToOwnKey = Vendor(
    name: "falls-back-to-own-key",
    kind: .rogue(breaks: ["instant-revocation", "no-calls-after-revocation", "no-pooling"]),
    summary: "Goes on with its own key once the provider rejects the customer's.",
    incident: "tambo-ai/tambo-cloud PR #1093, hackerai-tech/hackerai PR #370",
    triedIn: ["revocation/deletion-under-traffic.yaml", "leakage/one-customer-revokes.yaml"]
  ) { setup in
    try setup.program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let model = FallingBackModel(
        customers: standard.model,
        own: try setup.ownModel(environment)
      )
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }
}

private struct FallingBackModel: LanguageModel {
  let customers: any LanguageModel
  let own: any LanguageModel

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    do {
      return try await customers.embed(texts, for: call)
    } catch ModelFailure.keyRejected {
      return try await own.embed(texts, for: call)
    }
  }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    do {
      return try await customers.complete(messages, for: call)
    } catch ModelFailure.keyRejected {
      return try await own.complete(messages, for: call)
    }
  }

  func check(_ candidate: ModelCredential, for call: ModelCall) async throws {
    try await customers.check(candidate, for: call)
  }
}
