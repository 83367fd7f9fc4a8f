import Crypto
import Foundation
import Secrets

/// The file outside of the database that holds what customers' keys are sealed under.
enum MasterKeyFile {
  /// - Parameter storage: where a relative path begins.
  /// - Throws: `ConfigurationFault` when the file is missing, exposed to others, or no key.
  static func read(_ path: String, from storage: URL) throws(ConfigurationFault) -> Sealer {
    let files = FileManager.default
    let place = path.hasPrefix("/") ? path : storage.appendingPathComponent(path).path
    guard let attributes = try? files.attributesOfItem(atPath: place),
      let permissions = attributes[.posixPermissions] as? NSNumber,
      let content = files.contents(atPath: place)
    else { throw .masterKeyUnreadable(path: path) }
    guard permissions.intValue & 0o077 == 0 else { throw .masterKeyExposed(path: path) }
    let text = String(decoding: content, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard let key = Data(base64Encoded: text), key.count == 32 else {
      throw .masterKeyMalformed(path: path)
    }
    return Sealer(masterKey: SymmetricKey(data: key))
  }
}
