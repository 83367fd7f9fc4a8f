import ScenarioFiles
import SecretManagers
import Worlds

extension StagedManager.Mock {
  /// Nil where the vendor keeps the keys itself.
  init?(
    _ cast: CustodyCast,
    world: any World,
    observe: @escaping @Sendable (SecretAccess) -> Void
  ) {
    let randomness = world.randomness.scoped("secret-manager")
    switch cast.manager {
    case .embedded: return nil
    case .vault:
      self = .vault(
        VaultMock(
          roles: [cast.vaultRole],
          clock: world.clock,
          randomness: randomness,
          observe: observe
        )
      )
    case .aws:
      self = .aws(
        AWSSecretsManagerMock(
          identities: [cast.awsIdentity],
          region: CustodyCast.awsRegion,
          clock: world.clock,
          randomness: randomness,
          observe: observe
        )
      )
    case .azureKeyVault:
      self = .keyVault(
        KeyVaultMock(
          host: CustodyCast.keyVaultHost,
          clients: [cast.keyVaultClient],
          clock: world.clock,
          randomness: randomness,
          observe: observe
        )
      )
    }
  }
}

/// The vendor's program, as each manager knows it.
extension CustodyCast {
  fileprivate var vaultRole: VaultRole {
    .keeper(
      name: Self.principal,
      roleID: roleID,
      secretID: secretID,
      folder: Self.folder
    )
  }

  fileprivate var awsIdentity: AWSIdentity {
    AWSIdentity(
      name: Self.principal,
      accessKeyID: roleID,
      secretAccessKey: secretID,
      prefix: Self.folder + "/"
    )
  }

  fileprivate var keyVaultClient: KeyVaultClientIdentity {
    KeyVaultClientIdentity(
      name: Self.principal,
      tenant: Self.entraTenant,
      clientID: roleID,
      clientSecret: secretID
    )
  }
}
