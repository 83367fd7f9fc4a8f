import Crypto
import Foundation
import HTTPTypes
import Secrets
import Wire

/// A master key that never leaves Vault: its transit engine wraps and unwraps, once for each call
/// that needs a customer's key, and its audit log has every time.
struct TransitMasterKey: MasterKey {
  private let path: @Sendable (String) -> String
  private let session: VaultSession

  init(_ settings: OrchestratorConfiguration.Custody.Transit, session: VaultSession) {
    path = { "\(settings.mount)/\($0)/\(settings.key)" }
    self.session = session
  }

  var isElsewhere: Bool { true }

  func wrap(_ key: SymmetricKey, context: String) async throws -> String {
    let body = Vault.Encryption(plaintext: key.base64, associatedData: Self.encoded(context))
    let answer = try await session.call(.post, path("encrypt"), body: body.json())
    guard case .success(let envelope) = answer, let text = envelope.data["ciphertext"]?.text else {
      throw CustodyFailure.malformed
    }
    return text
  }

  func unwrap(_ wrapped: String, context: String) async throws -> SymmetricKey {
    let body = Vault.Decryption(ciphertext: wrapped, associatedData: Self.encoded(context))
    let answer = try await session.call(.post, path("decrypt"), body: body.json())
    guard case .success(let envelope) = answer,
      let key = envelope.data["plaintext"]?.text.flatMap({ SymmetricKey(base64: Secret($0)) })
    else { throw CustodyFailure.malformed }
    return key
  }

  private static func encoded(_ context: String) -> String {
    Data(context.utf8).base64EncodedString()
  }
}
