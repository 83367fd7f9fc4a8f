import Secrets
import Wire
import Worlds

/// The secrets of one vault: versions, and what was deleted and can still be brought back.
struct KeyVaultStore: Sendable {
  struct Version: Sendable {
    var id: String
    var value: Secret
    var enabled: Bool
    var contentType: String?
    var tags: [String: String]
    var createdAt: Timestamp
    var updatedAt: Timestamp
  }

  static let mostSecrets = 100_000
  static let mostVersions = 500

  /// In the order in which they were made, by the secret's name in lower case.
  private(set) var secrets: [String: [Version]] = [:]
  private(set) var deleted: [String: (versions: [Version], at: Timestamp)] = [:]

  var isFull: Bool { secrets.count + deleted.count >= Self.mostSecrets }

  /// False where a secret of that name is deleted and not purged.
  mutating func set(_ version: Version, as name: String) -> Bool {
    guard deleted[name] == nil else { return false }
    secrets[name, default: []].append(version)
    if let count = secrets[name]?.count, count > Self.mostVersions {
      secrets[name]?.removeFirst(count - Self.mostVersions)
    }
    return true
  }

  /// - Parameter version: nil for the newest.
  func version(_ version: String?, of name: String) -> Version? {
    guard let version else { return secrets[name]?.last }
    return secrets[name]?.first { $0.id == version }
  }

  mutating func enable(_ isEnabled: Bool, _ version: String, of name: String, at now: Timestamp) {
    guard let index = secrets[name]?.firstIndex(where: { $0.id == version }) else { return }
    secrets[name]?[index].enabled = isEnabled
    secrets[name]?[index].updatedAt = now
  }

  mutating func delete(_ name: String, at now: Timestamp) -> Version? {
    guard let versions = secrets.removeValue(forKey: name), let last = versions.last else {
      return nil
    }
    deleted[name] = (versions, now)
    return last
  }

  mutating func recover(_ name: String) -> Version? {
    guard let known = deleted.removeValue(forKey: name) else { return nil }
    secrets[name] = known.versions
    return known.versions.last
  }

  mutating func purge(_ name: String) -> Bool {
    deleted.removeValue(forKey: name) != nil
  }
}
