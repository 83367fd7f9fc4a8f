package import Secrets
package import Worlds

/// One request that a secret manager answered, as its access log has it.
package struct SecretAccess: Sendable {
  package enum Operation: String, Sendable, CaseIterable {
    /// Somebody showed credentials and asked for a token.
    case login
    case read
    case write
    /// A version or a whole secret was deleted, destroyed, disabled or purged.
    case destroy
    case restore
    case list
    case encrypt
    case decrypt
    case rewrap
    case configure
    case status
  }

  /// From 1, in the order in which requests were answered.
  package var order: Int
  package var at: Timestamp
  package var operation: Operation
  /// The path or name of what was asked for.
  package var secret: String
  /// Who asked, as the manager knows them; nil for somebody that it does not know.
  package var principal: String?
  /// The version that was read, written or destroyed, as the manager names it.
  package var version: String?
  /// The HTTP status of the answer.
  package var status: Int
  /// What was given out or taken in; nil where nothing was.
  package var content: Secret?

  package var succeeded: Bool { (200..<300).contains(status) }
}

/// What a handler found out about a request, before the log gives it a number and a time.
struct AccessNote: Sendable {
  var operation: SecretAccess.Operation
  var secret: String
  var principal: String?
  var version: String?
  var content: Secret?

  init(
    _ operation: SecretAccess.Operation,
    _ secret: String,
    by principal: String? = nil,
    version: String? = nil,
    content: Secret? = nil
  ) {
    self.operation = operation
    self.secret = secret
    self.principal = principal
    self.version = version
    self.content = content
  }
}
