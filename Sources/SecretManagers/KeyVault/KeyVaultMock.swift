import HTTPTypes
import Hummingbird
package import Secrets
import Synchronization
import Wire
package import Worlds

/// Azure Key Vault as its clients see it: the challenge, a token endpoint of Entra, secrets with
/// versions, deletion in two steps, and an access log.
package final class KeyVaultMock: Sendable {
  package static let authorityHost = "login.windows.net"
  static let tokenLifetime: Duration = .seconds(3_599)
  static let longestBody = 64 << 10
  static let mostTokens = 10_000
  /// As many as the service itself puts on one page of a list.
  static let entriesPerPage = 25
  static let skipToken = "$skiptoken="

  package let log: SecretAccessLog
  /// `NAME.vault.azure.net`.
  package let host: String
  let resource: String
  /// Deleted secrets cannot be purged before their time.
  let isPurgeProtected: Bool
  let clients: [KeyVaultClientIdentity]
  let clock: any WorldClock
  let randomness: Randomness
  let state = Mutex(State())

  struct State: Sendable {
    var store = KeyVaultStore()
    /// By token: whose it is, and when it ends.
    var tokens: [Secret: (client: Int, expiresAt: Timestamp)] = [:]
    var fault: ManagerFault?
    var changes = 0
    var grants = 0
  }

  /// - Parameters:
  ///   - resource: what tokens must be for; the vault's host ends with its host.
  ///   - observe: told of each entry of the access log, in order; must not call back.
  package init(
    host: String,
    resource: String = "https://vault.azure.net",
    isPurgeProtected: Bool = false,
    clients: [KeyVaultClientIdentity],
    clock: any WorldClock,
    randomness: Randomness,
    observe: @escaping @Sendable (SecretAccess) -> Void = { _ in }
  ) {
    self.host = host
    self.resource = resource
    self.isPurgeProtected = isPurgeProtected
    self.clients = clients
    self.clock = clock
    self.randomness = randomness
    log = SecretAccessLog(clock: clock, observe: observe)
  }

  /// The vault, and the token endpoint that its challenge names.
  package var hosts: [String: Responder] {
    [
      host: { request, _ in try await self.serve(request) },
      Self.authorityHost: { request, _ in try await self.serveTokens(request) },
    ]
  }

  /// Both at one address, told apart by their paths: for a server of its own.
  package var responder: Responder {
    { request, _ in
      switch request.target.path.split(separator: "/").first {
      case "secrets", "deletedsecrets": try await self.serve(request)
      default: try await self.serveTokens(request)
      }
    }
  }

  /// Puts a fault in force for the requests that come from now on; nil ends it. The token endpoint
  /// stays well.
  package func setFault(_ fault: ManagerFault?) {
    state.withLock { $0.fault = fault }
  }

  /// Makes a new version, as somebody does who has other access to the vault than the vendor.
  package func write(_ value: Secret, to name: String, as principal: String) {
    let version = set(value, as: name.lowercased(), contentType: nil, tags: [:])
    log.record(
      AccessNote(.write, name, by: principal, version: version?.id, content: value),
      status: version == nil ? 409 : 200
    )
  }

  /// Nil where a secret of that name is deleted and not purged.
  func set(
    _ value: Secret,
    as name: String,
    contentType: String?,
    tags: [String: String]
  ) -> KeyVaultStore.Version? {
    let now = clock.now
    return state.withLock { state in
      state.changes += 1
      var generator = randomness.generator("version/\(state.changes)")
      let version = KeyVaultStore.Version(
        id: generator.hex(32),
        value: value,
        enabled: true,
        contentType: contentType,
        tags: tags,
        createdAt: now,
        updatedAt: now
      )
      return state.store.set(version, as: name) ? version : nil
    }
  }

  private func serve(_ request: Request) async throws -> Response {
    let fault = state.withLock { $0.fault }
    if case .slow(let delay) = fault { try await clock.sleep(for: delay) }
    let answer: ManagerAnswer
    if let body = try await request.wholeBody(upTo: Self.longestBody) {
      answer = self.answer(request, body: body, fault)
    } else {
      answer = .keyVault(.contentTooLarge, "BadParameter", "The request is too large.")
    }
    if let note = answer.note { log.record(note, status: answer.status.code) }
    return answer.response(contentType: "application/json; charset=utf-8")
  }

  private func answer(
    _ request: Request,
    body: [UInt8],
    _ fault: ManagerFault?
  ) -> ManagerAnswer {
    let (path, query) = request.target
    guard let client = holder(of: request) else { return challenge(AccessNote(.login, path)) }
    let version = query.split(separator: "&").first { $0.hasPrefix("api-version=") }?.dropFirst(12)
    guard let version, KeyVault.apiVersions.contains(String(version)) else {
      return .keyVault(.badRequest, "BadParameter", "api-version must be specified")
    }
    if fault == .refusing {
      return .keyVault(
        .forbidden,
        "Forbidden",
        "Caller is not authorized to perform action on resource.",
        inner: "ForbiddenByRbac",
        note: AccessNote(.read, path, by: client)
      )
    }
    let begins = query.split(separator: "&").first { $0.hasPrefix(Self.skipToken) }
      .flatMap { Int($0.dropFirst(Self.skipToken.count)) }
    return perform(
      request.method,
      path,
      body,
      by: client,
      isSealed: fault == .sealed,
      listingFrom: begins ?? 0
    )
  }

  private func holder(of request: Request) -> String? {
    guard let header = request.headers[.authorization], header.hasPrefix("Bearer ") else {
      return nil
    }
    let now = clock.now
    let known = state.withLock { $0.tokens[Secret(String(header.dropFirst(7)))] }
    guard let known, known.expiresAt > now else { return nil }
    return clients[known.client].name
  }

  private func challenge(_ note: AccessNote) -> ManagerAnswer {
    let tenant = clients.first?.tenant ?? "common"
    var answer = ManagerAnswer.keyVault(
      .unauthorized,
      "Unauthorized",
      "AKV10000: Request is missing a Bearer or PoP token.",
      note: note
    )
    answer.headers[.wwwAuthenticate] =
      KeyVault.Challenge(
        authorization: "https://\(Self.authorityHost)/\(tenant)",
        resource: resource
      ).text
    return answer
  }
}

extension ManagerAnswer {
  static func keyVault(
    _ status: HTTPResponse.Status,
    _ code: String,
    _ message: String,
    inner: String? = nil,
    note: AccessNote? = nil
  ) -> ManagerAnswer {
    ManagerAnswer(
      status,
      KeyVault.ErrorBody(code: code, message: message, inner: inner).json(),
      note: note
    )
  }
}
