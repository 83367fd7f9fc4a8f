package import Secrets

/// An application that Entra knows, and what it may do.
package struct AzureIdentity: Sendable, Hashable {
  package var tenant: String
  package var clientID: String
  package var clientSecret: Secret
  /// May call the models (role Cognitive Services OpenAI User).
  package var mayCallModels: Bool
  /// May list and regenerate keys (role Cognitive Services Contributor).
  package var mayManageKeys: Bool

  package init(
    tenant: String,
    clientID: String,
    clientSecret: Secret,
    mayCallModels: Bool = true,
    mayManageKeys: Bool = true
  ) {
    self.tenant = tenant
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.mayCallModels = mayCallModels
    self.mayManageKeys = mayManageKeys
  }
}

/// What a bearer token is good for.
package enum AzureTokenFinding: Sendable, Equatable {
  case good(AzureIdentity)
  /// Not signed by the issuer, or no token at all.
  case invalid
  case expired
  case otherAudience
}

/// Checks an Entra token for one of these audiences. The issuer's side of it is `EntraIssuer`.
package typealias AzureTokenCheck = @Sendable (Secret, Set<String>) async -> AzureTokenFinding
