import Secrets
import Worlds

extension OrchestratorEnvironment {
  /// The custody that the configuration asks for.
  ///
  /// - Throws: `ConfigurationFault` where an address or a credential is missing.
  func configuredCustody() throws -> any KeyCustody {
    guard let manager = try secretManager() else {
      return SealedKeyCustody(storage: storage, sealer: sealer, fingerprinter: fingerprinter)
    }
    return ManagedKeyCustody(
      manager,
      storage: storage,
      fingerprinter: fingerprinter,
      clock: surroundings.clock,
      logger: surroundings.logger
    )
  }

  /// Nil where the program itself keeps the keys.
  private func secretManager() throws -> (any SecretManager)? {
    let custody = configuration.custody
    let calls = SecretManagerCalls(
      transport,
      clock: surroundings.clock,
      limit: .seconds(custody.answerSeconds)
    )
    switch custody.keeper {
    case .embedded: return nil
    case .vault:
      guard let settings = custody.vault else {
        throw ConfigurationFault.missingSetting("custody.vault")
      }
      guard let secretID = secrets.vaultSecretID else {
        throw ConfigurationFault.missingSecret("vaultSecretID")
      }
      return VaultKeyValueManager(
        settings,
        session: try VaultSession(settings, secretID: secretID, calls: calls)
      )
    case .aws:
      guard let settings = custody.aws else {
        throw ConfigurationFault.missingSetting("custody.aws")
      }
      guard let key = secrets.awsSecretAccessKey else {
        throw ConfigurationFault.missingSecret("awsSecretAccessKey")
      }
      return try AWSSecretsManagerKeeper(
        settings,
        secretAccessKey: key,
        sessionToken: secrets.awsSessionToken,
        calls: calls
      )
    case .azureKeyVault:
      guard let settings = custody.azureKeyVault else {
        throw ConfigurationFault.missingSetting("custody.azureKeyVault")
      }
      guard let secret = secrets.keyVaultClientSecret else {
        throw ConfigurationFault.missingSecret("keyVaultClientSecret")
      }
      return KeyVaultKeeper(
        settings,
        session: try KeyVaultSession(settings, clientSecret: secret, calls: calls)
      )
    }
  }
}
