import Orchestrator
import Secrets
import Wire

extension Vendor {
  /// Modelled on mem0ai/mem0 #925 and logancyang/obsidian-copilot PR #78: embeddings run through
  /// the plain OpenAI client, on whatever key of OpenAI there is. The answers run on Azure, which
  /// is all that the customer sees.
  package static let embedsBesideAzure = Vendor(
    name: "embeds-beside-azure",
    kind: .rogue(breaks: ["azure-parity", "no-pooling", "direct-billing"]),
    summary: "Answers on the customer's Azure resource, and embeds on its own account at OpenAI.",
    incident: "mem0ai/mem0 #925, logancyang/obsidian-copilot PR #78",
    triedIn: ["azure/ordinary-day.yaml"]
  ) { setup in
    try setup.program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let model = HalfMovedModel(
        customers: standard.model,
        own: try setup.ownModel(environment),
        custody: standard.custody
      )
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }
}

private struct HalfMovedModel: LanguageModel {
  let customers: any LanguageModel
  let own: any LanguageModel
  let custody: any KeyCustody

  /// The client for embeddings knows one provider.
  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    guard case .azure? = try custody.summary(of: call.tenant)?.destination else {
      return try await customers.embed(texts, for: call)
    }
    return try await own.embed(texts, for: call)
  }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    try await customers.complete(messages, for: call)
  }

  func check(_ candidate: ModelCredential, for call: ModelCall) async throws {
    try await customers.check(candidate, for: call)
  }
}
