import Wire
import Worlds

/// The secrets of one mount, with their versions.
struct VaultKeyValueStore: Sendable {
  enum Fault: Error, Equatable {
    case checkAndSetMismatch
    case checkAndSetRequired
    case full
  }

  struct Version: Sendable {
    /// Nil once it is destroyed.
    var data: JSONValue?
    var createdAt: Timestamp
    var deletedAt: Timestamp?
  }

  struct Secret: Sendable {
    var versions: [Int: Version] = [:]
    var current = 0
    var createdAt: Timestamp
    var updatedAt: Timestamp
    /// 0 stands for the server's own default.
    var mostVersions = 0
    var requiresCheckAndSet = false
  }

  static let defaultVersions = 10
  static let mostSecrets = 100_000

  private(set) var secrets: [String: Secret] = [:]

  mutating func write(
    _ data: JSONValue,
    at path: String,
    checkAndSet: Int?,
    now: Timestamp
  ) throws(Fault) -> Int {
    var secret = secrets[path] ?? Secret(createdAt: now, updatedAt: now)
    guard secrets[path] != nil || secrets.count < Self.mostSecrets else { throw .full }
    if secret.requiresCheckAndSet, checkAndSet == nil { throw .checkAndSetRequired }
    if let checkAndSet, checkAndSet != secret.current { throw .checkAndSetMismatch }
    secret.current += 1
    secret.updatedAt = now
    secret.versions[secret.current] = Version(data: data, createdAt: now)
    let kept = secret.mostVersions == 0 ? Self.defaultVersions : secret.mostVersions
    secret.versions = secret.versions.filter { $0.key > secret.current - kept }
    secrets[path] = secret
    return secret.current
  }

  /// Marks versions as deleted, from which they can be brought back; nil: the present one.
  mutating func delete(_ versions: [Int]?, at path: String, now: Timestamp) {
    guard let current = secrets[path]?.current else { return }
    for version in versions ?? [current] {
      guard let known = secrets[path]?.versions[version], known.data != nil,
        known.deletedAt == nil
      else { continue }
      secrets[path]?.versions[version]?.deletedAt = now
    }
  }

  mutating func undelete(_ versions: [Int], at path: String) {
    for version in versions where secrets[path]?.versions[version]?.data != nil {
      secrets[path]?.versions[version]?.deletedAt = nil
    }
  }

  mutating func destroy(_ versions: [Int], at path: String) {
    for version in versions { secrets[path]?.versions[version]?.data = nil }
  }

  /// Forgets the secret with all its versions.
  mutating func erase(_ path: String) {
    secrets[path] = nil
  }

  mutating func configure(
    _ path: String,
    mostVersions: Int?,
    requiresCheckAndSet: Bool?,
    now: Timestamp
  ) {
    var secret = secrets[path] ?? Secret(createdAt: now, updatedAt: now)
    if let mostVersions { secret.mostVersions = mostVersions }
    if let requiresCheckAndSet { secret.requiresCheckAndSet = requiresCheckAndSet }
    secrets[path] = secret
  }

  /// Names and folders (which end in a slash) right below a folder, sorted.
  func names(below folder: String) -> [String] {
    let prefix = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
    var names: Set<String> = []
    for path in secrets.keys where path.hasPrefix(prefix) {
      let rest = path.dropFirst(prefix.count)
      if let slash = rest.firstIndex(of: "/") {
        names.insert(String(rest[...slash]))
      } else {
        names.insert(String(rest))
      }
    }
    return names.sorted()
  }
}

extension VaultKeyValueStore.Version {
  func metadata(_ number: Int) -> Vault.VersionMetadata {
    Vault.VersionMetadata(
      version: number,
      createdTime: createdAt.vaultText,
      deletionTime: deletedAt?.vaultText ?? "",
      destroyed: data == nil
    )
  }
}

extension Timestamp {
  /// `2026-11-23T13:21:29.717683887Z`: nine digits, as the server writes them.
  var vaultText: String {
    let fraction = nanoseconds - unixSeconds * 1_000_000_000
    let digits = String(max(0, fraction))
    let padded = String(repeating: "0", count: max(0, 9 - digits.count)) + digits
    return iso8601.prefix { $0 != "." } + "." + padded + "Z"
  }
}
