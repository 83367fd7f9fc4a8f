import Secrets
import Wire
import Worlds

/// The secrets of one account and region: versions, and labels of which each sits on one version.
struct StagedSecretStore: Sendable {
  enum Fault: Error, Equatable {
    case notFound
    case versionNotFound
    case exists
    case markedForDeletion
    case tokenReused
    case stageElsewhere
    case full

    var type: String {
      switch self {
      case .notFound, .versionNotFound: AWSSecretsManager.ErrorType.notFound
      case .exists, .tokenReused: AWSSecretsManager.ErrorType.exists
      case .markedForDeletion: AWSSecretsManager.ErrorType.invalidRequest
      case .stageElsewhere: AWSSecretsManager.ErrorType.invalidParameter
      case .full: AWSSecretsManager.ErrorType.limit
      }
    }

    var message: String {
      switch self {
      case .notFound: "Secrets Manager can't find the specified secret."
      case .versionNotFound: "Secrets Manager can't find the specified secret value."
      case .exists: "The operation failed because the secret already exists."
      case .markedForDeletion:
        "You can't perform this operation on the secret because it was marked for deletion."
      case .tokenReused: "You can't use ClientRequestToken for another value of this secret."
      case .stageElsewhere: "The version that the staging label is on is another one."
      case .full: "You've exceeded the quota."
      }
    }
  }

  struct Version: Sendable {
    var content: Secret
    /// Whether it was given as `SecretBinary`.
    var isBinary: Bool
    var stages: Set<String>
    var createdAt: Timestamp
  }

  struct Item: Sendable {
    var arn: String
    var versions: [String: Version] = [:]
    var createdAt: Timestamp
    var changedAt: Timestamp
    var deletesAt: Timestamp?

    func version(with stage: String) -> String? {
      versions.first { $0.value.stages.contains(stage) }?.key
    }
  }

  static let mostSecrets = 100_000
  static let mostVersions = 100

  private(set) var items: [String: Item] = [:]

  /// By name or ARN.
  func name(of id: String) -> String? {
    items[id] != nil ? id : items.first { $0.value.arn == id }?.key
  }

  mutating func create(_ name: String, arn: String, at now: Timestamp) throws(Fault) {
    if let known = items[name] {
      throw known.deletesAt == nil ? .exists : .markedForDeletion
    }
    guard items.count < Self.mostSecrets else { throw .full }
    items[name] = Item(arn: arn, createdAt: now, changedAt: now)
  }

  /// - Parameter stages: nil moves `AWSCURRENT`.
  mutating func put(
    _ content: Secret,
    isBinary: Bool,
    as id: String,
    stages: Set<String>?,
    into name: String,
    at now: Timestamp
  ) throws(Fault) {
    guard var item = items[name] else { throw .notFound }
    guard item.deletesAt == nil else { throw .markedForDeletion }
    if let known = item.versions[id] {
      guard known.content == content, known.isBinary == isBinary else { throw .tokenReused }
      return
    }
    item.versions[id] = Version(
      content: content,
      isBinary: isBinary,
      stages: [],
      createdAt: now
    )
    for stage in stages ?? [AWSSecretsManager.Stage.current] {
      Self.move(stage, to: id, in: &item)
    }
    item.changedAt = now
    Self.forgetDeprecated(in: &item)
    items[name] = item
  }

  mutating func moveStage(
    _ stage: String,
    of name: String,
    to target: String?,
    from source: String?,
    at now: Timestamp
  ) throws(Fault) {
    guard var item = items[name] else { throw .notFound }
    guard item.deletesAt == nil else { throw .markedForDeletion }
    if let source {
      guard item.version(with: stage) == source else { throw .stageElsewhere }
    } else if target != nil, let holder = item.version(with: stage), holder != target {
      throw .stageElsewhere
    }
    if let target {
      guard item.versions[target] != nil else { throw .versionNotFound }
      Self.move(stage, to: target, in: &item)
    } else if let source {
      item.versions[source]?.stages.remove(stage)
    }
    item.changedAt = now
    items[name] = item
  }

  mutating func delete(_ name: String, at moment: Timestamp, forGood: Bool) throws(Fault) {
    guard items[name] != nil else { throw .notFound }
    if forGood { items[name] = nil } else { items[name]?.deletesAt = moment }
  }

  mutating func restore(_ name: String) throws(Fault) {
    guard items[name] != nil else { throw .notFound }
    items[name]?.deletesAt = nil
  }

  /// A label sits on one version; the one that loses `AWSCURRENT` gets `AWSPREVIOUS`.
  private static func move(_ stage: String, to id: String, in item: inout Item) {
    let holder = item.version(with: stage)
    guard holder != id else { return }
    if let holder { item.versions[holder]?.stages.remove(stage) }
    item.versions[id]?.stages.insert(stage)
    guard stage == AWSSecretsManager.Stage.current, let holder else { return }
    if let older = item.version(with: AWSSecretsManager.Stage.previous) {
      item.versions[older]?.stages.remove(AWSSecretsManager.Stage.previous)
    }
    item.versions[holder]?.stages.insert(AWSSecretsManager.Stage.previous)
  }

  /// Versions without a label are the service's to delete.
  private static func forgetDeprecated(in item: inout Item) {
    guard item.versions.count > mostVersions else { return }
    item.versions = item.versions.filter { !$0.value.stages.isEmpty }
  }
}
