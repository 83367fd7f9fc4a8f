import Foundation
import Reporting

/// The key that reports are signed with: of the file that was named, or the user's own.
struct SigningKeyPlace {
  private let named: String?

  init(_ named: String?) {
    self.named = named
  }

  /// - Throws: `SigningKeyError`: before a long run, not after it.
  func key(terminal: Terminal) throws -> SigningKey {
    if let named { return try SigningKey.read(URL(fileURLWithPath: named)) }
    let environment = ProcessInfo.processInfo.environment
    guard let file = SigningKey.standardFile(environment) else {
      throw SigningKeyError.unwritable("the home folder, which is not known")
    }
    let (key, isNew) = try SigningKey.readOrMake(file)
    if isNew { terminal.print("Made a key to sign reports with: \(file.path)") }
    return key
  }
}
