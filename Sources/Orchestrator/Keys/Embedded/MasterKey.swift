import Crypto
import Foundation
import Secrets

/// What wraps the keys that customers' keys are sealed with, one for each of them.
protocol MasterKey: Sendable {
  /// Whether unwrapping takes a call to somewhere else.
  var isElsewhere: Bool { get }

  /// - Parameter context: bound to the wrapped key, and needed to unwrap it.
  /// - Throws: `CustodyFailure` where the master key is elsewhere and cannot be reached, or what
  ///   ends the task.
  func wrap(_ key: SymmetricKey, context: String) async throws -> String

  /// - Throws: as `wrap`; `SealingError.broken` for another context or changed text.
  func unwrap(_ wrapped: String, context: String) async throws -> SymmetricKey
}

/// The master key of the file, held in this process.
struct FileMasterKey: MasterKey {
  let sealer: Sealer

  var isElsewhere: Bool { false }

  func wrap(_ key: SymmetricKey, context: String) async throws -> String {
    try sealer.seal(key.base64, context: context).base64EncodedString()
  }

  func unwrap(_ wrapped: String, context: String) async throws -> SymmetricKey {
    guard let sealed = Data(base64Encoded: wrapped),
      let key = try SymmetricKey(base64: sealer.open(sealed, context: context))
    else { throw SealingError.broken }
    return key
  }
}

extension SymmetricKey {
  var base64: Secret { withUnsafeBytes { Secret(Data($0).base64EncodedString()) } }

  /// Nil for anything but 32 bytes.
  init?(base64 text: Secret) {
    guard let data = text.reveal({ Data(base64Encoded: $0) }), data.count == 32 else { return nil }
    self.init(data: data)
  }
}
