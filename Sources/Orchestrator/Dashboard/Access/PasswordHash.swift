import Crypto
import CryptoExtras
import Foundation
import Secrets

/// A password as it is kept: salted, and slow to try. Written as
/// `scrypt$15$8$1$<salt>$<hash>`, so that a later version may ask more of new ones.
struct PasswordHash: Sendable, CustomStringConvertible {
  private static let blockSize = 8
  private static let length = 32

  private let cost: Int
  private let salt: Data
  private let hash: Data

  /// - Parameter cost: two to this power of rounds; 10 to 20.
  init(of password: Secret, cost: Int) throws {
    self.cost = min(max(cost, 10), 20)
    // From the system, not the world: a salt, as a token, must not follow from a seed.
    salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
    hash = try Self.derive(password, salt: salt, cost: self.cost)
  }

  /// Nil for a text that is none of this program's.
  init?(_ text: String) {
    let parts = text.split(separator: "$").map(String.init)
    guard parts.count == 6, parts[0] == "scrypt", let cost = Int(parts[1]),
      (10...20).contains(cost), parts[2] == "8", parts[3] == "1",
      let salt = Data(base64Encoded: parts[4]), let hash = Data(base64Encoded: parts[5]),
      hash.count == Self.length
    else { return nil }
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  var description: String {
    "scrypt$\(cost)$8$1$\(salt.base64EncodedString())$\(hash.base64EncodedString())"
  }

  /// Takes as long for a wrong password as for the right one.
  func matches(_ password: Secret) -> Bool {
    guard let derived = try? Self.derive(password, salt: salt, cost: cost) else { return false }
    var difference: UInt8 = 0
    for (left, right) in zip(derived, hash) { difference |= left ^ right }
    return difference == 0
  }

  private static func derive(_ password: Secret, salt: Data, cost: Int) throws -> Data {
    try password.reveal { text in
      try KDF.Scrypt.deriveKey(
        from: Data(text.utf8),
        salt: salt,
        outputByteCount: length,
        rounds: 1 << cost,
        blockSize: blockSize,
        parallelism: 1
      ).withUnsafeBytes { Data($0) }
    }
  }
}
