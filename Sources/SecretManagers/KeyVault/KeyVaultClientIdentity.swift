package import Secrets

/// An application that Entra gives tokens to, and that a mock vault lets in.
package struct KeyVaultClientIdentity: Sendable {
  package var name: String
  package var tenant: String
  package var clientID: String
  package var clientSecret: Secret

  package init(name: String, tenant: String, clientID: String, clientSecret: Secret) {
    self.name = name
    self.tenant = tenant
    self.clientID = clientID
    self.clientSecret = clientSecret
  }
}
