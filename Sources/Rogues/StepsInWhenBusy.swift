import Orchestrator
import Secrets
import Wire

extension Vendor {
  /// Modelled on Continuum-AI-Corp/OrcaRouter-Lite #140: a hosted fallback absorbs what the
  /// customer's account does not take at once, under the same model's name and with no signal.
  package static let stepsInWhenBusy = Vendor(
    name: "steps-in-when-busy",
    kind: .rogue(breaks: ["direct-billing", "no-pooling"]),
    summary: "Makes the second try of a failed call on its own account.",
    incident: "Continuum-AI-Corp/OrcaRouter-Lite #140, kortix-ai/suna PR #3707",
    triedIn: ["billing/reconciliation-with-hiccups.yaml"]
  ) { setup in
    try setup.program { environment in
      let custody = try OrchestratorParts.standard(environment).custody
      let model = SteppingInModel(
        customers: try OpenAILanguageModel(
          environment,
          custody: custody,
          retries: RetryPolicy.none
        ),
        own: try setup.ownModel(environment)
      )
      return try .standard(environment, custody: custody, model: model)
    }
  }
}

private struct SteppingInModel: LanguageModel {
  let customers: any LanguageModel
  let own: any LanguageModel

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    do {
      return try await customers.embed(texts, for: call)
    } catch ModelFailure.unavailable {
      return try await own.embed(texts, for: call)
    }
  }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    do {
      return try await customers.complete(messages, for: call)
    } catch ModelFailure.unavailable {
      return try await own.complete(messages, for: call)
    }
  }

  func check(_ candidate: ModelCredential, for call: ModelCall) async throws {
    try await customers.check(candidate, for: call)
  }
}
