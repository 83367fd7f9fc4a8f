import Crypto
package import Foundation

/// The Ed25519 key that reports are signed with, in a PEM file (PKCS #8) that only its owner reads.
package struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  package init() {
    key = Curve25519.Signing.PrivateKey()
  }

  init(rawRepresentation: Data) throws {
    key = try Curve25519.Signing.PrivateKey(rawRepresentation: rawRepresentation)
  }

  package var verifying: VerifyingKey { VerifyingKey(key.publicKey) }

  func signature(of bytes: Data) throws -> Data { try key.signature(for: bytes) }

  /// Where the key is where nobody says: `keyproof/signing-key.pem` in the user's configuration.
  package static func standardFile(_ environment: [String: String]) -> URL? {
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return URL(fileURLWithPath: folder).appending(path: "keyproof/signing-key.pem")
    }
    return environment["HOME"].map {
      URL(fileURLWithPath: $0).appending(path: ".config/keyproof/signing-key.pem")
    }
  }

  /// Reads the key of a file.
  ///
  /// - Throws: `SigningKeyError`.
  package static func read(_ file: URL) throws -> SigningKey {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: file.path),
      let bytes = try? Data(contentsOf: file)
    else { throw SigningKeyError.unreadable(file.path) }
    let permissions = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    guard permissions & 0o077 == 0 else { throw SigningKeyError.readableByOthers(file.path) }
    guard let raw = PEM(label: PEM.privateKey, prefix: pkcs8Prefix).content(of: bytes),
      let key = try? SigningKey(rawRepresentation: raw)
    else { throw SigningKeyError.noKey(file.path) }
    return key
  }

  /// Reads the key, or makes it when there is none. Of two runs that make one at the same moment,
  /// one makes it and both use it.
  ///
  /// - Returns: the key, and whether it is new.
  /// - Throws: `SigningKeyError`.
  package static func readOrMake(_ file: URL) throws -> (key: SigningKey, isNew: Bool) {
    let files = FileManager.default
    if files.fileExists(atPath: file.path) { return (try read(file), false) }
    let key = SigningKey()
    let fresh = file.deletingLastPathComponent().appending(path: ".\(UUID().uuidString).pem")
    defer { try? files.removeItem(at: fresh) }
    do {
      try files.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
    } catch {
      throw SigningKeyError.unwritable(file.path)
    }
    let isWritten = files.createFile(
      atPath: fresh.path,
      contents: PEM(label: PEM.privateKey, prefix: pkcs8Prefix).file(key.key.rawRepresentation),
      attributes: [.posixPermissions: 0o600]
    )
    guard isWritten else { throw SigningKeyError.unwritable(file.path) }
    guard link(fresh.path, file.path) == 0 else {
      guard errno == EEXIST else { throw SigningKeyError.unwritable(file.path) }
      return (try read(file), false)
    }
    return (key, true)
  }

  /// RFC 8410: version 0, the algorithm id-Ed25519, and the key's 32 bytes in an octet string.
  private static let pkcs8Prefix: [UInt8] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]
}

/// The public half, by which a signature is checked.
package struct VerifyingKey: Sendable, Equatable {
  private let raw: Data

  init(_ key: Curve25519.Signing.PublicKey) {
    raw = key.rawRepresentation
  }

  /// Reads a PEM file with a public key, or with the private one whose public half is meant.
  ///
  /// - Throws: `SigningKeyError`.
  package init(file: URL) throws {
    guard let bytes = try? Data(contentsOf: file) else {
      throw SigningKeyError.unreadable(file.path)
    }
    if let raw = PEM(label: PEM.publicKey, prefix: Self.spkiPrefix).content(of: bytes) {
      self.raw = raw
    } else {
      guard let key = try? SigningKey.read(file) else { throw SigningKeyError.noKey(file.path) }
      self = key.verifying
    }
  }

  init(pem: Data) throws {
    guard let raw = PEM(label: PEM.publicKey, prefix: Self.spkiPrefix).content(of: pem) else {
      throw SigningKeyError.noKey(Attestations.signerFile)
    }
    self.raw = raw
  }

  var pem: Data { PEM(label: PEM.publicKey, prefix: Self.spkiPrefix).file(raw) }

  /// As securesystemslib computes it: SHA-256 over the key's description in canonical JSON.
  package var id: String {
    let digits = raw.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let description =
      #"{"keytype":"ed25519","keyval":{"public":"\#(digits)"},"scheme":"ed25519"}"#
    return SHA256Text.of(Data(description.utf8))
  }

  func isValid(_ signature: Data, for bytes: Data) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw) else { return false }
    return key.isValidSignature(signature, for: bytes)
  }

  private static let spkiPrefix: [UInt8] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
  ]
}

package enum SigningKeyError: Error, Equatable, CustomStringConvertible {
  case unreadable(String)
  case unwritable(String)
  case readableByOthers(String)
  case noKey(String)

  package var description: String {
    switch self {
    case .unreadable(let path): "the key at \(path) cannot be read"
    case .unwritable(let path):
      "no signing key can be made at \(path); name a file with --signing-key"
    case .readableByOthers(let path):
      "others than its owner may read the signing key at \(path); use 'chmod 600'"
    case .noKey(let path): "there is no Ed25519 key in PEM at \(path)"
    }
  }
}

/// A key of 32 bytes between the lines of a PEM file.
private struct PEM {
  static let privateKey = "PRIVATE KEY"
  static let publicKey = "PUBLIC KEY"

  var label: String
  /// What stands before the key's own bytes.
  var prefix: [UInt8]

  func file(_ key: Data) -> Data {
    let text = (Data(prefix) + key).base64EncodedString()
    return Data("-----BEGIN \(label)-----\n\(text)\n-----END \(label)-----\n".utf8)
  }

  func content(of file: Data) -> Data? {
    let lines = String(decoding: file, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard let begin = lines.firstIndex(of: "-----BEGIN \(label)-----"),
      let end = lines.firstIndex(of: "-----END \(label)-----"), begin < end,
      let bytes = Data(base64Encoded: lines[(begin + 1)..<end].joined()),
      bytes.count == prefix.count + 32, bytes.starts(with: prefix)
    else { return nil }
    return Data(bytes.dropFirst(prefix.count))
  }
}
