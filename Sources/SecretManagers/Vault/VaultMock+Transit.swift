import Foundation
import HTTPTypes
import Secrets
import Synchronization
import Wire
import Worlds

/// The transit engine.
extension VaultMock {
  func transit(_ rest: String, _ request: VaultRequest, by holder: String) -> ManagerAnswer {
    let parts = rest.split(separator: "/").map(String.init)
    let place = "\(Self.transitMount)/\(parts.dropFirst().joined(separator: "/"))"
    func note(_ operation: SecretAccess.Operation) -> AccessNote {
      AccessNote(operation, place, by: holder)
    }
    let body = (try? JSONValue(json: request.body)) ?? .emptyObject
    do {
      switch (parts.first ?? "", parts.count, request.method) {
      case ("keys", 2, .write):
        createTransitKey(parts[1])
        return try keyInformation(parts[1], note(.configure))
      case ("keys", 2, .read): return try keyInformation(parts[1], note(.list))
      case ("keys", 3, .write): return try changeKey(parts, body, note(.configure))
      case ("encrypt", 2, .write): return try encrypt(body, under: parts[1], note(.encrypt))
      case ("decrypt", 2, .write): return try decrypt(body, under: parts[1], note(.decrypt))
      case ("rewrap", 2, .write): return try rewrap(body, under: parts[1], note(.rewrap))
      case ("datakey", 3, .write):
        return try dataKey(parts[1], body, under: parts[2], note(.encrypt))
      default: return .vault(.notFound, errors: ["unsupported path"], note: request.note)
      }
    } catch let fault as VaultTransitStore.Fault {
      return .vault(.badRequest, errors: [fault.message], note: note(.decrypt))
    } catch {
      return .vault(.badRequest, errors: ["error parsing the request"], note: note(.decrypt))
    }
  }

  private struct BadBody: Error {}

  private func encrypt(
    _ body: JSONValue,
    under key: String,
    _ note: AccessNote
  ) throws -> ManagerAnswer {
    guard let wanted = Vault.Encryption(body) else { throw BadBody() }
    let plaintext = try wanted.plaintext.reveal { try Self.decoded($0) }
    return try seal(plaintext, under: key, try Self.decoded(wanted.associatedData ?? ""), note)
  }

  private func seal(
    _ plaintext: Data,
    under key: String,
    _ associatedData: Data,
    _ note: AccessNote,
    showing shown: [JSONValue.Member] = []
  ) throws -> ManagerAnswer {
    let ciphertext = try state.withLock { state in
      try state.transit.encrypt(
        plaintext,
        under: key,
        associatedData: associatedData,
        randomness: randomness
      )
    }
    var note = note
    note.version = String(ciphertext.keyVersion)
    let data = JSONValue.object(
      shown + [
        .init("ciphertext", .string(ciphertext.text)),
        .init("key_version", .integer(ciphertext.keyVersion)),
      ]
    )
    return ManagerAnswer(
      .ok,
      Vault.Envelope(requestID: requestID(), data: data).json(),
      note: note
    )
  }

  private func decrypt(
    _ body: JSONValue,
    under key: String,
    _ note: AccessNote
  ) throws -> ManagerAnswer {
    let plain = try opened(body, under: key)
    let data: JSONValue = ["plaintext": .string(plain.base64EncodedString())]
    return ManagerAnswer(
      .ok,
      Vault.Envelope(requestID: requestID(), data: data).json(),
      note: note
    )
  }

  private func rewrap(
    _ body: JSONValue,
    under key: String,
    _ note: AccessNote
  ) throws -> ManagerAnswer {
    let plain = try opened(body, under: key)
    let associatedData = try Self.decoded(body["associated_data"]?.text ?? "")
    return try seal(plain, under: key, associatedData, note)
  }

  private func opened(_ body: JSONValue, under key: String) throws -> Data {
    guard let wanted = Vault.Decryption(body) else { throw BadBody() }
    let associatedData = try Self.decoded(wanted.associatedData ?? "")
    return try state.withLock { state in
      try state.transit.decrypt(wanted.ciphertext, under: key, associatedData: associatedData)
    }
  }

  /// A fresh key, wrapped, and in the clear where it is asked for so.
  private func dataKey(
    _ form: String,
    _ body: JSONValue,
    under key: String,
    _ note: AccessNote
  ) throws -> ManagerAnswer {
    let bits = body["bits"]?.wholeNumber ?? 256
    guard [128, 256, 512].contains(bits), form == "plaintext" || form == "wrapped" else {
      throw BadBody()
    }
    var generator = randomness.generator("data-key/\(requestID())")
    let fresh = Data((0..<bits / 8).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
    let shown: [JSONValue.Member] =
      form == "plaintext" ? [.init("plaintext", .string(fresh.base64EncodedString()))] : []
    return try seal(fresh, under: key, Data(), note, showing: shown)
  }

  private func keyInformation(_ name: String, _ note: AccessNote) throws -> ManagerAnswer {
    guard let key = state.withLock({ $0.transit.keys[name] }) else {
      return .vault(.notFound, note: note)
    }
    let versions = key.createdAt.enumerated().map { index, moment in
      JSONValue.Member(String(index + 1), .integer(Int(moment.unixSeconds)))
    }
    let data: JSONValue = [
      "name": .string(name), "type": .string("aes256-gcm96"),
      "latest_version": .integer(key.versions.count), "min_available_version": .integer(0),
      "min_decryption_version": .integer(key.oldestDecrypting),
      "min_encryption_version": .integer(0), "deletion_allowed": .bool(false),
      "derived": .bool(false), "exportable": .bool(false), "keys": .object(versions),
      "supports_encryption": .bool(true), "supports_decryption": .bool(true),
    ]
    return ManagerAnswer(
      .ok,
      Vault.Envelope(requestID: requestID(), data: data).json(),
      note: note
    )
  }

  private func changeKey(
    _ parts: [String],
    _ body: JSONValue,
    _ note: AccessNote
  ) throws -> ManagerAnswer {
    let now = clock.now
    switch parts[2] {
    case "rotate":
      try state.withLock { try $0.transit.rotate(parts[1], at: now, randomness: randomness) }
    case "config":
      guard let oldest = body["min_decryption_version"]?.wholeNumber else { throw BadBody() }
      try state.withLock { try $0.transit.allowDecryption(from: oldest, of: parts[1]) }
    default: throw BadBody()
    }
    return try keyInformation(parts[1], note)
  }

  private static func decoded(_ text: String) throws -> Data {
    guard let data = Data(base64Encoded: text) else { throw VaultTransitStore.Fault.badBase64 }
    return data
  }
}
