import Orchestrator
import Worlds

extension VendorSetup {
  /// The models as the vendor's own account pays for them.
  func ownModel(_ environment: OrchestratorEnvironment) throws -> OpenAILanguageModel {
    let custody = FixedKeyCustody(key: ownKey, fingerprinter: environment.fingerprinter)
    return try OpenAILanguageModel(environment, custody: custody)
  }

  /// The reference orchestrator with other parts.
  func program(
    _ parts: (OrchestratorEnvironment) throws -> OrchestratorParts
  ) throws -> Program {
    try Orchestrator(
      configuration: configuration,
      secrets: secrets,
      surroundings: surroundings,
      parts: parts
    ).program
  }
}
