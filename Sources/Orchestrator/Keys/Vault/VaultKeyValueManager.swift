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
    mark: String
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

  /// Versions are numbers that rise: a later one than the known can only be that of the write, or
  /// one that somebody made past this program, which the next reading tells.
  func version(
    writtenAs mark: String,
    after known: String?,
    of tenant: String
  ) async throws -> String? {
    guard let metadata = try await metadata(of: tenant), metadata.currentVersion > 0,
      metadata.currentVersion > known.flatMap({ Int($0) }) ?? 0
    else { return nil }
    return String(metadata.currentVersion)
  }

  func destroyVersions(
    before version: String,
    replaced: String?,
    of tenant: String
  ) async throws {
    guard let number = Int(version), let metadata = try await metadata(of: tenant) else { return }
    let earlier = metadata.versions.filter { $0.version < number && !$0.destroyed }.map(\.version)
    guard !earlier.isEmpty else { return }
    _ = try await session.call(
      .post,
      path("destroy", tenant),
      body: Vault.Versions(earlier).json()
    )
  }

  private func metadata(of tenant: String) async throws -> Vault.SecretMetadata? {
    guard case .success(let envelope) = try await session.call(.get, path("metadata", tenant))
    else { return nil }
    guard let metadata = Vault.SecretMetadata(envelope.data) else { throw CustodyFailure.malformed }
    return metadata
  }

  func erase(_ tenant: String) async throws {
    _ = try await session.call(.delete, path("metadata", tenant))
  }

  private func path(_ verb: String, _ tenant: String) -> String {
    "\(mount)/\(verb)/\(folder)/customer-\(tenant)"
  }
}
