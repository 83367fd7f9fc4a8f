package import Foundation
package import Secrets

/// The transit engine: encryption with keys that never leave the server.
extension Vault {
  /// The body of `POST {mount}/encrypt/{key}`.
  package struct Encryption: Sendable, Hashable {
    /// In base64, as everything that is encrypted.
    package var plaintext: Secret
    /// In base64: must be the same when it is decrypted.
    package var associatedData: String?

    package init(plaintext: Secret, associatedData: String? = nil) {
      self.plaintext = plaintext
      self.associatedData = associatedData
    }

    package init?(_ value: JSONValue) {
      guard let plaintext = value["plaintext"]?.text else { return nil }
      self.init(plaintext: Secret(plaintext), associatedData: value["associated_data"]?.text)
    }

    package func json() -> [UInt8] {
      plaintext.reveal { plaintext in
        var members = [JSONValue.Member("plaintext", .string(plaintext))]
        if let associatedData { members.append(.init("associated_data", .string(associatedData))) }
        return JSONValue.object(members).json()
      }
    }
  }

  /// The body of `POST {mount}/decrypt/{key}` and of `rewrap`.
  package struct Decryption: Sendable, Hashable {
    /// `vault:v1:` and base64.
    package var ciphertext: String
    package var associatedData: String?

    package init(ciphertext: String, associatedData: String? = nil) {
      self.ciphertext = ciphertext
      self.associatedData = associatedData
    }

    package init?(_ value: JSONValue) {
      guard let ciphertext = value["ciphertext"]?.text else { return nil }
      self.init(ciphertext: ciphertext, associatedData: value["associated_data"]?.text)
    }

    package func json() -> [UInt8] {
      var members = [JSONValue.Member("ciphertext", .string(ciphertext))]
      if let associatedData { members.append(.init("associated_data", .string(associatedData))) }
      return JSONValue.object(members).json()
    }
  }

  /// A ciphertext taken apart.
  package struct Ciphertext: Sendable, Hashable {
    package enum Fault: Error, Equatable {
      case noPrefix
      case badVersion
      case badBase64
    }

    package var keyVersion: Int
    package var bytes: Data

    package init(keyVersion: Int, bytes: Data) {
      self.keyVersion = keyVersion
      self.bytes = bytes
    }

    package init(_ text: String) throws(Fault) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0] == "vault" else { throw .noPrefix }
      guard parts[1].first == "v", let version = Int(parts[1].dropFirst()), version > 0 else {
        throw .badVersion
      }
      guard let bytes = Data(base64Encoded: String(parts[2])) else { throw .badBase64 }
      self.init(keyVersion: version, bytes: bytes)
    }

    package var text: String { "vault:v\(keyVersion):\(bytes.base64EncodedString())" }
  }
}
