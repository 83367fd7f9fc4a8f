import Crypto
import CryptoExtras
import Foundation

/// RSA signatures with PKCS #1 v1.5 padding and SHA-256, as all the issuers make them that a bot
/// has to do with.
package enum RS256 {
  package static let name = "RS256"

  package struct PublicKey: TokenVerificationKey {
    private let key: _RSA.Signing.PublicKey

    /// Nil for numbers that are no base64url or no key of at least 2048 bits.
    package init?(modulus: String, exponent: String) {
      guard let modulus = Base64URL.bytes(of: modulus.utf8),
        let exponent = Base64URL.bytes(of: exponent.utf8),
        let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent)
      else { return nil }
      self.key = key
    }

    fileprivate init(_ key: _RSA.Signing.PublicKey) {
      self.key = key
    }

    package var algorithm: String { RS256.name }

    package func isValid(_ signature: [UInt8], for signingInput: ArraySlice<UInt8>) -> Bool {
      key.isValidSignature(
        _RSA.Signing.RSASignature(rawRepresentation: signature),
        for: SHA256.hash(data: signingInput),
        padding: .insecurePKCS1v1_5
      )
    }

    /// The key as an issuer publishes it.
    package func published(
      as kid: String,
      endorsements: [String]? = nil
    ) throws -> OpenID.Key {
      let numbers = try key.getKeyPrimitives()
      return OpenID.Key(
        kid: kid,
        n: Base64URL.text(of: numbers.modulus),
        e: Base64URL.text(of: numbers.publicExponent),
        endorsements: endorsements
      )
    }
  }

  /// To be kept for as long as it signs: what a key needs before its first signature costs as much
  /// as several signatures.
  package struct PrivateKey: TokenSigningKey {
    private let key: _RSA.Signing.PrivateKey
    package let publicKey: PublicKey

    /// A new key of 2048 bits.
    package init() throws {
      self.init(try _RSA.Signing.PrivateKey(keySize: .bits2048))
    }

    /// - Throws: for what is no RSA key of at least 2048 bits.
    package init(pem: String) throws {
      self.init(try _RSA.Signing.PrivateKey(pemRepresentation: pem))
    }

    private init(_ key: _RSA.Signing.PrivateKey) {
      self.key = key
      publicKey = PublicKey(key.publicKey)
    }

    /// The key itself: whoever takes it answers for it.
    package var pem: String { key.pemRepresentation }

    package var algorithm: String { RS256.name }

    package func signature(for signingInput: [UInt8]) throws -> [UInt8] {
      let digest = SHA256.hash(data: signingInput)
      return Array(try key.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation)
    }
  }
}
