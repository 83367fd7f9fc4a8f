import Crypto
import CryptoExtras
import Foundation
import JWTKit
import NIOCore
package import Secrets
import Wire

/// The keys that the platforms sign with, and the vendor's service account. Making them costs the
/// better part of a second, so they are made once and shared by many worlds. They cannot be
/// seeded: nothing but the bytes of tokens depends on them, and their names are fixed.
package struct IssuerKeys: Sendable {
  /// The names under which keys are published.
  enum KeyID {
    static let botFramework: JWKIdentifier = "bot-framework-1"
    /// Published by the Bot Framework, but endorsed for web chat alone.
    static let webChat: JWKIdentifier = "bot-framework-web-chat-1"
    static let googleChat: JWKIdentifier = "google-chat-1"
    /// A key of another Google service account: genuine, but not in Chat's set.
    static let otherGoogle: JWKIdentifier = "google-other-1"
    static let microsoftAccess: JWKIdentifier = "entra-1"
  }

  /// The name of the service account's key, for the `kid` of the vendor's assertions.
  package static let serviceAccountKeyID = "service-account-1"

  /// Signs as the issuers do.
  let genuine: JWTKeyCollection
  /// Signs under the same names with a key that nobody published.
  let forged: JWTKeyCollection
  /// Signs nothing, and says so: `alg` is `none`.
  let unsigned: JWTKeyCollection
  /// Signs and verifies access tokens of Entra. Clients take them as opaque, so a keyed hash does
  /// where Entra itself has an RSA signature.
  let microsoftAccess: JWTKeyCollection
  /// Verifies what the vendor's service account signs.
  let serviceAccount: JWTKeyCollection

  let botFrameworkKeySet: ByteBuffer
  let googleChatKeySet: ByteBuffer

  /// The private key of the vendor's service account as PEM, for the vendor's configuration.
  package let serviceAccountPrivateKey: Secret

  /// The keys themselves, from which every world makes collections of its own: those are actors,
  /// and an actor that two worlds share would carry one world's tasks to the other's thread.
  private let material: Material

  private struct Material: Sendable {
    var botFramework: JWTKit.Insecure.RSA.PrivateKey
    var google: JWTKit.Insecure.RSA.PrivateKey
    var other: JWTKit.Insecure.RSA.PrivateKey
    var stranger: JWTKit.Insecure.RSA.PrivateKey
    var account: JWTKit.Insecure.RSA.PrivateKey
    var accessTokens: SymmetricKey
  }

  package static func make() async throws -> IssuerKeys {
    try await IssuerKeys(
      Material(
        botFramework: newKey(),
        google: newKey(),
        other: newKey(),
        stranger: newKey(),
        account: newKey(),
        accessTokens: SymmetricKey(size: .bits256)
      )
    )
  }

  /// The same keys for another world.
  package func forAnotherWorld() async throws -> IssuerKeys {
    try await IssuerKeys(material)
  }

  private init(_ material: Material) async throws {
    self.material = material
    let names = [KeyID.botFramework, KeyID.webChat, KeyID.googleChat, KeyID.otherGoogle]
    genuine = JWTKeyCollection()
    for (name, key) in zip(
      names,
      [material.botFramework, material.other, material.google, material.other]
    ) {
      await genuine.add(rsa: key, digestAlgorithm: .sha256, kid: name)
    }
    forged = JWTKeyCollection()
    unsigned = JWTKeyCollection()
    for name in names {
      await forged.add(rsa: material.stranger, digestAlgorithm: .sha256, kid: name)
      await unsigned.addUnsecuredNone(kid: name)
    }
    microsoftAccess = JWTKeyCollection()
    await microsoftAccess.add(
      hmac: HMACKey(key: material.accessTokens),
      digestAlgorithm: .sha256,
      kid: KeyID.microsoftAccess
    )
    serviceAccount = JWTKeyCollection()
    await serviceAccount.add(
      rsa: material.account.publicKey,
      digestAlgorithm: .sha256,
      kid: JWKIdentifier(string: Self.serviceAccountKeyID)
    )
    let json = JSONAnswers()
    botFrameworkKeySet = try json.bytes(
      OpenID.KeySet(keys: [
        Self.published(
          material.botFramework,
          as: KeyID.botFramework,
          endorsements: ["msteams", "skype"]
        ),
        Self.published(material.other, as: KeyID.webChat, endorsements: ["webchat"]),
      ])
    )
    googleChatKeySet = try json.bytes(
      OpenID.KeySet(keys: [
        Self.published(material.google, as: KeyID.googleChat, endorsements: nil)
      ])
    )
    serviceAccountPrivateKey = Secret(material.account.pemRepresentation)
  }

  private static func newKey() throws -> JWTKit.Insecure.RSA.PrivateKey {
    try JWTKit.Insecure.RSA.PrivateKey(backing: _RSA.Signing.PrivateKey(keySize: .bits2048))
  }

  private static func published(
    _ key: JWTKit.Insecure.RSA.PrivateKey,
    as name: JWKIdentifier,
    endorsements: [String]?
  ) throws -> OpenID.Key {
    let (modulus, exponent) = try key.publicKey.getKeyPrimitives()
    return OpenID.Key(
      kid: name.string,
      n: base64URL(modulus),
      e: base64URL(exponent),
      endorsements: endorsements
    )
  }

  private static func base64URL(_ data: Data) -> String {
    data.base64EncodedString()
      .replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
  }
}
