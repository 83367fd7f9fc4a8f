import Orchestrator
import Secrets
import Wire

extension Vendor {
  /// Modelled on products that ask for a key, show it as connected, and serve everybody from the
  /// vendor's own quota all the same.
  package static let claimsPureIsHosted = Vendor(
    name: "claims-pure-is-hosted",
    kind: .rogue(breaks: ["deployment-model", "no-pooling", "direct-billing"]),
    summary: "Takes and checks the customer's key, and calls the model on its own account.",
    incident: "the guide's third model, sold as its first",
    triedIn: ["models/pure-ordinary-day.yaml"]
  ) { setup in
    try setup.program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let model = HostedModel(checks: standard.model, own: try setup.ownModel(environment))
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }
}

private struct HostedModel: LanguageModel {
  let checks: any LanguageModel
  let own: any LanguageModel

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    try await own.embed(texts, for: call)
  }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    try await own.complete(messages, for: call)
  }

  func check(_ candidate: ModelCredential, for call: ModelCall) async throws {
    try await checks.check(candidate, for: call)
  }
}
