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
  /// Has taken up the salt, which costs more than the rest.
  private let salted: HMAC<SHA256>

  package init(salt: String) {
    salted = HMAC(key: SymmetricKey(data: Data(SHA256.hash(data: Data(salt.utf8)))))
  }

  package func fingerprint(of secret: Secret) -> Fingerprint {
    var code = salted
    secret.reveal { value in
      var value = value
      value.withUTF8 { code.update(data: UnsafeRawBufferPointer($0)) }
    }
    var text: [UInt8] = []
    for byte in code.finalize().prefix(6) {
      text.append(Self.digits[Int(byte >> 4)])
      text.append(Self.digits[Int(byte & 15)])
    }
    return Fingerprint(String(decoding: text, as: UTF8.self))
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
