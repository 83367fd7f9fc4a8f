package import Secrets
package import Worlds

/// What an administrator may see of a customer's key.
package struct KeySummary: Hashable, Sendable {
  package enum State: String, Sendable {
    case active
    /// The provider answered that it does not take this key.
    case rejected
  }

  /// Rises with every key that is installed, and never falls.
  package var version: Int64
  package var lastFour: String
  package var fingerprint: Fingerprint
  package var destination: ModelDestination
  package var installedAt: Timestamp
  package var rejectedAt: Timestamp?

  package init(
    version: Int64,
    lastFour: String,
    fingerprint: Fingerprint,
    destination: ModelDestination = .openAI,
    installedAt: Timestamp,
    rejectedAt: Timestamp? = nil
  ) {
    self.version = version
    self.lastFour = lastFour
    self.fingerprint = fingerprint
    self.destination = destination
    self.installedAt = installedAt
    self.rejectedAt = rejectedAt
  }

  package var state: State { rejectedAt == nil ? .active : .rejected }
}

/// A key that was taken out of custody for one call, with the one place where it may go.
package struct OpenedKey: Sendable {
  package var credential: ModelCredential
  package var version: Int64

  package init(credential: ModelCredential, version: Int64) {
    self.credential = credential
    self.version = version
  }
}

/// Keeps the customers' provider keys, and gives one out for the moment of a call only.
package protocol KeyCustody: Sendable {
  /// Nil when the customer has no key installed.
  func summary(of tenant: String) throws -> KeySummary?

  /// Opens the customer's key. Nil when there is none.
  ///
  /// - Throws: `CustodyFailure` where the key is kept elsewhere and cannot be had.
  func open(for tenant: String) async throws -> OpenedKey?

  /// Puts a key and its destination live, in place of those before, at once and whole.
  func store(
    _ credential: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary

  /// Forgets the customer's key at once. False when there was none.
  func remove(for tenant: String) async throws -> Bool

  /// Notes whether the provider took this version of the key; of any other version it says nothing.
  ///
  /// - Parameter rejectedAt: nil when the provider took it.
  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws

  /// What the custody does by itself, until it is cancelled.
  func run() async
}

extension KeyCustody {
  package func run() async {}
}
