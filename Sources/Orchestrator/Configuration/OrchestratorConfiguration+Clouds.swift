extension OrchestratorConfiguration.Custody {
  /// AWS Secrets Manager.
  package struct AWS: Codable, Sendable {
    package var region: String
    /// Its secret is `OrchestratorSecrets.awsSecretAccessKey`.
    package var accessKeyID: String
    /// Nil for AWS's own of the region.
    package var endpoint: String?
    /// What the names of the secrets begin with.
    package var folder = "keyproof"

    package init(region: String, accessKeyID: String, endpoint: String? = nil) {
      self.region = region
      self.accessKeyID = accessKeyID
      self.endpoint = endpoint
    }

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      self.init(
        region: try container.decode(String.self, forKey: .region),
        accessKeyID: try container.decode(String.self, forKey: .accessKeyID),
        endpoint: try container.decodeIfPresent(String.self, forKey: .endpoint)
      )
      try container.read(&folder, .folder)
    }

    var address: String { endpoint ?? "https://secretsmanager.\(region).amazonaws.com" }
  }

  /// A vault of Azure Key Vault.
  package struct AzureKeyVault: Codable, Sendable {
    /// `https://NAME.vault.azure.net`.
    package var address: String
    package var entraTenant: String
    /// Of the application; its secret is `OrchestratorSecrets.keyVaultClientSecret`.
    package var clientID: String
    package var authority = "https://login.microsoftonline.com"
    /// What the names of the secrets begin with.
    package var folder = "keyproof"

    package init(address: String, entraTenant: String, clientID: String) {
      self.address = address
      self.entraTenant = entraTenant
      self.clientID = clientID
    }

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      self.init(
        address: try container.decode(String.self, forKey: .address),
        entraTenant: try container.decode(String.self, forKey: .entraTenant),
        clientID: try container.decode(String.self, forKey: .clientID)
      )
      try container.read(&authority, .authority)
      try container.read(&folder, .folder)
    }
  }
}
