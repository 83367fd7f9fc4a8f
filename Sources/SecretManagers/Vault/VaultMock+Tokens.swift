import HTTPTypes
import Secrets
import Synchronization
import Wire
import Worlds

/// Logging in, and what a token may do.
extension VaultMock {
  static let mostTokens = 10_000

  func login(_ request: VaultRequest) -> ManagerAnswer {
    guard request.method == .write else {
      return .vault(.methodNotAllowed, errors: ["unsupported operation"])
    }
    guard let login = Vault.AppRoleLogin(json: request.body) else {
      return .vault(.badRequest, errors: ["missing role_id"], note: AccessNote(.login, "approle"))
    }
    let known = roles.indices.first {
      roles[$0].roleID == login.roleID && roles[$0].secretID == login.secretID
    }
    guard let known else {
      return .vault(
        .badRequest,
        errors: ["invalid role or secret ID"],
        note: AccessNote(.login, "approle")
      )
    }
    let role = roles[known]
    let now = clock.now
    let (token, number) = state.withLock { state in
      state.logins += 1
      var generator = randomness.generator("token/\(state.logins)")
      let token = Secret("hvs." + generator.alphanumerics(90))
      if state.tokens.count >= Self.mostTokens {
        state.tokens = state.tokens.filter { $0.value.expiresAt > now }
      }
      state.tokens[token] = Token(
        role: known,
        issuedAt: now,
        expiresAt: now + role.tokenLifetime
      )
      return (token, state.logins)
    }
    var accessors = randomness.generator("accessor/\(number)")
    let authentication = Vault.Authentication(
      token: token,
      accessor: accessors.alphanumerics(24),
      policies: ["default", role.name],
      leaseDuration: Int(role.tokenLifetime.components.seconds),
      renewable: true
    )
    let envelope = Vault.Envelope(
      requestID: requestID(),
      auth: authentication.value(role: role.name)
    )
    return ManagerAnswer(
      .ok,
      envelope.json(),
      note: AccessNote(.login, "approle", by: role.name)
    )
  }

  /// Who a token belongs to now.
  func holder(of token: Secret?) -> Token? {
    guard let token else { return nil }
    let now = clock.now
    if token == rootToken {
      return Token(role: nil, issuedAt: now, expiresAt: Timestamp(nanoseconds: .max))
    }
    return state.withLock { state in
      guard let known = state.tokens[token], known.expiresAt > now else { return nil }
      return known
    }
  }

  func name(of token: Token) -> String {
    token.role.map { roles[$0].name } ?? "root"
  }

  func mayDo(_ capability: VaultRole.Capability, at path: String, _ token: Token) -> Bool {
    guard let role = token.role else { return true }
    if roles[role].allows(capability, at: path) { return true }
    // What creates may also be what updates: Vault asks for the one that applies.
    return capability == .update && roles[role].allows(.create, at: path)
  }

  /// Everything but logging in and the seal: for holders of a token.
  func authorised(_ request: VaultRequest) -> ManagerAnswer {
    guard request.token != nil else {
      return .vault(.forbidden, errors: ["permission denied"], note: request.note)
    }
    guard let token = holder(of: request.token) else {
      return .vault(
        .forbidden,
        errors: ["2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n"],
        note: request.note
      )
    }
    if let rest = request.rest(after: "auth/token") { return ownToken(rest, request, token) }
    guard mayDo(request.capability, at: request.path, token) else {
      var note = request.note
      note.principal = name(of: token)
      return .vaultDenied(note: note)
    }
    if let rest = request.rest(after: Self.keyValueMount) {
      return keyValue(rest, request, by: name(of: token))
    }
    if let rest = request.rest(after: Self.transitMount) {
      return transit(rest, request, by: name(of: token))
    }
    return .vault(
      .notFound,
      errors: ["no handler for route \"\(request.path)\". route entry not found."],
      note: request.note
    )
  }

  /// What every token may do with itself.
  private func ownToken(
    _ rest: String,
    _ request: VaultRequest,
    _ token: Token
  ) -> ManagerAnswer {
    guard let secret = request.token else { return .vault(.forbidden) }
    let now = clock.now
    let left = max(0, (token.expiresAt - now).components.seconds)
    switch (rest, request.method) {
    case ("lookup-self", .read):
      let data: JSONValue = [
        "ttl": .integer(Int(left)),
        "creation_ttl": .integer(Int((token.expiresAt - token.issuedAt).components.seconds)),
        "renewable": .bool(token.role != nil), "path": .string("auth/approle/login"),
        "policies": .array([.string("default"), .string(name(of: token))]),
        "meta": ["role_name": .string(name(of: token))], "type": .string("service"),
        "num_uses": .integer(0),
      ]
      return ManagerAnswer(.ok, Vault.Envelope(requestID: requestID(), data: data).json())
    case ("renew-self", .write):
      guard let role = token.role else {
        return .vault(.badRequest, errors: ["lease is not renewable"])
      }
      let lifetime = roles[role].tokenLifetime
      state.withLock { $0.tokens[secret]?.expiresAt = now + lifetime }
      let renewed = Vault.Authentication(
        token: secret,
        accessor: "",
        policies: ["default", roles[role].name],
        leaseDuration: Int(lifetime.components.seconds),
        renewable: true
      )
      let auth = renewed.value(role: roles[role].name)
      return ManagerAnswer(.ok, Vault.Envelope(requestID: requestID(), auth: auth).json())
    case ("revoke-self", .write):
      state.withLock { $0.tokens[secret] = nil }
      return ManagerAnswer(.noContent)
    default: return .vault(.notFound, errors: ["unsupported path"])
    }
  }
}
