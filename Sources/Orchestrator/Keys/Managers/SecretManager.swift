import Secrets
import Worlds

/// A place outside of this program that keeps customers' keys: one secret for each customer, with
/// versions.
protocol SecretManager: Sendable {
  /// Fetches the present version of a customer's key: one retrieval.
  ///
  /// - Returns: nil when the manager holds none.
  /// - Throws: `CustodyFailure`, or what ends the task.
  func read(_ tenant: String) async throws -> HeldKey?

  /// Makes a new version the present one.
  ///
  /// - Parameter mark: 32 hexadecimal digits, which no other write of this program has.
  /// - Returns: what the manager calls it.
  /// - Throws: as `read`.
  func write(
    _ credential: ModelCredential,
    for tenant: String,
    mark: String
  ) async throws -> String

  /// Looks for the version that a write has made whose answer was not heard, and opens none.
  ///
  /// - Parameter known: the version that was the present one before, as far as it is known.
  /// - Returns: nil when the write has not arrived.
  /// - Throws: as `read`.
  func version(
    writtenAs mark: String,
    after known: String?,
    of tenant: String
  ) async throws -> String?

  /// Puts the versions before this one out of use, as finally as the manager can, and opens none.
  ///
  /// - Parameter replaced: one of them, where it is known: times alone may not tell.
  /// - Throws: as `read`. That there are none is no failure.
  func destroyVersions(
    before version: String,
    replaced: String?,
    of tenant: String
  ) async throws

  /// Destroys all versions.
  ///
  /// - Throws: as `read`. That there is none is no failure.
  func erase(_ tenant: String) async throws
}

/// A key as a manager gave it out.
struct HeldKey: Sendable {
  var secret: Secret
  /// As `ModelDestination.storedText` has it; nil when whoever wrote the secret named none.
  var destination: String?
  var version: String
}

/// Why a key could not be had from where it is kept. Never a reason to use another.
package enum CustodyFailure: Error, Equatable, Sendable {
  /// No answer in time, or a failure of the manager's own.
  case unavailable
  /// It is there, but cannot open what it holds.
  case sealed
  /// It does not let this program in, or not at this secret.
  case refused
  /// What it holds is no key of this program's.
  case malformed
  /// The key that it holds was written for another destination than the installed one.
  case misplaced
}

/// What the members of a secret are called, in every manager that has members.
enum HeldKeyMember {
  static let key = "api_key"
  static let destination = "destination"
  /// Of a version, where the manager takes marks: of which write it is.
  static let mark = "write"
}
