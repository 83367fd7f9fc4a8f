package import Crypto
package import Foundation

/// Seals secrets with AES-256-GCM under a master key, for storage.
package struct Sealer: Sendable {
  private let masterKey: SymmetricKey

  package init(masterKey: SymmetricKey) {
    self.masterKey = masterKey
  }

  /// - Parameter context: bound into the seal as associated data (whose secret, which version): a
  ///   sealed value copied to another row does not open there.
  package func seal(_ secret: Secret, context: String) throws -> Data {
    let box = try secret.reveal {
      try AES.GCM.seal(
        Data($0.utf8),
        using: masterKey,
        authenticating: Data(context.utf8)
      )
    }
    guard let combined = box.combined else { throw SealingError.unsupportedNonce }
    return combined
  }

  /// - Throws: `SealingError.broken` for a wrong master key, another context or changed bytes.
  package func open(_ sealed: Data, context: String) throws -> Secret {
    do {
      let plain = try AES.GCM.open(
        AES.GCM.SealedBox(combined: sealed),
        using: masterKey,
        authenticating: Data(context.utf8)
      )
      return Secret(String(decoding: plain, as: UTF8.self))
    } catch {
      throw SealingError.broken
    }
  }
}

package enum SealingError: Error {
  case broken
  case unsupportedNonce
}
