package import Secrets

/// The vendor's own credentials: towards the chat platforms and its secret manager, and where the
/// deployment model of a customer asks for it, towards the provider.
package struct OrchestratorSecrets: Sendable {
  /// The bot registration's client secret.
  package var teamsAppSecret: Secret?
  /// The Google service account's private key, as PEM.
  package var googleServiceAccountKeyPEM: Secret?
  /// The id under which Google knows that key.
  package var googleServiceAccountKeyID: String?
  /// Of the AppRole by which the program logs in to Vault.
  package var vaultSecretID: Secret?
  /// By which requests to AWS Secrets Manager are signed.
  package var awsSecretAccessKey: Secret?
  /// Of temporary credentials alone.
  package var awsSessionToken: Secret?
  /// Of the application that Entra gives tokens for Azure Key Vault.
  package var keyVaultClientSecret: Secret?
  /// Of the vendor's own account at OpenAI, for hybrid and hosted customers; else there is none.
  package var modelKey: Secret?

  package init(
    teamsAppSecret: Secret? = nil,
    googleServiceAccountKeyPEM: Secret? = nil,
    googleServiceAccountKeyID: String? = nil,
    vaultSecretID: Secret? = nil,
    awsSecretAccessKey: Secret? = nil,
    awsSessionToken: Secret? = nil,
    keyVaultClientSecret: Secret? = nil,
    modelKey: Secret? = nil
  ) {
    self.teamsAppSecret = teamsAppSecret
    self.googleServiceAccountKeyPEM = googleServiceAccountKeyPEM
    self.googleServiceAccountKeyID = googleServiceAccountKeyID
    self.vaultSecretID = vaultSecretID
    self.awsSecretAccessKey = awsSecretAccessKey
    self.awsSessionToken = awsSessionToken
    self.keyVaultClientSecret = keyVaultClientSecret
    self.modelKey = modelKey
  }
}
