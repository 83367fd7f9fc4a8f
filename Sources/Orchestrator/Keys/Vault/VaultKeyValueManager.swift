import HTTPTypes
import Secrets
import Wire
import Worlds

/// Customers' keys in Vault's key-value engine, version 2: `{mount}/{folder}/customer-{id}`, with
/// the members `api_key` and `destination`.
struct VaultKeyValueManager: SecretManager {
  private let mount: String
  private let folder: String
  private let session: VaultSession

  init(_ settings: OrchestratorConfiguration.Custody.Vault, session: VaultSession) {
    mount = settings.mount
    folder = settings.folder
    self.session = session
  }

  func read(_ tenant: String) async throws -> HeldKey? {
    guard case .success(let envelope) = try await session.call(.get, path("data", tenant)) else {
      return nil
    }
    guard let reading = Vault.Reading(envelope.data) else { throw CustodyFailure.malformed }
    guard let texts = reading.texts else { return nil }
    guard let key = texts[HeldKeyMember.key] else { throw CustodyFailure.malformed }
    return HeldKey(
      secret: key,
      destination: texts[HeldKeyMember.destination]?.reveal { $0 },
      version: String(reading.metadata.version)
    )
  }

  func write(
    _ credential: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> String {
    let body = credential.secret.reveal { key in
      Vault.Write(
        data: [
          HeldKeyMember.key: .string(key),
          HeldKeyMember.destination: .string(credential.destination.storedText),
        ]
      ).json()
    }
    guard
      case .success(let envelope) = try await session.call(
        .post,
        path("data", tenant),
        body: body
      ), let metadata = Vault.VersionMetadata(envelope.data)
    else { throw CustodyFailure.malformed }
    return String(metadata.version)
  }

  func destroy(version: String, of tenant: String) async throws {
    guard let number = Int(version) else { return }
    _ = try await session.call(
      .post,
      path("destroy", tenant),
      body: Vault.Versions([number]).json()
    )
  }

  func erase(_ tenant: String) async throws {
    _ = try await session.call(.delete, path("metadata", tenant))
  }

  private func path(_ verb: String, _ tenant: String) -> String {
    "\(mount)/\(verb)/\(folder)/customer-\(tenant)"
  }
}
