import Crypto
import Foundation
import Secrets
import Wire
import Worlds

/// Keys that encrypt and never leave, with their versions.
struct VaultTransitStore: Sendable {
  enum Fault: Error, Equatable {
    case unknownKey
    case badBase64
    case noPrefix
    case badVersion
    case tooOld
    case notAuthentic
    case full

    /// As the server words it.
    var message: String {
      switch self {
      case .unknownKey: "encryption key not found"
      case .badBase64: "illegal base64 data at input byte 0"
      case .noPrefix: "invalid ciphertext: no prefix"
      case .badVersion: "invalid ciphertext: version is too new"
      case .tooOld: "ciphertext or signature version is disallowed by policy (too old)"
      case .notAuthentic: "cipher: message authentication failed"
      case .full: "storage is full"
      }
    }
  }

  struct Key: Sendable {
    /// The first has number 1.
    var versions: [SymmetricKey]
    var createdAt: [Timestamp]
    var oldestDecrypting = 1
  }

  static let mostKeys = 10_000
  static let mostVersions = 1_000

  private(set) var keys: [String: Key] = [:]
  private var nonces = 0

  /// Leaves a key of that name as it is.
  mutating func create(_ name: String, at now: Timestamp, randomness: Randomness) {
    guard keys[name] == nil, keys.count < Self.mostKeys else { return }
    keys[name] = Key(versions: [Self.material(name, 1, randomness)], createdAt: [now])
  }

  mutating func rotate(
    _ name: String,
    at now: Timestamp,
    randomness: Randomness
  ) throws(Fault) {
    guard let key = keys[name] else { throw .unknownKey }
    guard key.versions.count < Self.mostVersions else { throw .full }
    keys[name]?.versions.append(Self.material(name, key.versions.count + 1, randomness))
    keys[name]?.createdAt.append(now)
  }

  mutating func allowDecryption(from version: Int, of name: String) throws(Fault) {
    guard let key = keys[name] else { throw .unknownKey }
    guard (1...key.versions.count).contains(version) else { throw .badVersion }
    keys[name]?.oldestDecrypting = version
  }

  mutating func encrypt(
    _ plaintext: Data,
    under name: String,
    associatedData: Data,
    randomness: Randomness
  ) throws(Fault) -> Vault.Ciphertext {
    guard let key = keys[name], let newest = key.versions.last else { throw .unknownKey }
    nonces += 1
    var generator = randomness.generator("nonce/\(nonces)")
    let nonce = Data((0..<12).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
    guard let nonce = try? AES.GCM.Nonce(data: nonce),
      let box = try? AES.GCM.seal(
        plaintext,
        using: newest,
        nonce: nonce,
        authenticating: associatedData
      ), let combined = box.combined
    else { throw .notAuthentic }
    return Vault.Ciphertext(keyVersion: key.versions.count, bytes: combined)
  }

  func decrypt(
    _ text: String,
    under name: String,
    associatedData: Data
  ) throws(Fault) -> Data {
    guard let key = keys[name] else { throw .unknownKey }
    let ciphertext: Vault.Ciphertext
    do {
      ciphertext = try Vault.Ciphertext(text)
    } catch {
      switch error {
      case .noPrefix: throw .noPrefix
      case .badVersion: throw .badVersion
      case .badBase64: throw .badBase64
      }
    }
    guard ciphertext.keyVersion <= key.versions.count else { throw .badVersion }
    guard ciphertext.keyVersion >= key.oldestDecrypting else { throw .tooOld }
    guard let box = try? AES.GCM.SealedBox(combined: ciphertext.bytes),
      let plain = try? AES.GCM.open(
        box,
        using: key.versions[ciphertext.keyVersion - 1],
        authenticating: associatedData
      )
    else { throw .notAuthentic }
    return plain
  }

  private static func material(
    _ name: String,
    _ version: Int,
    _ randomness: Randomness
  ) -> SymmetricKey {
    var generator = randomness.generator("transit/\(name)/\(version)")
    return SymmetricKey(data: (0..<32).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
  }
}
