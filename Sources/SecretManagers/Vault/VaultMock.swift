import HTTPTypes
import Hummingbird
package import Secrets
import Synchronization
import Wire
package import Worlds

/// HashiCorp Vault as its clients see it: AppRole, the key-value engine of version 2 at `secret/`,
/// transit at `transit/`, its seal, and an access log.
package final class VaultMock: Sendable {
  package static let keyValueMount = "secret"
  package static let transitMount = "transit"
  static let longestBody = 1 << 20

  package let log: SecretAccessLog
  let roles: [VaultRole]
  let clock: any WorldClock
  let randomness: Randomness
  let state: Mutex<State>
  /// Sees and does everything; nil where nobody has it.
  let rootToken: Secret?

  struct State: Sendable {
    var tokens: [Secret: Token] = [:]
    var secrets = VaultKeyValueStore()
    var transit = VaultTransitStore()
    var isSealed = false
    var fault: ManagerFault?
    var requests = 0
    var logins = 0
  }

  struct Token: Sendable {
    /// Index into `roles`; nil for the root token.
    var role: Int?
    var issuedAt: Timestamp
    var expiresAt: Timestamp
  }

  /// - Parameter observe: told of each entry of the access log, in order; must not call back.
  package init(
    roles: [VaultRole],
    rootToken: Secret? = nil,
    clock: any WorldClock,
    randomness: Randomness,
    observe: @escaping @Sendable (SecretAccess) -> Void = { _ in }
  ) {
    self.roles = roles
    self.rootToken = rootToken
    self.clock = clock
    self.randomness = randomness
    log = SecretAccessLog(clock: clock, observe: observe)
    state = Mutex(State())
  }

  package var responder: Responder {
    { request, _ in try await self.serve(request) }
  }

  /// Puts a fault in force for the requests that come from now on; nil ends it.
  package func setFault(_ fault: ManagerFault?) {
    state.withLock { $0.fault = fault }
  }

  /// Writes a secret as somebody does who has other access to it than the vendor.
  ///
  /// - Returns: its version.
  @discardableResult
  package func write(
    _ texts: [String: Secret],
    at path: String,
    as principal: String
  ) throws -> Int {
    let data = JSONValue.object(
      texts.sorted { $0.key < $1.key }.map { name, text in
        .init(name, .string(text.reveal { $0 }))
      }
    )
    let now = clock.now
    let version = try state.withLock { state in
      try state.secrets.write(data, at: path, checkAndSet: nil, now: now)
    }
    log.record(
      AccessNote(
        .write,
        "\(Self.keyValueMount)/\(path)",
        by: principal,
        version: String(version),
        content: Secret(String(decoding: data.json(), as: UTF8.self))
      ),
      status: 200
    )
    return version
  }

  /// Makes a transit key, as an operator does before anybody uses it.
  package func createTransitKey(_ name: String) {
    let now = clock.now
    state.withLock { $0.transit.create(name, at: now, randomness: randomness) }
  }

  private func serve(_ request: Request) async throws -> Response {
    if case .slow(let delay) = state.withLock({ $0.fault }) {
      try await clock.sleep(for: delay)
    }
    let answer: ManagerAnswer
    if let body = try await request.wholeBody(upTo: Self.longestBody) {
      answer = self.answer(VaultRequest(request, body: body))
    } else {
      answer = .vault(.contentTooLarge, errors: ["http: request body too large"])
    }
    if let note = answer.note { log.record(note, status: answer.status.code) }
    return answer.response(contentType: "application/json")
  }

  private func answer(_ request: VaultRequest?) -> ManagerAnswer {
    guard let request else { return .vault(.notFound) }
    if request.path.hasPrefix("sys/") { return system(request) }
    let (isSealed, isRefusing) = state.withLock { state in
      (state.isSealed || state.fault == .sealed, state.fault == .refusing)
    }
    if isSealed {
      return .vault(.serviceUnavailable, errors: [Vault.sealedMessage], note: request.note)
    }
    guard request.namespace.isEmpty else {
      return .vault(.notFound, errors: ["namespace not found"], note: request.note)
    }
    if isRefusing { return .vaultDenied(note: request.note) }
    if request.path == "auth/approle/login" { return login(request) }
    return authorised(request)
  }

  /// An id of one request, in the shape of a UUID.
  func requestID() -> String {
    let number = state.withLock { state in
      state.requests += 1
      return state.requests
    }
    var generator = randomness.generator("request/\(number)")
    return generator.uuid()
  }
}

extension SeededGenerator {
  mutating func uuid() -> String {
    [8, 4, 4, 4, 12].map { hex($0) }.joined(separator: "-")
  }
}

extension ManagerAnswer {
  static func vault(
    _ status: HTTPResponse.Status,
    errors: [String] = [],
    note: AccessNote? = nil
  ) -> ManagerAnswer {
    ManagerAnswer(status, Vault.ErrorBody(errors).json(), note: note)
  }

  /// A token that is good for other things.
  static func vaultDenied(note: AccessNote?) -> ManagerAnswer {
    vault(.forbidden, errors: ["1 error occurred:\n\t* permission denied\n\n"], note: note)
  }
}
