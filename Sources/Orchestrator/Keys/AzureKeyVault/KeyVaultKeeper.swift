import HTTPTypes
import NIOCore
import Secrets
import Wire
import Worlds

/// Customers' keys in Azure Key Vault: one secret for each customer, whose value is the key and
/// whose tag `destination` says where it belongs.
struct KeyVaultKeeper: SecretManager {
  private let session: KeyVaultSession
  private let folder: String

  init(_ settings: OrchestratorConfiguration.Custody.AzureKeyVault, session: KeyVaultSession) {
    self.session = session
    folder = settings.folder
  }

  func read(_ tenant: String) async throws -> HeldKey? {
    guard case .bundle(let bundle) = try await session.call(.get, "/secrets/\(name(tenant))") else {
      return nil
    }
    guard let value = bundle.value else { throw CustodyFailure.malformed }
    return HeldKey(
      secret: value,
      destination: bundle.tags[HeldKeyMember.destination],
      version: bundle.version
    )
  }

  func write(
    _ credential: ModelCredential,
    for tenant: String,
    mark: String
  ) async throws -> String {
    let body = credential.secret.reveal { key in
      let value: JSONValue = [
        "value": .string(key),
        "tags": [
          HeldKeyMember.destination: .string(credential.destination.storedText),
          HeldKeyMember.mark: .string(mark),
        ],
      ]
      return value.json()
    }
    let path = "/secrets/\(name(tenant))"
    var answer = try await session.call(.put, path, body: body)
    if case .conflict = answer {
      // A deleted secret stands in the way until it is purged, or is there again.
      if try await !purge(tenant) {
        _ = try await session.call(.post, "/deletedsecrets/\(name(tenant))/recover")
      }
      answer = try await session.call(.put, path, body: body)
    }
    switch answer {
    case .bundle(let bundle): return bundle.version
    case .conflict: throw CustodyFailure.unavailable
    case .page, .empty, .missing: throw CustodyFailure.malformed
    }
  }

  func version(
    writtenAs mark: String,
    after known: String?,
    of tenant: String
  ) async throws -> String? {
    try await session.versions(of: name(tenant)).filter { $0.tags[HeldKeyMember.mark] == mark }
      .max { $0.created < $1.created }?.version
  }

  /// A version cannot be deleted by itself: disabled, it is given out no more. Times are seconds
  /// there: of one second, the replaced version and repetitions of the write are known alone.
  func destroyVersions(
    before version: String,
    replaced: String?,
    of tenant: String
  ) async throws {
    let versions = try await session.versions(of: name(tenant))
    guard let kept = versions.first(where: { $0.version == version }) else { return }
    let mark = kept.tags[HeldKeyMember.mark]
    let body: JSONValue = ["attributes": ["enabled": .bool(false)]]
    for other in versions where other.enabled && other.version != version {
      guard
        other.created < kept.created || other.version == replaced
          || mark != nil && other.tags[HeldKeyMember.mark] == mark
      else { continue }
      _ = try await session.call(
        .patch,
        "/secrets/\(name(tenant))/\(other.version)",
        body: body.json()
      )
    }
  }

  func erase(_ tenant: String) async throws {
    _ = try await session.call(.delete, "/secrets/\(name(tenant))")
    _ = try await purge(tenant)
  }

  /// - Returns: false where the vault keeps what is deleted for its time, as one with purge
  ///   protection does. It is given out no more all the same.
  private func purge(_ tenant: String) async throws -> Bool {
    let answer: KeyVaultSession.Answer
    do {
      answer = try await session.call(.delete, "/deletedsecrets/\(name(tenant))")
    } catch CustodyFailure.refused {
      return false
    }
    // Not yet deleted is not yet to be purged: then the caller comes again.
    if case .conflict = answer { throw CustodyFailure.unavailable }
    return true
  }

  /// Names there have letters, digits and hyphens alone, and do not tell capitals from small
  /// letters: everything else is spelled out, so that no two customers share a name.
  private func name(_ tenant: String) -> String {
    var name = folder + "-customer-"
    for byte in tenant.utf8 {
      switch byte {
      case 0x30...0x39, 0x61...0x7a: name.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "-"): name += "--"
      default: name += "-x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return name
  }
}
