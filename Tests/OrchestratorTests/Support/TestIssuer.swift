import CryptoExtras
import Foundation
import JWTKit
import Wire

/// A token issuer with a key of its own.
struct TestIssuer: Sendable {
  let kid: String
  private let key: JWTKit.Insecure.RSA.PrivateKey

  /// Making RSA keys is slow: all tests share these.
  static let genuine = TestIssuer(kid: "genuine")
  static let forger = TestIssuer(kid: "genuine")
  static let stranger = TestIssuer(kid: "unpublished")

  private init(kid: String) {
    self.kid = kid
    do {
      key = try JWTKit.Insecure.RSA.PrivateKey(backing: _RSA.Signing.PrivateKey(keySize: .bits2048))
    } catch {
      preconditionFailure("no RSA key could be made: \(error)")
    }
  }

  var pem: String { key.pemRepresentation }

  func keySet(endorsements: [String]? = ["msteams"]) throws -> String {
    let primitives = try key.publicKey.getKeyPrimitives()
    let published = OpenID.Key(
      kid: kid,
      n: Self.base64URL(primitives.modulus),
      e: Self.base64URL(primitives.publicExponent),
      endorsements: endorsements
    )
    let json = try JSONEncoder().encode(OpenID.KeySet(keys: [published]))
    return String(decoding: json, as: UTF8.self)
  }

  func sign(
    _ claims: some JWTPayload,
    algorithm: DigestAlgorithm = .sha256
  ) async throws -> String {
    var header = JWTHeader()
    header.kid = kid
    return try await JWTKeyCollection().add(rsa: key, digestAlgorithm: algorithm)
      .sign(claims, header: header)
  }

  private static func base64URL(_ data: Data) -> String {
    data.base64EncodedString().replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
  }
}
