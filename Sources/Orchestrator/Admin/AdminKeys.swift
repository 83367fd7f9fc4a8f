import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Wire
import Worlds

/// Setting, checking and removing a customer's key.
struct AdminKeys: Sendable {
  let custody: any KeyCustody
  let model: any LanguageModel
  let indexer: KnowledgeIndexer
  let clock: any WorldClock

  private struct KeyState: Encodable {
    var state: String
    var lastFour: String?
    var fingerprint: String?
    var installedAt: String?
    var version: Int64?

    init(_ summary: KeySummary?) {
      state = summary?.state.rawValue ?? "none"
      lastFour = summary?.lastFour
      fingerprint = summary?.fingerprint.description
      installedAt = summary?.installedAt.iso8601
      version = summary?.version
    }
  }

  func state(of tenant: String) throws -> Response {
    try .json(KeyState(try custody.summary(of: tenant)))
  }

  /// The provider is asked first: a key that it does not take never replaces one that it does.
  func install(_ request: Request, _ tenant: String) async throws -> Response {
    let body = try await request.body.collect(upTo: 1 << 16)
    guard let key = Self.key(in: body.bytes) else {
      return .failure(.badRequest, "bad_request", "The body must be {'api_key': 'sk-...'}.")
    }
    if let failure = await checkFailure(of: key, for: tenant) { return failure }
    let summary = try await custody.store(key, for: tenant, at: clock.now)
    indexer.wake()
    return try .json(KeyState(summary))
  }

  func check(of tenant: String) async throws -> Response {
    guard let key = try await custody.open(for: tenant) else {
      return .failure(.conflict, "no_key", "No key is installed.")
    }
    let failure = await checkFailure(of: key.secret, for: tenant)
    if failure == nil {
      try custody.record(rejectedAt: nil, version: key.version, of: tenant)
      indexer.wake()
    } else if failure?.status == .unprocessableContent {
      try custody.record(rejectedAt: clock.now, version: key.version, of: tenant)
    }
    return try failure ?? .json(KeyState(try custody.summary(of: tenant)))
  }

  func remove(of tenant: String) async throws -> Response {
    guard try await custody.remove(for: tenant) else {
      return .failure(.notFound, "no_key", "No key is installed.")
    }
    return try .json(KeyState(nil))
  }

  /// Nil when the provider takes the key.
  private func checkFailure(of key: Secret, for tenant: String) async -> Response? {
    let call = ModelCall(
      tenant: tenant,
      exchange: "admin/\(tenant)/\(clock.now.nanoseconds)",
      deadline: clock.now + .seconds(20)
    )
    do {
      try await model.check(key, for: call)
      return nil
    } catch ModelFailure.keyRejected {
      return .failure(
        .unprocessableContent,
        "key_rejected",
        "OpenAI did not accept this key. Nothing was changed."
      )
    } catch ModelFailure.quotaExhausted {
      return .failure(
        .unprocessableContent,
        "quota_exhausted",
        "OpenAI accepts this key, but its account has no credit left. Nothing was changed."
      )
    } catch {
      return .failure(
        .serviceUnavailable,
        "provider_unavailable",
        "OpenAI could not be reached to check this key. Nothing was changed."
      )
    }
  }

  /// A key must be able to stand in a header: anything else never was one.
  private static func key(in body: [UInt8]) -> Secret? {
    var reader = JSONReader(body)
    var key: String?
    do {
      try reader.readObject { name, reader in
        if name == "api_key" { key = try reader.readString() } else { try reader.skipValue() }
      }
      try reader.finish()
    } catch {
      return nil
    }
    guard let key, (8...512).contains(key.utf8.count),
      key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
    else { return nil }
    return Secret(key)
  }
}
