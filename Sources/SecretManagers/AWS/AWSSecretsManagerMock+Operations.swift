import Foundation
import HTTPTypes
import Secrets
import Synchronization
import Wire
import Worlds

/// What each operation does, once the caller is known.
extension AWSSecretsManagerMock {
  private struct BadParameter: Error {}

  private static let longestValue = 65_536
  private static let mostStages = 20

  func perform(
    _ operation: AWSSecretsManager.Operation,
    _ members: JSONValue,
    _ note: AccessNote
  ) throws -> ManagerAnswer {
    switch operation {
    case .createSecret: try create(members, note)
    case .getSecretValue: try get(members, note)
    case .putSecretValue: try put(members, note)
    case .updateSecretVersionStage: try moveStage(members, note)
    case .describeSecret, .listSecretVersionIDs: try describe(operation, note)
    case .deleteSecret: try delete(members, note)
    case .restoreSecret: try restore(note)
    }
  }

  private func create(_ members: JSONValue, _ note: AccessNote) throws -> ManagerAnswer {
    guard let name = members["Name"]?.text, Self.isName(name) else { throw BadParameter() }
    let content = try content(members)
    let now = clock.now
    var note = note
    let (arn, version) = try state.withLock { state -> (String, String?) in
      state.changes += 1
      var generator = randomness.generator("version/\(state.changes)")
      let arn = self.arn(name, &generator)
      let version = try token(members) ?? generator.uuid()
      try state.store.create(name, arn: arn, at: now)
      guard let content else { return (arn, nil) }
      try state.store.put(
        content.secret,
        isBinary: content.isBinary,
        as: version,
        stages: nil,
        into: name,
        at: now
      )
      return (arn, version)
    }
    note.version = version
    note.content = content?.secret
    var answer: [JSONValue.Member] = [.init("ARN", .string(arn)), .init("Name", .string(name))]
    if let version { answer.append(.init("VersionId", .string(version))) }
    return ManagerAnswer(.ok, JSONValue.object(answer).json(), note: note)
  }

  private func get(_ members: JSONValue, _ note: AccessNote) throws -> ManagerAnswer {
    let item = try item(note.secret)
    guard item.deletesAt == nil else { throw StagedSecretStore.Fault.markedForDeletion }
    let stage = members["VersionStage"]?.text
    let wanted = members["VersionId"]?.text
    guard
      let id = wanted ?? item.version(with: stage ?? AWSSecretsManager.Stage.current),
      let version = item.versions[id], stage.map(version.stages.contains) ?? true
    else { throw StagedSecretStore.Fault.versionNotFound }
    var note = note
    note.version = id
    note.content = version.content
    let value = version.content.reveal { JSONValue.string($0) }
    let answer: JSONValue = [
      "ARN": .string(item.arn), "Name": .string(note.secret), "VersionId": .string(id),
      version.isBinary ? "SecretBinary" : "SecretString": value,
      "VersionStages": .array(version.stages.sorted().map(JSONValue.string)),
      "CreatedDate": .double(Double(version.createdAt.nanoseconds / 1_000_000) / 1_000),
    ]
    return ManagerAnswer(.ok, answer.json(), note: note)
  }

  private func put(_ members: JSONValue, _ note: AccessNote) throws -> ManagerAnswer {
    guard let content = try content(members) else { throw BadParameter() }
    let stages = try members["VersionStages"].map { value in
      let names = value.elements?.compactMap(\.text) ?? []
      guard (1...Self.mostStages).contains(names.count) else { throw BadParameter() }
      return Set(names)
    }
    let now = clock.now
    let (arn, version, given) = try state.withLock { state -> (String, String, [String]) in
      guard let item = state.store.items[note.secret] else {
        throw StagedSecretStore.Fault.notFound
      }
      state.changes += 1
      var generator = randomness.generator("version/\(state.changes)")
      let version = try token(members) ?? generator.uuid()
      try state.store.put(
        content.secret,
        isBinary: content.isBinary,
        as: version,
        stages: stages,
        into: note.secret,
        at: now
      )
      let given = state.store.items[note.secret]?.versions[version]?.stages ?? []
      return (item.arn, version, given.sorted())
    }
    var note = note
    note.version = version
    note.content = content.secret
    let answer: JSONValue = [
      "ARN": .string(arn), "Name": .string(note.secret), "VersionId": .string(version),
      "VersionStages": .array(given.map(JSONValue.string)),
    ]
    return ManagerAnswer(.ok, answer.json(), note: note)
  }

  private func moveStage(_ members: JSONValue, _ note: AccessNote) throws -> ManagerAnswer {
    guard let stage = members["VersionStage"]?.text else { throw BadParameter() }
    let target = members["MoveToVersionId"]?.text
    let source = members["RemoveFromVersionId"]?.text
    guard target != nil || source != nil else { throw BadParameter() }
    let now = clock.now
    try state.withLock { state in
      try state.store.moveStage(stage, of: note.secret, to: target, from: source, at: now)
    }
    var note = note
    note.version = target ?? source
    // Out of use: what a log of destructions is asked for.
    if target == nil { note.operation = .destroy }
    return try named(note)
  }

  private func describe(
    _ operation: AWSSecretsManager.Operation,
    _ note: AccessNote
  ) throws -> ManagerAnswer {
    let item = try item(note.secret)
    let versions = item.versions.sorted { $0.key < $1.key }
    var members: [JSONValue.Member] = [
      .init("ARN", .string(item.arn)), .init("Name", .string(note.secret)),
    ]
    if operation == .describeSecret {
      members.append(.init("CreatedDate", .integer(Int(item.createdAt.unixSeconds))))
      members.append(.init("LastChangedDate", .integer(Int(item.changedAt.unixSeconds))))
      if let deletesAt = item.deletesAt {
        members.append(.init("DeletedDate", .integer(Int(deletesAt.unixSeconds))))
      }
      let stages = versions.filter { !$0.value.stages.isEmpty }.map { id, version in
        JSONValue.Member(id, .array(version.stages.sorted().map(JSONValue.string)))
      }
      members.append(.init("VersionIdsToStages", .object(stages)))
    } else {
      let listed = versions.map { id, version -> JSONValue in
        [
          "VersionId": .string(id),
          "VersionStages": .array(version.stages.sorted().map(JSONValue.string)),
          "CreatedDate": .integer(Int(version.createdAt.unixSeconds)),
        ]
      }
      members.append(.init("Versions", .array(listed)))
    }
    return ManagerAnswer(.ok, JSONValue.object(members).json(), note: note)
  }

  private func delete(_ members: JSONValue, _ note: AccessNote) throws -> ManagerAnswer {
    let forGood = members["ForceDeleteWithoutRecovery"]?.flag ?? false
    let days = members["RecoveryWindowInDays"]?.wholeNumber
    guard days.map({ (7...30).contains($0) && !forGood }) ?? true else { throw BadParameter() }
    let moment = clock.now + .seconds(forGood ? 0 : (days ?? 30) * 86_400)
    let arn = try item(note.secret).arn
    try state.withLock { try $0.store.delete(note.secret, at: moment, forGood: forGood) }
    let answer: JSONValue = [
      "ARN": .string(arn), "Name": .string(note.secret),
      "DeletionDate": .integer(Int(moment.unixSeconds)),
    ]
    return ManagerAnswer(.ok, answer.json(), note: note)
  }

  private func restore(_ note: AccessNote) throws -> ManagerAnswer {
    try state.withLock { try $0.store.restore(note.secret) }
    return try named(note)
  }

  private func named(_ note: AccessNote) throws -> ManagerAnswer {
    let answer: JSONValue = [
      "ARN": .string(try item(note.secret).arn), "Name": .string(note.secret),
    ]
    return ManagerAnswer(.ok, answer.json(), note: note)
  }

  private func item(_ name: String) throws -> StagedSecretStore.Item {
    guard let item = state.withLock({ $0.store.items[name] }) else {
      throw StagedSecretStore.Fault.notFound
    }
    return item
  }

  /// Nil where a secret is made without a value.
  private func content(_ members: JSONValue) throws -> (secret: Secret, isBinary: Bool)? {
    switch (members["SecretString"]?.text, members["SecretBinary"]?.text) {
    case (nil, nil): return nil
    case (let text?, nil):
      guard !text.isEmpty, text.utf8.count <= Self.longestValue else { throw BadParameter() }
      return (Secret(text), false)
    case (nil, let text?):
      guard let bytes = Data(base64Encoded: text), (1...Self.longestValue).contains(bytes.count)
      else { throw BadParameter() }
      return (Secret(text), true)
    default: throw BadParameter()
    }
  }

  /// Becomes the id of the version.
  private func token(_ members: JSONValue) throws -> String? {
    guard let token = members["ClientRequestToken"]?.text else { return nil }
    guard (32...64).contains(token.utf8.count) else { throw BadParameter() }
    return token
  }

  private static func isName(_ name: String) -> Bool {
    (1...512).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: "/_+=.@-".utf8.contains(byte)
        }
      }
  }
}
