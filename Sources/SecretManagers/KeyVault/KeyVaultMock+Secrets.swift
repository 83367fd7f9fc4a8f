import HTTPTypes
import Secrets
import Synchronization
import Wire
import Worlds

/// What can be done with secrets.
extension KeyVaultMock {
  private static let longestValue = 25 << 10

  func perform(
    _ method: HTTPRequest.Method,
    _ path: String,
    _ body: [UInt8],
    by client: String,
    isSealed: Bool,
    listingFrom begins: Int
  ) -> ManagerAnswer {
    let parts = path.split(separator: "/").map(String.init)
    if parts == ["secrets"], method == .get {
      return list(from: begins, AccessNote(.list, "", by: client))
    }
    guard parts.count >= 2, Self.isName(parts[1]) else {
      return .keyVault(.badRequest, "BadParameter", "The request URI contains an invalid name.")
    }
    let name = parts[1].lowercased()
    let third = parts.count > 2 ? parts[2] : nil
    func note(_ operation: SecretAccess.Operation, _ version: String? = nil) -> AccessNote {
      AccessNote(operation, name, by: client, version: version)
    }
    switch (parts[0], third, method) {
    case ("secrets", "versions", .get): return versions(of: name, from: begins, note(.list))
    case ("secrets", _, .get): return get(third, of: name, note(.read), isSealed: isSealed)
    case ("secrets", nil, .put): return put(body, as: name, note(.write))
    case ("secrets", let version?, .patch): return patch(body, version, of: name, note(.configure))
    case ("secrets", nil, .delete):
      let now = clock.now
      guard let last = state.withLock({ $0.store.delete(name, at: now) }) else {
        return missing(name, note(.destroy))
      }
      return deletedBundle(last, of: name, at: now, note(.destroy))
    case ("deletedsecrets", nil, .get):
      guard let known = state.withLock({ $0.store.deleted[name] }), let last = known.versions.last
      else { return notDeleted(name, note(.list)) }
      return deletedBundle(last, of: name, at: known.at, note(.list))
    case ("deletedsecrets", nil, .delete):
      guard !isPurgeProtected else {
        return .keyVault(
          .forbidden,
          "Forbidden",
          "Operation purge is not allowed: the vault has purge protection.",
          note: note(.destroy)
        )
      }
      guard state.withLock({ $0.store.purge(name) }) else {
        return notDeleted(name, note(.destroy))
      }
      return ManagerAnswer(.noContent, note: note(.destroy))
    case ("deletedsecrets", "recover", .post):
      guard let last = state.withLock({ $0.store.recover(name) }) else {
        return notDeleted(name, note(.restore))
      }
      return ManagerAnswer(
        .ok,
        JSONValue.object(bundle(last, of: name, showsValue: false).members).json(),
        note: note(.restore)
      )
    default: return .keyVault(.methodNotAllowed, "MethodNotAllowed", "")
    }
  }

  private func get(
    _ version: String?,
    of name: String,
    _ note: AccessNote,
    isSealed: Bool
  ) -> ManagerAnswer {
    guard let known = state.withLock({ $0.store.version(version, of: name) }) else {
      return missing(name, note)
    }
    var note = note
    note.version = known.id
    guard known.enabled, !isSealed else {
      return .keyVault(
        .forbidden,
        "Forbidden",
        "Operation get is not allowed on a disabled secret.",
        inner: "SecretDisabled",
        note: note
      )
    }
    note.content = known.value
    let members = bundle(known, of: name, showsValue: true).members
    return ManagerAnswer(.ok, JSONValue.object(members).json(), note: note)
  }

  private func put(_ body: [UInt8], as name: String, _ note: AccessNote) -> ManagerAnswer {
    guard let sent = try? JSONValue(json: body), let value = sent["value"]?.text,
      value.utf8.count <= Self.longestValue, !state.withLock({ $0.store.isFull })
    else {
      return .keyVault(
        .badRequest,
        "BadParameter",
        "The request body doesn't contain a valid secret value.",
        note: note
      )
    }
    let tags = (sent["tags"]?.members ?? []).prefix(15).reduce(into: [:]) { tags, member in
      tags[member.name] = member.value.text
    }
    let made = set(
      Secret(value),
      as: name,
      contentType: sent["contentType"]?.text,
      tags: tags
    )
    guard let made else {
      return .keyVault(
        .conflict,
        "Conflict",
        "Secret \(name) is currently in a deleted but recoverable state.",
        inner: "ObjectIsDeletedButRecoverable",
        note: note
      )
    }
    var note = note
    note.version = made.id
    note.content = made.value
    let members = bundle(made, of: name, showsValue: true).members
    return ManagerAnswer(.ok, JSONValue.object(members).json(), note: note)
  }

  private func patch(
    _ body: [UInt8],
    _ version: String,
    of name: String,
    _ note: AccessNote
  ) -> ManagerAnswer {
    let wanted = (try? JSONValue(json: body))?["attributes"]?["enabled"]?.flag
    let now = clock.now
    let known = state.withLock { state in
      if let wanted { state.store.enable(wanted, version, of: name, at: now) }
      return state.store.version(version, of: name)
    }
    guard let known else { return missing(name, note) }
    var note = note
    note.version = version
    // Out of use: what a log of destructions is asked for.
    if wanted == false { note.operation = .destroy }
    let members = bundle(known, of: name, showsValue: false).members
    return ManagerAnswer(.ok, JSONValue.object(members).json(), note: note)
  }

  /// The secrets without their values.
  private func list(from begins: Int, _ note: AccessNote) -> ManagerAnswer {
    let newest = state.withLock { $0.store.secrets.compactMapValues(\.last) }
    let listed = newest.sorted { $0.key < $1.key }.map { name, version in
      var shown = bundle(version, of: name, showsValue: false)
      shown.id = "https://\(host)/secrets/\(name)"
      return JSONValue.object(shown.members)
    }
    return page(of: listed, from: begins, at: "/secrets", note)
  }

  private func versions(of name: String, from begins: Int, _ note: AccessNote) -> ManagerAnswer {
    guard let versions = state.withLock({ $0.store.secrets[name] }) else {
      return missing(name, note)
    }
    let listed = versions.map {
      JSONValue.object(bundle($0, of: name, showsValue: false).members)
    }
    return page(of: listed, from: begins, at: "/secrets/\(name)/versions", note)
  }

  /// A part of a list, with the address of the next part where there is one.
  private func page(
    of entries: [JSONValue],
    from begins: Int,
    at path: String,
    _ note: AccessNote
  ) -> ManagerAnswer {
    let part = entries.dropFirst(max(0, begins)).prefix(Self.entriesPerPage)
    let rest = part.endIndex < entries.endIndex && !part.isEmpty
    let link = "https://\(host)\(path)?api-version=7.4&\(Self.skipToken)\(part.endIndex)"
    let value: JSONValue = [
      "value": .array(Array(part)), "nextLink": rest ? .string(link) : .null,
    ]
    return ManagerAnswer(.ok, value.json(), note: note)
  }

  private func deletedBundle(
    _ version: KeyVaultStore.Version,
    of name: String,
    at moment: Timestamp,
    _ note: AccessNote
  ) -> ManagerAnswer {
    let members =
      bundle(version, of: name, showsValue: false).members + [
        .init("recoveryId", .string("https://\(host)/deletedsecrets/\(name)")),
        .init("deletedDate", .integer(Int(moment.unixSeconds))),
        .init("scheduledPurgeDate", .integer(Int(moment.unixSeconds) + 90 * 86_400)),
      ]
    return ManagerAnswer(.ok, JSONValue.object(members).json(), note: note)
  }

  private func bundle(
    _ version: KeyVaultStore.Version,
    of name: String,
    showsValue: Bool
  ) -> KeyVault.Bundle {
    KeyVault.Bundle(
      value: showsValue ? version.value : nil,
      id: "https://\(host)/secrets/\(name)/\(version.id)",
      enabled: version.enabled,
      created: version.createdAt.unixSeconds,
      updated: version.updatedAt.unixSeconds,
      contentType: version.contentType,
      tags: version.tags
    )
  }

  private func missing(_ name: String, _ note: AccessNote) -> ManagerAnswer {
    .keyVault(
      .notFound,
      "SecretNotFound",
      "A secret with (name/id) \(name) was not found in this key vault.",
      note: note
    )
  }

  private func notDeleted(_ name: String, _ note: AccessNote) -> ManagerAnswer {
    .keyVault(.notFound, "SecretNotFound", "Deleted Secret not found: \(name)", note: note)
  }

  private static func isName(_ name: String) -> Bool {
    (1...127).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"): true
        default: false
        }
      }
  }
}
