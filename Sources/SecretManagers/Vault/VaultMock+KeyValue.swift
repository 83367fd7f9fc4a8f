import HTTPTypes
import Secrets
import Synchronization
import Wire
import Worlds

/// The key-value engine, version 2.
extension VaultMock {
  func keyValue(_ rest: String, _ request: VaultRequest, by holder: String) -> ManagerAnswer {
    let parts = rest.split(separator: "/", maxSplits: 1).map(String.init)
    let path = parts.count > 1 ? parts[1] : ""
    guard !path.isEmpty || request.method == .list else { return .vault(.notFound) }
    let secret = "\(Self.keyValueMount)/\(path)"
    switch (parts[0], request.method) {
    case ("data", .read): return read(path, request, AccessNote(.read, secret, by: holder))
    case ("data", .write): return write(path, request, AccessNote(.write, secret, by: holder))
    case ("data", .delete):
      return change(AccessNote(.destroy, secret, by: holder)) { state, now in
        state.secrets.delete(nil, at: path, now: now)
      }
    case ("delete", .write), ("undelete", .write), ("destroy", .write):
      return changeVersions(parts[0], of: path, request, by: holder)
    case ("metadata", .read):
      return metadata(path, AccessNote(.list, secret, by: holder))
    case ("metadata", .write):
      return configure(path, request, AccessNote(.configure, secret, by: holder))
    case ("metadata", .delete):
      return change(AccessNote(.destroy, secret, by: holder)) { state, _ in
        state.secrets.erase(path)
      }
    case ("metadata", .list):
      return list(path, AccessNote(.list, secret, by: holder))
    default:
      return .vault(.methodNotAllowed, errors: ["unsupported operation"])
    }
  }

  private func read(_ path: String, _ request: VaultRequest, _ note: AccessNote) -> ManagerAnswer {
    var note = note
    let wanted = request.query["version"].map { Int($0) ?? -1 }
    guard wanted ?? 0 >= 0 else { return .vault(.badRequest, errors: ["invalid version"]) }
    let found = state.withLock { state -> (Int, VaultKeyValueStore.Version)? in
      guard let secret = state.secrets.secrets[path] else { return nil }
      // Version 0 is a way to ask for the present one.
      let number = wanted.flatMap { $0 == 0 ? nil : $0 } ?? secret.current
      return secret.versions[number].map { (number, $0) }
    }
    guard let (number, version) = found else { return .vault(.notFound, note: note) }
    note.version = String(number)
    let isThere = version.data != nil && version.deletedAt == nil
    let content = isThere ? version.data ?? .null : .null
    if isThere { note.content = Secret(String(decoding: content.json(), as: UTF8.self)) }
    let envelope = Vault.Envelope(
      requestID: requestID(),
      data: ["data": content, "metadata": version.metadata(number).value]
    )
    return ManagerAnswer(isThere ? .ok : .notFound, envelope.json(), note: note)
  }

  private func write(_ path: String, _ request: VaultRequest, _ note: AccessNote) -> ManagerAnswer {
    guard let write = Vault.Write(json: request.body) else {
      return .vault(.badRequest, errors: ["no data provided"], note: note)
    }
    var note = note
    let now = clock.now
    do {
      let version = try state.withLock { state in
        try state.secrets.write(write.data, at: path, checkAndSet: write.checkAndSet, now: now)
      }
      note.version = String(version)
      note.content = Secret(String(decoding: write.data.json(), as: UTF8.self))
      let made = VaultKeyValueStore.Version(data: write.data, createdAt: now)
      let envelope = Vault.Envelope(requestID: requestID(), data: made.metadata(version).value)
      return ManagerAnswer(.ok, envelope.json(), note: note)
    } catch VaultKeyValueStore.Fault.checkAndSetRequired {
      return .vault(
        .badRequest,
        errors: ["check-and-set parameter required for this call"],
        note: note
      )
    } catch VaultKeyValueStore.Fault.full {
      return .vault(.init(code: 507), errors: ["storage is full"], note: note)
    } catch {
      return .vault(
        .badRequest,
        errors: ["check-and-set parameter did not match the current version"],
        note: note
      )
    }
  }

  private func changeVersions(
    _ verb: String,
    of path: String,
    _ request: VaultRequest,
    by holder: String
  ) -> ManagerAnswer {
    let operation: SecretAccess.Operation = verb == "undelete" ? .restore : .destroy
    var note = AccessNote(operation, "\(Self.keyValueMount)/\(path)", by: holder)
    guard let versions = Vault.Versions(json: request.body)?.versions else {
      return .vault(.badRequest, errors: ["no version number provided"], note: note)
    }
    note.version = versions.map(String.init).joined(separator: ",")
    return change(note) { state, now in
      switch verb {
      case "delete": state.secrets.delete(versions, at: path, now: now)
      case "undelete": state.secrets.undelete(versions, at: path)
      default: state.secrets.destroy(versions, at: path)
      }
    }
  }

  private func change(
    _ note: AccessNote,
    _ body: (inout State, Timestamp) -> Void
  ) -> ManagerAnswer {
    let now = clock.now
    state.withLock { body(&$0, now) }
    return ManagerAnswer(.noContent, note: note)
  }

  private func metadata(_ path: String, _ note: AccessNote) -> ManagerAnswer {
    guard let secret = state.withLock({ $0.secrets.secrets[path] }) else {
      return .vault(.notFound, note: note)
    }
    let versions = secret.versions.sorted { $0.key < $1.key }.map { number, version in
      let metadata = version.metadata(number)
      return JSONValue.Member(
        String(number),
        [
          "created_time": .string(metadata.createdTime),
          "deletion_time": .string(metadata.deletionTime),
          "destroyed": .bool(metadata.destroyed),
        ]
      )
    }
    let data: JSONValue = [
      "cas_required": .bool(secret.requiresCheckAndSet),
      "created_time": .string(secret.createdAt.vaultText),
      "current_version": .integer(secret.current), "custom_metadata": .null,
      "delete_version_after": .string("0s"), "max_versions": .integer(secret.mostVersions),
      "oldest_version": .integer(secret.versions.keys.min() ?? 0),
      "updated_time": .string(secret.updatedAt.vaultText), "versions": .object(versions),
    ]
    return ManagerAnswer(
      .ok,
      Vault.Envelope(requestID: requestID(), data: data).json(),
      note: note
    )
  }

  private func configure(
    _ path: String,
    _ request: VaultRequest,
    _ note: AccessNote
  ) -> ManagerAnswer {
    guard let settings = try? JSONValue(json: request.body), settings.members != nil,
      (0...1_000).contains(settings["max_versions"]?.wholeNumber ?? 0)
    else { return .vault(.badRequest, errors: ["error parsing the request"], note: note) }
    return change(note) { state, now in
      state.secrets.configure(
        path,
        mostVersions: settings["max_versions"]?.wholeNumber,
        requiresCheckAndSet: settings["cas_required"]?.flag,
        now: now
      )
    }
  }

  private func list(_ path: String, _ note: AccessNote) -> ManagerAnswer {
    let names = state.withLock { $0.secrets.names(below: path) }
    guard !names.isEmpty else { return .vault(.notFound, note: note) }
    let data: JSONValue = ["keys": .array(names.map(JSONValue.string))]
    return ManagerAnswer(
      .ok,
      Vault.Envelope(requestID: requestID(), data: data).json(),
      note: note
    )
  }
}
