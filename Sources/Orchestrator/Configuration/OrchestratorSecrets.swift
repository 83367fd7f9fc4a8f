package import Secrets

/// The vendor's own credentials towards the chat platforms and its secret manager. Never a
/// provider's key: there is none.
package struct OrchestratorSecrets: Sendable {
  /// The bot registration's client secret.
  package var teamsAppSecret: Secret?
  /// The Google service account's private key, as PEM.
  package var googleServiceAccountKeyPEM: Secret?
  /// The id under which Google knows that key.
  package var googleServiceAccountKeyID: String?
  /// Of the AppRole by which the program logs in to Vault.
  package var vaultSecretID: Secret?

  package init(
    teamsAppSecret: Secret? = nil,
    googleServiceAccountKeyPEM: Secret? = nil,
    googleServiceAccountKeyID: String? = nil,
    vaultSecretID: Secret? = nil
  ) {
    self.teamsAppSecret = teamsAppSecret
    self.googleServiceAccountKeyPEM = googleServiceAccountKeyPEM
    self.googleServiceAccountKeyID = googleServiceAccountKeyID
    self.vaultSecretID = vaultSecretID
  }
}
