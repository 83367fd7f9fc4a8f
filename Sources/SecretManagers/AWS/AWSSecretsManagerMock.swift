import HTTPTypes
import Hummingbird
package import Secrets
import Synchronization
import Wire
package import Worlds

/// AWS Secrets Manager as its clients see it: signatures that are verified, versions with staging
/// labels, and an access log.
package final class AWSSecretsManagerMock: Sendable {
  static let account = "123456789012"
  static let longestBody = 1 << 20

  package let log: SecretAccessLog
  package let region: String
  private let identities: [AWSIdentity]
  let clock: any WorldClock
  let randomness: Randomness
  let state = Mutex(State())

  struct State: Sendable {
    var store = StagedSecretStore()
    var fault: ManagerFault?
    var requests = 0
    var changes = 0
  }

  /// - Parameter observe: told of each entry of the access log, in order; must not call back.
  package init(
    identities: [AWSIdentity],
    region: String = "eu-west-1",
    clock: any WorldClock,
    randomness: Randomness,
    observe: @escaping @Sendable (SecretAccess) -> Void = { _ in }
  ) {
    self.identities = identities
    self.region = region
    self.clock = clock
    self.randomness = randomness
    log = SecretAccessLog(clock: clock, observe: observe)
  }

  package var responder: Responder {
    { request, _ in try await self.serve(request) }
  }

  /// Puts a fault in force for the requests that come from now on; nil ends it.
  package func setFault(_ fault: ManagerFault?) {
    state.withLock { $0.fault = fault }
  }

  /// Makes a new current version, as somebody does who has other access to it than the vendor.
  package func write(_ content: Secret, to name: String, as principal: String) throws {
    let now = clock.now
    let version = try state.withLock { state in
      state.changes += 1
      var generator = randomness.generator("version/\(state.changes)")
      let version = generator.uuid()
      if state.store.items[name] == nil {
        try state.store.create(name, arn: arn(name, &generator), at: now)
      }
      try state.store.put(
        content,
        isBinary: false,
        as: version,
        stages: nil,
        into: name,
        at: now
      )
      return version
    }
    log.record(
      AccessNote(.write, name, by: principal, version: version, content: content),
      status: 200
    )
  }

  private func serve(_ request: Request) async throws -> Response {
    let fault = state.withLock { $0.fault }
    if case .slow(let delay) = fault { try await clock.sleep(for: delay) }
    var answer: ManagerAnswer
    if let body = try await request.wholeBody(upTo: Self.longestBody) {
      answer = self.answer(request, body: body)
    } else {
      answer = .aws(AWSSecretsManager.ErrorType.limit, "The request is too large.")
    }
    let number = state.withLock { state in
      state.requests += 1
      return state.requests
    }
    var generator = randomness.generator("request/\(number)")
    answer.headers[AWSSecretsManager.requestIDHeader] = generator.uuid()
    if let note = answer.note { log.record(note, status: answer.status.code) }
    return answer.response(contentType: AWSSecretsManager.contentType)
  }

  private func answer(_ request: Request, body: [UInt8]) -> ManagerAnswer {
    guard request.method == .post, request.target.path == "/",
      let operation = request.headers[AWSSecretsManager.targetHeader]
        .flatMap({ AWSSecretsManager.Operation(target: $0) })
    else { return .aws(AWSSecretsManager.ErrorType.unknownOperation, "") }
    guard let members = try? JSONValue(json: body), members.members != nil else {
      return .aws(AWSSecretsManager.ErrorType.serialization, "")
    }
    let id = (members["SecretId"] ?? members["Name"])?.text ?? ""
    var note = AccessNote(operation.kind, id)
    let check = SigV4Check(identities: identities, region: region, now: clock.now)
    let identity: AWSIdentity
    switch check.check(request, body: body) {
    case .bad(let type, let message): return .aws(type, message, note: note)
    case .good(let known): identity = known
    }
    note.principal = identity.name
    let (fault, name) = state.withLock { ($0.fault, $0.store.name(of: id)) }
    note.secret = name ?? id
    guard fault != .refusing, note.secret.hasPrefix(identity.prefix) else {
      return .aws(
        AWSSecretsManager.ErrorType.accessDenied,
        "User: arn:aws:iam::\(Self.account):user/\(identity.name) is not authorized to perform: "
          + "secretsmanager:\(operation.rawValue) on resource: \(note.secret)",
        note: note
      )
    }
    if fault == .sealed, operation == .getSecretValue {
      return .aws(
        AWSSecretsManager.ErrorType.decryption,
        "Secrets Manager can't decrypt the protected secret text using the provided KMS key.",
        note: note
      )
    }
    do {
      return try perform(operation, members, note)
    } catch let fault as StagedSecretStore.Fault {
      return .aws(fault.type, fault.message, note: note)
    } catch {
      return .aws(
        AWSSecretsManager.ErrorType.invalidParameter,
        "The parameter name or value is invalid.",
        note: note
      )
    }
  }

  func arn(_ name: String, _ generator: inout SeededGenerator) -> String {
    "arn:aws:secretsmanager:\(region):\(Self.account):secret:\(name)-"
      + generator.alphanumerics(6)
  }
}

extension ManagerAnswer {
  static func aws(_ type: String, _ message: String, note: AccessNote? = nil) -> ManagerAnswer {
    ManagerAnswer(
      .badRequest,
      AWSSecretsManager.ErrorBody(type: type, message: message).json(),
      note: note
    )
  }
}

extension AWSSecretsManager.Operation {
  fileprivate var kind: SecretAccess.Operation {
    switch self {
    case .createSecret, .putSecretValue: .write
    case .getSecretValue: .read
    case .updateSecretVersionStage: .configure
    case .describeSecret, .listSecretVersionIDs: .list
    case .deleteSecret: .destroy
    case .restoreSecret: .restore
    }
  }
}
