import HTTPTypes
import Secrets
import Synchronization
import Wire
import Worlds

/// Keys, at any moment and in any state.
extension OpenAIControl {
  var keyRoutes: [ControlRoute] {
    [
      ControlRoute(.get, "/keys", listKeys),
      ControlRoute(.post, "/keys", createKey),
      ControlRoute(.get, "/keys/:key", showKey),
      ControlRoute(.delete, "/keys/:key") { call in
        try ended(call, after: try mock.deleteKey(id: call.parameter("key")))
      },
      ControlRoute(.post, "/keys/:key/disable") { call in
        try ended(call, after: try mock.disableKey(id: call.parameter("key")))
      },
      ControlRoute(.post, "/keys/:key/enable") { call in
        try mock.enableKey(id: call.parameter("key"))
        return try showKey(call)
      },
      ControlRoute(.post, "/keys/:key/expire", expireKey),
      ControlRoute(.post, "/keys/:key/restrict", restrictKey),
    ]
  }

  private struct NewKey: Decodable {
    var name: String?
    var projectId: String?
    var value: String?
    var expiresInSeconds: Int?
    var scopes: [String]?
    var endpoints: [String]?
  }

  @Sendable private func createKey(_ call: ControlCall) throws -> JSONBody {
    let new =
      call.body.isEmpty ? NewKey() : try RequestBodyDecoder.decode(NewKey.self, from: call.body)
    let key = try mock.createKey(
      try Administration.checked(new.name ?? "key"),
      project: try project(new.projectId),
      value: try new.value.map(Self.keyValue),
      expiresAt: try new.expiresInSeconds.map { try Self.moment(in: $0, from: call.now) },
      restriction: try KeyRestriction.checked(scopes: new.scopes, endpoints: new.endpoints)
    )
    return .object(try members(ofKey: key.id) + [("value", key.secret.reveal { .string($0) })])
  }

  private func project(_ id: String?) throws -> String {
    if let id { return id }
    let first: String? = mock.state.withLock { state in
      for id in state.accounts.organizationIDs {
        if let project = state.accounts.organizations[id]?.projects.first { return project }
      }
      return nil
    }
    guard let first else { throw ProviderAccountError.unknownProject("") }
    return first
  }

  @Sendable private func listKeys(_ call: ControlCall) throws -> JSONBody {
    let page = try ListPage(call.query)
    let project = call.query.text("project_id")
    return try mock.state.withLock { state in
      let accounts = state.accounts
      return try page.list(
        Array(accounts.keys.indices),
        id: { accounts.keys[$0].key.id },
        body: { index in
          let record = accounts.keys[index]
          guard project == nil || record.key.project.id == project else { return nil }
          return .object(record.members(at: call.now))
        }
      )
    }
  }

  @Sendable private func showKey(_ call: ControlCall) throws -> JSONBody {
    .object(try members(ofKey: call.parameter("key")))
  }

  private func members(ofKey id: String) throws -> [(String, JSONBody)] {
    let now = mock.clock.now
    return try mock.state.withLock { state in
      let index = try state.accounts.index(ofKey: id)
      return state.accounts.keys[index].members(at: now)
    }
  }

  /// Calls with a higher order than the one given here were authenticated after the end.
  private func ended(_ call: ControlCall, after order: Int) throws -> JSONBody {
    .object(try members(ofKey: call.parameter("key")) + [("after_order", .integer(order))])
  }

  private struct Expiry: Decodable {
    var inSeconds: Int?
  }

  /// At once, unless the body says in how many seconds.
  @Sendable private func expireKey(_ call: ControlCall) throws -> JSONBody {
    let wish =
      call.body.isEmpty ? Expiry() : try RequestBodyDecoder.decode(Expiry.self, from: call.body)
    let moment = try Self.moment(in: wish.inSeconds ?? 0, from: call.now)
    try mock.expireKey(id: call.parameter("key"), at: moment)
    return try showKey(call)
  }

  private struct Restriction: Decodable {
    var scopes: [String]?
    var endpoints: [String]?
  }

  @Sendable private func restrictKey(_ call: ControlCall) throws -> JSONBody {
    let wish = try RequestBodyDecoder.decode(Restriction.self, from: call.body)
    try mock.restrictKey(
      id: call.parameter("key"),
      to: try KeyRestriction.checked(scopes: wish.scopes, endpoints: wish.endpoints)
    )
    return try showKey(call)
  }

  private static func moment(in seconds: Int, from now: Timestamp) throws -> Timestamp {
    guard (0...315_360_000).contains(seconds) else {
      let wanted = "an integer from 0 to 315360000"
      throw Refusal(RequestFault.invalid(parameter: "in_seconds", wanted: wanted))
    }
    return now + .seconds(seconds)
  }
}

extension ProviderAccounts.KeyRecord {
  fileprivate func members(at now: Timestamp) -> [(String, JSONBody)] {
    let state =
      life.isDeleted
      ? "deleted"
      : life.end != nil
        ? "disabled" : life.isLive(at: now) ? "active" : "expired"
    return [
      ("id", .string(key.id)), ("name", .string(name)), ("state", .string(state)),
      ("fingerprint", .string(key.fingerprint.description)),
      ("redacted_value", .string(life.redactedValue)),
      ("project_id", .string(key.project.id)),
      ("organization_id", .string(key.project.organizationID)),
      ("scopes", .array(key.restriction.scopes.map(JSONBody.string))),
      ("endpoints", .array(key.restriction.endpoints.map(JSONBody.string))),
      ("created_at", .moment(life.createdAt)), ("expires_at", .moment(life.expiresAt)),
      ("ended_at", .moment(life.end?.at)), ("last_used_at", .moment(life.lastUsedAt)),
    ]
  }
}

extension JSONBody {
  /// A moment to the millisecond, as people read it.
  static func moment(_ moment: Timestamp?) -> JSONBody {
    .optional(moment?.iso8601)
  }
}
