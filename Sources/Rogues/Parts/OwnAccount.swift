import Orchestrator
import Wire
import Worlds

/// What a model is called for.
enum ModelUse: Sendable {
  case embedding([String])
  case completion([ChatMessage])
}

/// The customer's account, or the vendor's own where a rule says so of a call.
struct SwitchingModel: ModelVariant {
  let base: any LanguageModel
  let own: any LanguageModel
  let isForOwn: @Sendable (ModelUse, ModelCall) -> Bool

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    try await (isForOwn(.embedding(texts), call) ? own : base).embed(texts, for: call)
  }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    try await (isForOwn(.completion(messages), call) ? own : base).complete(messages, for: call)
  }
}

/// The customer's account, and the vendor's own where that fails in certain ways.
struct FallbackModel: ModelVariant {
  let base: any LanguageModel
  let own: any LanguageModel
  let fallsBack: @Sendable (ModelFailure) -> Bool

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    do {
      return try await base.embed(texts, for: call)
    } catch let failure as ModelFailure where fallsBack(failure) {
      return try await own.embed(texts, for: call)
    }
  }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    do {
      return try await base.complete(messages, for: call)
    } catch let failure as ModelFailure where fallsBack(failure) {
      return try await own.complete(messages, for: call)
    }
  }
}

extension VendorSetup {
  /// The product with another model, made of the customers' and of the vendor's own.
  func program(
    model:
      @escaping (
        _ customers: any LanguageModel, _ own: any LanguageModel, OrchestratorEnvironment
      ) throws -> any LanguageModel
  ) throws -> Program {
    try program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let own = try ownModel(environment)
      let model = try model(standard.model, own, environment)
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }

  /// The product with another custody before the one that is configured.
  func program(
    custody: @escaping (_ base: any KeyCustody, OrchestratorEnvironment) throws -> any KeyCustody
  ) throws -> Program {
    try program { environment in
      let base = try OrchestratorParts.standard(environment).custody
      return try .standard(environment, custody: try custody(base, environment))
    }
  }
}
