import Crypto
import Foundation

/// A name for a key that tells nothing about it: the first 12 hexadecimal digits of an HMAC
/// under a salt. Equal keys have equal fingerprints under one salt, and unrelated ones under two.
package struct Fingerprint: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  package let description: String

  package init(_ text: String) {
    description = text
  }

  package static func < (left: Fingerprint, right: Fingerprint) -> Bool {
    left.description < right.description
  }

  package init(from decoder: any Decoder) throws {
    description = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Makes fingerprints under one salt: of a run, or of a vendor's installation.
package struct Fingerprinter: Sendable {
  private let salt: SymmetricKey

  package init(salt: String) {
    self.salt = SymmetricKey(data: Data(SHA256.hash(data: Data(salt.utf8))))
  }

  package func fingerprint(of secret: Secret) -> Fingerprint {
    let code = secret.reveal {
      HMAC<SHA256>.authenticationCode(for: Data($0.utf8), using: salt)
    }
    return Fingerprint(
      code.prefix(6).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    )
  }
}
