import HTTPTypes
import SecretManagers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct AWSSecretsManagerTests {
  private static let host = "secretsmanager.eu-west-1.amazonaws.com"
  private static let secretKey = Secret("mock-secret-access-key")
  private let clock = BenchClock()
  private let mock: AWSSecretsManagerMock
  private let bench: ManagerBench

  init() {
    mock = AWSSecretsManagerMock(
      identities: [
        AWSIdentity(
          name: "assistant",
          accessKeyID: "AKIAMOCK",
          secretAccessKey: Self.secretKey,
          prefix: "keyproof/"
        )
      ],
      clock: clock,
      randomness: Randomness(seed: 1)
    )
    bench = ManagerBench(host: Self.host, responder: mock.responder)
  }

  /// - Parameter sent: the body that arrives, where it is not the one that was signed.
  private func call(
    _ operation: String,
    _ body: String,
    key: Secret = secretKey,
    behind: Duration = .zero,
    sent: String? = nil
  ) async throws -> BenchAnswer {
    let now = clock.now + (.zero - behind)
    let moment = now.iso8601.prefix { $0 != "." }.filter { $0 != "-" && $0 != ":" } + "Z"
    let signed = [
      "host": Self.host, "x-amz-date": moment, "x-amz-target": "secretsmanager.\(operation)",
    ]
    let scope = SigV4.Scope(
      date: String(moment.prefix(8)),
      region: "eu-west-1",
      service: "secretsmanager"
    )
    let signature = SigV4.signature(
      of: SigV4.SignedParts(method: "POST", path: "/", headers: signed, body: Array(body.utf8)),
      signing: Array(signed.keys),
      at: moment,
      in: scope,
      with: key
    )
    var headers: HTTPFields = [:]
    headers[AWSSecretsManager.targetHeader] = signed["x-amz-target"]
    headers[AWSSecretsManager.dateHeader] = moment
    headers[.authorization] =
      SigV4.Authorization(
        accessKeyID: "AKIAMOCK",
        scope: scope,
        signedHeaders: Array(signed.keys),
        signature: signature
      ).text
    return try await bench.send("POST", "/", sent ?? body, headers: headers)
  }

  private func create() async throws {
    let made = try await call(
      "CreateSecret",
      #"{"Name":"keyproof/customer-acme","SecretString":"k1"}"#
    )
    #expect(made.status == 200, "\(made.text)")
  }

  private static let get = #"{"SecretId":"keyproof/customer-acme"}"#

  @Test func aSignatureMustFitWhatArrives() async throws {
    try await create()
    #expect(try await call("GetSecretValue", Self.get).status == 200)
    let wrongs = [
      try await call("GetSecretValue", Self.get, key: Secret("another")),
      try await call("GetSecretValue", Self.get, sent: Self.get + " "),
      try await call("GetSecretValue", Self.get, behind: .seconds(301)),
      try await call("GetSecretValue", Self.get, behind: .seconds(-301)),
    ]
    for wrong in wrongs {
      #expect(wrong.status == 400)
      #expect(wrong.json["__type"] == .string("InvalidSignatureException"))
    }
    #expect(try await call("GetSecretValue", Self.get, behind: .seconds(300)).status == 200)
    #expect(try await bench.send("POST", "/", Self.get).status == 400)
  }

  @Test func labelsMoveWithThePresentVersion() async throws {
    try await create()
    let put = try await call(
      "PutSecretValue",
      #"{"SecretId":"keyproof/customer-acme","SecretString":"k2"}"#
    )
    #expect(put.json["VersionStages"] == .array([.string("AWSCURRENT")]))
    let now = try await call("GetSecretValue", Self.get)
    #expect(now.json["SecretString"] == .string("k2"))
    let before = try await call(
      "GetSecretValue",
      #"{"SecretId":"keyproof/customer-acme","VersionStage":"AWSPREVIOUS"}"#
    )
    #expect(before.json["SecretString"] == .string("k1"))
    let old = try #require(before.json["VersionId"]?.text)
    let removal = """
      {"SecretId":"keyproof/customer-acme","VersionStage":"AWSPREVIOUS",\
      "RemoveFromVersionId":"\(old)"}
      """
    #expect(try await call("UpdateSecretVersionStage", removal).status == 200)
    let gone = try await call(
      "GetSecretValue",
      #"{"SecretId":"keyproof/customer-acme","VersionStage":"AWSPREVIOUS"}"#
    )
    #expect(gone.json["__type"] == .string("ResourceNotFoundException"))
  }

  @Test func aPendingVersionIsNotThePresentOneUntilItIsPromoted() async throws {
    try await create()
    let first = try #require(
      try await call("GetSecretValue", Self.get).json["VersionId"]?.text
    )
    let pending = try await call(
      "PutSecretValue",
      """
      {"SecretId":"keyproof/customer-acme","SecretString":"k2","VersionStages":["AWSPENDING"]}
      """
    )
    #expect(pending.json["VersionStages"] == .array([.string("AWSPENDING")]))
    let second = try #require(pending.json["VersionId"]?.text)
    #expect(try await call("GetSecretValue", Self.get).json["SecretString"] == .string("k1"))
    let move =
      #"{"SecretId":"keyproof/customer-acme","VersionStage":"AWSCURRENT","#
      + #""MoveToVersionId":"\#(second)""#
    // From where the label is taken must be said, and be true.
    let unsaid = try await call("UpdateSecretVersionStage", move + "}")
    #expect(unsaid.json["__type"] == .string("InvalidParameterException"))
    let said = try await call(
      "UpdateSecretVersionStage",
      move + #","RemoveFromVersionId":"\#(first)"}"#
    )
    #expect(said.status == 200)
    let now = try await call("GetSecretValue", Self.get)
    #expect(now.json["SecretString"] == .string("k2"))
    #expect(
      now.json["VersionStages"] == .array([.string("AWSCURRENT"), .string("AWSPENDING")])
    )
  }

  @Test func whatIsMarkedForDeletionIsNotGivenOut() async throws {
    try await create()
    #expect(try await call("DeleteSecret", Self.get).status == 200)
    let marked = try await call("GetSecretValue", Self.get)
    #expect(marked.json["__type"] == .string("InvalidRequestException"))
    #expect(try await call("RestoreSecret", Self.get).status == 200)
    #expect(try await call("GetSecretValue", Self.get).status == 200)
  }

  @Test func anIdentityReachesItsOwnSecretsAlone() async throws {
    let others = try await call("GetSecretValue", #"{"SecretId":"other/thing"}"#)
    #expect(others.json["__type"] == .string("AccessDeniedException"))
    #expect(mock.log.entries.last?.principal == "assistant")
    #expect(mock.log.entries.last?.status == 400)
  }

  @Test(
    arguments: [
      "{}", "[]", "nonsense", #"{"Name":"keyproof/a b","SecretString":"x"}"#,
      #"{"Name":"keyproof/a","SecretString":""}"#,
      #"{"Name":"keyproof/a","SecretString":"x","ClientRequestToken":"short"}"#,
    ])
  func whatIsNoSecretIsRefused(body: String) async throws {
    #expect(try await call("CreateSecret", body).status == 400)
  }
}
