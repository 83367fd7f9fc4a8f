import Orchestrator
import Worlds

extension VendorSetup {
  /// The models as the vendor's own account pays for them.
  func ownModel(_ environment: OrchestratorEnvironment) throws -> OpenAILanguageModel {
    // On its own account whatever the customers' deployments say.
    var environment = environment
    environment.configuration.tenants = environment.configuration.tenants.map { tenant in
      var tenant = tenant
      tenant.deployment = .pure
      return tenant
    }
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
