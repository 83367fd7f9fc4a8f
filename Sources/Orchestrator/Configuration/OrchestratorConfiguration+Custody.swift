extension OrchestratorConfiguration {
  /// Where customers' keys are kept. No secret in it: credentials stand in `OrchestratorSecrets`.
  package struct Custody: Codable, Sendable {
    package enum Keeper: String, Codable, Sendable, CaseIterable {
      /// The program's own database, sealed under the master key.
      case embedded
      case vault
      case aws
      case azureKeyVault = "azure-key-vault"
    }

    package var keeper = Keeper.embedded
    package var vault: Vault?
    package var aws: AWS?
    package var azureKeyVault: AzureKeyVault?
    /// How long a secret manager may take for one answer; beyond it people are refused.
    package var answerSeconds = 4

    package init() {}

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      try container.read(&keeper, .keeper)
      vault = try container.decodeIfPresent(Vault.self, forKey: .vault)
      aws = try container.decodeIfPresent(AWS.self, forKey: .aws)
      azureKeyVault = try container.decodeIfPresent(
        AzureKeyVault.self,
        forKey: .azureKeyVault
      )
      try container.read(&answerSeconds, .answerSeconds)
    }

    /// HashiCorp Vault or OpenBao.
    package struct Vault: Codable, Sendable {
      /// `https://vault.vendor.example:8200`.
      package var address: String
      /// Of the AppRole; its secret id is `OrchestratorSecrets.vaultSecretID`.
      package var roleID: String
      /// Where the AppRole method is mounted.
      package var loginMount = "approle"
      /// Of the key-value engine, version 2.
      package var mount = "secret"
      /// Below the mount: one secret for each customer.
      package var folder = "keyproof"
      package var namespace: String?

      package init(address: String, roleID: String) {
        self.address = address
        self.roleID = roleID
      }

      package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
          address: try container.decode(String.self, forKey: .address),
          roleID: try container.decode(String.self, forKey: .roleID)
        )
        try container.read(&loginMount, .loginMount)
        try container.read(&mount, .mount)
        try container.read(&folder, .folder)
        namespace = try container.decodeIfPresent(String.self, forKey: .namespace)
      }
    }
  }
}
