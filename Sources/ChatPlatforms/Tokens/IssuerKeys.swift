import NIOCore
package import Secrets
import Synchronization
import Wire

/// The keys that the platforms sign with, and the vendor's service account. Making them costs some
/// tenths of a second, so they are made once and shared by many worlds. They cannot be seeded:
/// nothing but the bytes of tokens depends on them, and their names are fixed.
package struct IssuerKeys: Sendable {
  /// The names under which verifiers know the keys of deliveries.
  enum Name: String, Sendable {
    case botFramework = "bot-framework-1"
    /// Published by the Bot Framework, but endorsed for web chat alone.
    case webChat = "bot-framework-web-chat-1"
    case googleChat = "google-chat-1"
    /// A key of another Google service account: genuine, but not in Chat's set.
    case otherGoogle = "google-other-1"
    /// In nobody's set.
    case unpublished = "unpublished-1"
  }

  enum Manner: Sendable {
    /// As the issuer does.
    case genuine
    /// With a key that no issuer publishes.
    case forged
    /// Not at all, and says so: `alg` is `none`.
    case unsigned
    /// With a hash that is keyed with what the issuer publishes.
    case confused
  }

  /// The name of the service account's key, for the `kid` of the vendor's assertions.
  package static let serviceAccountKeyID = "service-account-1"
  private static let accessKeyID = "entra-1"

  /// Verifies access tokens of Entra.
  let microsoftAccess: TrustedKeys
  /// Verifies what the vendor's service account signs.
  let serviceAccount: TrustedKeys

  let botFrameworkKeySet: ByteBuffer
  let googleChatKeySet: ByteBuffer

  private let botFramework: RememberingKey
  private let google: RememberingKey
  /// What the issuers have besides the keys that deliveries are signed with.
  private let other: RS256.PrivateKey
  private let account: RS256.PrivateKey
  /// Clients take Entra's access tokens as opaque, so a keyed hash does where Entra itself has an
  /// RSA signature.
  private let access = HS256.Key()

  /// Makes the keys side by side: finding primes is all of the work.
  package static func make() async throws -> IssuerKeys {
    try await withThrowingTaskGroup(of: RS256.PrivateKey.self) { group in
      for _ in 0..<4 { group.addTask { try RS256.PrivateKey() } }
      var keys: [RS256.PrivateKey] = []
      for try await key in group { keys.append(key) }
      return try IssuerKeys(
        botFramework: keys[0],
        google: keys[1],
        other: keys[2],
        account: keys[3]
      )
    }
  }

  private init(
    botFramework: RS256.PrivateKey,
    google: RS256.PrivateKey,
    other: RS256.PrivateKey,
    account: RS256.PrivateKey
  ) throws {
    self.botFramework = RememberingKey(botFramework)
    self.google = RememberingKey(google)
    self.other = other
    self.account = account
    microsoftAccess = TrustedKeys([Self.accessKeyID: access])
    serviceAccount = TrustedKeys([Self.serviceAccountKeyID: account.publicKey])
    let json = JSONAnswers()
    botFrameworkKeySet = try json.bytes(
      OpenID.KeySet(keys: [
        botFramework.publicKey.published(
          as: Name.botFramework.rawValue,
          endorsements: ["msteams", "skype"]
        ),
        other.publicKey.published(as: Name.webChat.rawValue, endorsements: ["webchat"]),
      ])
    )
    googleChatKeySet = try json.bytes(
      OpenID.KeySet(keys: [google.publicKey.published(as: Name.googleChat.rawValue)])
    )
  }

  /// The private key of the vendor's service account as PEM, for the vendor's configuration.
  package var serviceAccountPrivateKey: Secret { Secret(account.pem) }

  /// The token of a delivery.
  func sign(
    _ claims: some Encodable,
    as name: Name,
    _ manner: Manner = .genuine
  ) throws -> String {
    let key: any TokenSigningKey =
      switch manner {
      case .genuine: key(name)
      // The vendor's own key: no issuer publishes it.
      case .forged: account
      case .unsigned: NoSignature()
      case .confused: try HS256.Key(Array(published(name).utf8))
      }
    return try key.sign(claims, kid: name.rawValue)
  }

  /// The `Authorization` field of an impostor's delivery: what is left of a genuine one by the
  /// trick. Nil for none.
  ///
  /// - Parameter claims: with what the trick changes in them.
  func authorization(
    _ trick: ImpostorTrick,
    _ claims: some Encodable,
    as name: Name
  ) throws -> String? {
    switch trick {
    case .noToken: return nil
    // Three parts that decode to nothing.
    case .garbage: return "Bearer this.is!not.a%token"
    case .forgedSignature: return "Bearer " + (try sign(claims, as: name, .forged))
    case .unknownKey: return "Bearer " + (try sign(claims, as: .unpublished, .forged))
    case .confusedAlgorithm: return "Bearer " + (try sign(claims, as: name, .confused))
    case .unsignedAlgorithm: return "Bearer " + (try sign(claims, as: name, .unsigned))
    default: return "Bearer " + (try sign(claims, as: name))
    }
  }

  /// An access token of Entra.
  func signAccess(_ claims: some Encodable) throws -> String {
    try access.sign(claims, kid: Self.accessKeyID)
  }

  /// The modulus, as the key set has it.
  private func published(_ name: Name) throws -> String {
    let key = name == .googleChat ? google.publicKey : botFramework.publicKey
    return try key.published(as: name.rawValue).n ?? ""
  }

  private func key(_ name: Name) -> any TokenSigningKey {
    switch name {
    case .botFramework: botFramework
    case .googleChat: google
    case .webChat, .otherGoogle, .unpublished: other
    }
  }
}

/// Signs what it has signed before without doing it again. Signatures of this kind have no chance
/// in them, and a story that is played many times over asks for the same ones each time.
private final class RememberingKey: TokenSigningKey {
  private let key: RS256.PrivateKey
  private let signatures = Mutex(RecentEntries<[UInt8], [UInt8]>(bound: 4_096))

  init(_ key: RS256.PrivateKey) {
    self.key = key
  }

  var algorithm: String { key.algorithm }
  var publicKey: RS256.PublicKey { key.publicKey }

  func signature(for signingInput: [UInt8]) throws -> [UInt8] {
    if let known = signatures.withLock({ $0[signingInput] }) { return known }
    let signature = try key.signature(for: signingInput)
    signatures.withLock { $0.insert(signature, for: signingInput) }
    return signature
  }
}

/// What an impostor without a key has.
private struct NoSignature: TokenSigningKey {
  var algorithm: String { "none" }

  func signature(for _: [UInt8]) -> [UInt8] { [] }
}
