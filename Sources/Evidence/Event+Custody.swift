package import Secrets

extension Event {
  /// A request that a secret manager answered, from its own access log. The event's time is when
  /// it was answered.
  package struct SecretAccess: Sendable, Codable, Equatable {
    package enum Operation: String, Sendable, Codable, CaseIterable {
      case login
      case read
      case write
      case destroy
      case restore
      case list
      case encrypt
      case decrypt
      case rewrap
      case configure
      case status
    }

    /// The number of the request in the log, from 1.
    package var order: Int
    package var operation: Operation
    /// Path or name of the secret, as the manager knows it.
    package var secret: String
    /// The customer whose key it is; nil where it is none's.
    package var tenant: String?
    /// Who asked, as the manager knows them.
    package var principal: String?
    package var version: String?
    /// The key that was given out or taken in.
    package var key: Fingerprint?
    package var status: Int

    package var succeeded: Bool { (200..<300).contains(status) }

    package init(
      order: Int,
      operation: Operation,
      secret: String,
      tenant: String?,
      principal: String?,
      version: String? = nil,
      key: Fingerprint? = nil,
      status: Int
    ) {
      self.order = order
      self.operation = operation
      self.secret = secret
      self.tenant = tenant
      self.principal = principal
      self.version = version
      self.key = key
      self.status = status
    }
  }

  /// A customer's administrator put another key into the secret manager, past the vendor.
  package struct SecretChanged: Sendable, Codable, Equatable {
    package var tenant: String
    package var key: Fingerprint
    package var providerHost: String
    /// The last order number that a provider had given.
    package var afterOrder: Int

    package init(tenant: String, key: Fingerprint, providerHost: String, afterOrder: Int) {
      self.tenant = tenant
      self.key = key
      self.providerHost = providerHost
      self.afterOrder = afterOrder
    }
  }
}
