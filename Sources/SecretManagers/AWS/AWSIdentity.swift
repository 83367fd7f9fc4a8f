package import Secrets

/// Somebody who may sign requests to a mock of AWS.
package struct AWSIdentity: Sendable {
  package var name: String
  package var accessKeyID: String
  package var secretAccessKey: Secret
  /// Nil for credentials that last.
  package var sessionToken: Secret?
  /// Secrets below it are open to this identity, and no others.
  package var prefix: String

  package init(
    name: String,
    accessKeyID: String,
    secretAccessKey: Secret,
    sessionToken: Secret? = nil,
    prefix: String = ""
  ) {
    self.name = name
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
    self.prefix = prefix
  }
}
