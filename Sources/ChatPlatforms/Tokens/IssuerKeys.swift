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

  package static func make() async throws -> IssuerKeys {
    let botFramework = try newKey()
    let google = try newKey()
    let other = try newKey()
    let stranger = try newKey()
    let account = try newKey()
    let names = [KeyID.botFramework, KeyID.webChat, KeyID.googleChat, KeyID.otherGoogle]

    let genuine = JWTKeyCollection()
    for (name, key) in zip(names, [botFramework, other, google, other]) {
      await genuine.add(rsa: key, digestAlgorithm: .sha256, kid: name)
    }
    let forged = JWTKeyCollection()
    let unsigned = JWTKeyCollection()
    for name in names {
      await forged.add(rsa: stranger, digestAlgorithm: .sha256, kid: name)
      await unsigned.addUnsecuredNone(kid: name)
    }
    let microsoftAccess = JWTKeyCollection()
    await microsoftAccess.add(
      hmac: HMACKey(key: SymmetricKey(size: .bits256)),
      digestAlgorithm: .sha256,
      kid: KeyID.microsoftAccess
    )
    let serviceAccount = JWTKeyCollection()
    await serviceAccount.add(
      rsa: account.publicKey,
      digestAlgorithm: .sha256,
      kid: JWKIdentifier(string: serviceAccountKeyID)
    )
    let json = JSONAnswers()
    return IssuerKeys(
      genuine: genuine,
      forged: forged,
      unsigned: unsigned,
      microsoftAccess: microsoftAccess,
      serviceAccount: serviceAccount,
      botFrameworkKeySet: try json.bytes(
        OpenID.KeySet(keys: [
          published(botFramework, as: KeyID.botFramework, endorsements: ["msteams", "skype"]),
          published(other, as: KeyID.webChat, endorsements: ["webchat"]),
        ])
      ),
      googleChatKeySet: try json.bytes(
        OpenID.KeySet(keys: [published(google, as: KeyID.googleChat, endorsements: nil)])
      ),
      serviceAccountPrivateKey: Secret(account.pemRepresentation)
    )
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
