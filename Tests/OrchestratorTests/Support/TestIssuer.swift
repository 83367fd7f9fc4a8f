import Crypto
import CryptoExtras
import Foundation
import Wire

/// A token issuer with a key of its own.
struct TestIssuer: Sendable {
  enum Algorithm {
    case rs256
    case rs384
  }

  let kid: String
  let pem: String
  private let rs256: RS256.PrivateKey
  private let rs384: RS384Key

  /// Making RSA keys is slow: all tests share these.
  static let genuine = TestIssuer(kid: "genuine")
  static let forger = TestIssuer(kid: "genuine")
  static let stranger = TestIssuer(kid: "unpublished")

  private init(kid: String) {
    self.kid = kid
    do {
      let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
      pem = key.pemRepresentation
      rs256 = try RS256.PrivateKey(pem: pem)
      rs384 = RS384Key(key: key)
    } catch {
      preconditionFailure("no RSA key could be made: \(error)")
    }
  }

  func keySet(endorsements: [String]? = ["msteams"]) throws -> String {
    let published = try rs256.publicKey.published(as: kid, endorsements: endorsements)
    let json = try JSONEncoder().encode(OpenID.KeySet(keys: [published]))
    return String(decoding: json, as: UTF8.self)
  }

  func sign(_ claims: some Encodable, algorithm: Algorithm = .rs256) throws -> String {
    switch algorithm {
    case .rs256: try rs256.sign(claims, kid: kid)
    case .rs384: try rs384.sign(claims, kid: kid)
    }
  }
}

/// The right key with an algorithm that no issuer uses.
private struct RS384Key: TokenSigningKey {
  let key: _RSA.Signing.PrivateKey

  var algorithm: String { "RS384" }

  func signature(for signingInput: [UInt8]) throws -> [UInt8] {
    let digest = SHA384.hash(data: signingInput)
    return Array(try key.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation)
  }
}
