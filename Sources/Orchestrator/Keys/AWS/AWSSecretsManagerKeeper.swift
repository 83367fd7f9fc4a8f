import HTTPTypes
import NIOCore
import Secrets
import Wire
import Worlds

/// Customers' keys in AWS Secrets Manager: `{folder}/customer-{id}`, a JSON object with the members
/// `api_key` and `destination`; a value that is no object is taken for the key itself.
struct AWSSecretsManagerKeeper: SecretManager {
  typealias Service = AWSSecretsManager

  private let endpoint: Endpoint
  private let region: String
  private let folder: String
  private let accessKeyID: String
  private let secretAccessKey: Secret
  private let sessionToken: Secret?
  private let calls: SecretManagerCalls

  /// - Throws: `ConfigurationFault.badURL`.
  init(
    _ settings: OrchestratorConfiguration.Custody.AWS,
    secretAccessKey: Secret,
    sessionToken: Secret?,
    calls: SecretManagerCalls
  ) throws(ConfigurationFault) {
    endpoint = try Endpoint(settings.address, setting: "custody.aws.endpoint")
    region = settings.region
    folder = settings.folder
    accessKeyID = settings.accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
    self.calls = calls
  }

  private enum Answer: Sendable {
    case success(JSONValue)
    case failure(type: String)
  }

  func read(_ tenant: String) async throws -> HeldKey? {
    switch try await call(.getSecretValue, ["SecretId": .string(name(tenant))]) {
    case .success(let value):
      guard let text = value["SecretString"]?.text, let version = value["VersionId"]?.text else {
        throw CustodyFailure.malformed
      }
      return try Self.held(text, version: version)
    case .failure(Service.ErrorType.notFound), .failure(Service.ErrorType.invalidRequest):
      // The second: marked for deletion.
      return nil
    case .failure(let type): throw Self.failure(type)
    }
  }

  func write(
    _ credential: ModelCredential,
    for tenant: String,
    mark token: String
  ) async throws -> String {
    let content = JSONValue.string(Self.text(credential))
    let put: JSONValue = [
      "SecretId": .string(name(tenant)), "ClientRequestToken": .string(token),
      "SecretString": content,
    ]
    switch try await call(.putSecretValue, put) {
    case .success: return token
    case .failure(Service.ErrorType.notFound): break
    case .failure(Service.ErrorType.invalidRequest):
      // Somebody marked the secret for deletion; the administrator now wants it again.
      try await demand(.restoreSecret, ["SecretId": .string(name(tenant))])
      try await demand(.putSecretValue, put)
      return token
    case .failure(let type): throw Self.failure(type)
    }
    try await demand(
      .createSecret,
      [
        "Name": .string(name(tenant)), "ClientRequestToken": .string(token),
        "SecretString": content,
      ]
    )
    return token
  }

  /// The mark of a write is the id of its version.
  func version(
    writtenAs mark: String,
    after known: String?,
    of tenant: String
  ) async throws -> String? {
    try await stages(of: tenant)[mark].map { _ in mark }
  }

  /// A version cannot be deleted by itself. Without its label it is out of use, and the service's
  /// to delete; of all versions before the present one only one has a label.
  func destroyVersions(
    before version: String,
    replaced: String?,
    of tenant: String
  ) async throws {
    let stages = try await stages(of: tenant)
    let previous = stages.keys.sorted().first { id in
      id != version && stages[id]?.contains(Service.Stage.previous) ?? false
    }
    guard let previous else { return }
    let answer = try await call(
      .updateSecretVersionStage,
      [
        "SecretId": .string(name(tenant)), "VersionStage": .string(Service.Stage.previous),
        "RemoveFromVersionId": .string(previous),
      ]
    )
    if case .failure(let type) = answer, !Self.isAbsence(type) { throw Self.failure(type) }
  }

  func erase(_ tenant: String) async throws {
    let answer = try await call(
      .deleteSecret,
      ["SecretId": .string(name(tenant)), "ForceDeleteWithoutRecovery": .bool(true)]
    )
    if case .failure(let type) = answer, !Self.isAbsence(type) { throw Self.failure(type) }
  }

  /// The labels of the versions that have any.
  private func stages(of tenant: String) async throws -> [String: [String]] {
    switch try await call(.describeSecret, ["SecretId": .string(name(tenant))]) {
    case .success(let value):
      return (value["VersionIdsToStages"]?.members ?? []).reduce(into: [:]) { stages, member in
        stages[member.name] = member.value.elements?.compactMap(\.text)
      }
    case .failure(let type) where Self.isAbsence(type): return [:]
    case .failure(let type): throw Self.failure(type)
    }
  }

  private func name(_ tenant: String) -> String { "\(folder)/customer-\(tenant)" }

  private func demand(_ operation: Service.Operation, _ members: JSONValue) async throws {
    if case .failure(let type) = try await call(operation, members) { throw Self.failure(type) }
  }

  /// The type of an error says what it is: statuses differ between AWS and what stands in for it.
  private func call(_ operation: Service.Operation, _ members: JSONValue) async throws -> Answer {
    let body = members.json()
    var response = try await calls.collect { request(operation, body) }
    let isSuccess = response.head.status == .ok
    let status = response.head.status.code
    return try response.readAndOverwrite { bytes in
      if isSuccess, let value = try? JSONValue(json: bytes) { return .success(value) }
      if let error = Service.ErrorBody(json: bytes) { return .failure(type: error.type) }
      throw status == 403 ? CustodyFailure.refused : CustodyFailure.unavailable
    }
  }

  private func request(_ operation: Service.Operation, _ body: [UInt8]) -> OutgoingRequest {
    let moment = calls.clock.now.basicISO8601
    var headers: HTTPFields = [.contentType: Service.contentType]
    headers[Service.targetHeader] = operation.target
    headers[Service.dateHeader] = moment
    var signed = [
      "content-type": Service.contentType, "host": endpoint.authority, "x-amz-date": moment,
      "x-amz-target": operation.target,
    ]
    sessionToken?.reveal { token in
      headers[Service.sessionTokenHeader] = token
      signed["x-amz-security-token"] = token
    }
    let scope = SigV4.Scope(
      date: String(moment.prefix(8)),
      region: region,
      service: Service.service
    )
    let head = endpoint.head(.post, "/", headers: headers)
    let signature = SigV4.signature(
      of: SigV4.SignedParts(
        method: "POST",
        path: head.path ?? "/",
        headers: signed,
        body: body
      ),
      signing: Array(signed.keys),
      at: moment,
      in: scope,
      with: secretAccessKey
    )
    var authorised = head
    authorised.headerFields[.authorization] =
      SigV4.Authorization(
        accessKeyID: accessKeyID,
        scope: scope,
        signedHeaders: Array(signed.keys),
        signature: signature
      ).text
    return OutgoingRequest(head: authorised, body: ByteBuffer(bytes: body))
  }

  private static func text(_ credential: ModelCredential) -> String {
    credential.secret.reveal { key in
      let value: JSONValue = [
        HeldKeyMember.key: .string(key),
        HeldKeyMember.destination: .string(credential.destination.storedText),
      ]
      return String(decoding: value.json(), as: UTF8.self)
    }
  }

  private static func held(_ text: String, version: String) throws -> HeldKey {
    guard let value = try? JSONValue(json: Array(text.utf8)), value.members != nil else {
      return HeldKey(secret: Secret(text), destination: nil, version: version)
    }
    guard let key = value[HeldKeyMember.key]?.text else { throw CustodyFailure.malformed }
    return HeldKey(
      secret: Secret(key),
      destination: value[HeldKeyMember.destination]?.text,
      version: version
    )
  }

  private static func isAbsence(_ type: String) -> Bool {
    [
      Service.ErrorType.notFound, Service.ErrorType.invalidParameter,
      Service.ErrorType.invalidRequest,
    ].contains(type)
  }

  private static func failure(_ type: String) -> CustodyFailure {
    switch type {
    case Service.ErrorType.decryption: .sealed
    case "InternalServiceError", "ThrottlingException", Service.ErrorType.limit: .unavailable
    default: .refused
    }
  }
}

extension Timestamp {
  /// `20261123T131955Z`.
  fileprivate var basicISO8601: String {
    iso8601.prefix { $0 != "." }.filter { $0 != "-" && $0 != ":" } + "Z"
  }
}
