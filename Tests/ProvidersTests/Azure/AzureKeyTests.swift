import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct AzureKeyTests {
  private func bench(
    _ identity: AzureIdentity = AzureBench.identity,
    propagation: AzureKeyPropagation = AzureKeyPropagation()
  ) throws -> (AzureBench, EntraIssuer) {
    let clock = ImmediateClock()
    let issuer = try EntraIssuer(identities: [identity], clock: clock)
    let bench = try AzureBench(propagation: propagation, clock: clock) { token, audiences in
      issuer.check(token, audiences: audiences)
    }
    return (bench, issuer)
  }

  private static let management = "https://management.azure.com"
  private static let models = "https://cognitiveservices.azure.com"

  @Test func keysAreRegeneratedOneByOne() async throws {
    let (bench, issuer) = try bench()
    let token = try issuer.token(of: AzureBench.identity, audience: Self.management)
    let (first, second) = (try bench.key(.key1), try bench.key(.key2))
    let listed = try await bench.manage("listKeys", token: token)
    #expect(listed.status == 200)
    #expect(listed.bytes == AzureKeyPair(key1: first, key2: second).json())
    #expect(try await bench.chat("x", key: first).status == 200)
    let regenerated = try await bench.manage(
      "regenerateKey",
      #"{"keyName":"Key1"}"#,
      token: token
    )
    #expect(regenerated.status == 200)
    let renewed = try bench.key(.key1)
    #expect(renewed != first)
    #expect(try bench.key(.key2) == second)
    #expect(regenerated.bytes == AzureKeyPair(key1: renewed, key2: second).json())
    #expect(try await bench.chat("x", key: first).status == 401)
    #expect(try await bench.chat("x", key: second).status == 200)
    #expect(try await bench.chat("x", key: renewed).status == 200)
    #expect(
      bench.observed.map(\.keyID) == [
        "acme-openai/key1/1", "acme-openai/key1/1", "acme-openai/key2/1", "acme-openai/key1/2",
      ]
    )
    #expect(bench.observed.map(\.projectID) == ["acme-openai", nil, "acme-openai", "acme-openai"])
  }

  @Test func regenerationStatesItsPlaceInTheOrder() async throws {
    let bench = try AzureBench()
    _ = try await bench.chat("one")
    let (ended, order) = try bench.mock.regenerate(.key1, of: "acme-openai")
    #expect(order == 1 && ended.id == "acme-openai/key1/1")
    _ = try await bench.chat("two", key: ended.secret)
    #expect(bench.observed.last?.order == 2 && bench.observed.last?.status == 401)
    #expect(throws: AzureError.unknownResource("none")) {
      try bench.mock.regenerate(.key1, of: "none")
    }
  }

  @Test func aDelayLetsTheOldValueLastAndTheNewOneWait() async throws {
    let (bench, _) = try bench(
      propagation: AzureKeyPropagation(oldKeys: .delay(.seconds(30)), newKeysWait: .seconds(10))
    )
    let old = try bench.key()
    try bench.mock.regenerate(.key1, of: "acme-openai")
    let new = try bench.key()
    #expect(try await bench.chat("x", key: old).status == 200)
    #expect(try await bench.chat("x", key: new).status == 401)
    try await bench.clock.sleep(for: .seconds(10))
    #expect(try await bench.chat("x", key: new).status == 200)
    try await bench.clock.sleep(for: .seconds(30))
    #expect(try await bench.chat("x", key: old).status == 401)
  }

  @Test func aWindowTakesTheOldValueInTurns() async throws {
    let (bench, _) = try bench(
      propagation: AzureKeyPropagation(oldKeys: .window(.seconds(30), replicas: 8))
    )
    let old = try bench.key()
    try bench.mock.regenerate(.key1, of: "acme-openai")
    var statuses: [Int] = []
    // The delays of the answers move the clock on.
    for _ in 0..<40 { statuses.append(try await bench.chat("x", key: old).status) }
    #expect(Set(statuses) == [200, 401])
    let grace = bench.observed.filter(\.isGrace)
    #expect(grace.count == statuses.filter { $0 == 200 }.count)
    #expect(grace.allSatisfy { $0.keyID == "acme-openai/key1/1" })
    try await bench.clock.sleep(for: .seconds(31))
    for _ in 0..<20 { #expect(try await bench.chat("x", key: old).status == 401) }
  }

  @Test func valuesAreGivenAndForgottenWithinBounds() async throws {
    var resource = AzureBench.first
    resource.keys = [.key1: Secret("my-first-key")]
    let bench = try AzureBench(resources: [resource])
    #expect(try await bench.chat("x", key: Secret("my-first-key")).status == 200)
    #expect(try await bench.chat("x", key: try bench.key(.key2)).status == 200)
    for _ in 0..<1_000 { try bench.mock.regenerate(.key1, of: resource.name) }
    #expect(try await bench.chat("x", key: Secret("my-first-key")).status == 401)
    #expect(bench.observed.last?.keyID == nil)
    #expect(try await bench.chat("x").status == 200)
    resource.keys[.key2] = Secret("my-first-key")
    let twice = resource
    #expect(throws: AzureError.valueTaken) { try AzureBench(resources: [twice]) }
  }

  @Test func aCallThatWasAdmittedBeforeFinishes() async throws {
    let bench = try AzureBench()
    let mock = bench.mock
    let body = CollectedBody(onWrite: { number in
      if number == 3 { _ = try? mock.regenerate(.key1, of: "acme-openai") }
    })
    let request = Request(
      head: HTTPRequest(
        method: .post,
        scheme: "https",
        authority: AzureBench.first.host,
        path: "/openai/deployments/assistant/chat/completions?\(AzureBench.version)",
        headerFields: AzureBench.headers(try bench.key())
      ),
      body: RequestBody(
        buffer: ByteBuffer(
          string: #"{"stream":true,"messages":[{"role":"user","content":"x"}]}"#
        )
      )
    )
    let responder = try #require(mock.hosts[AzureBench.first.host])
    let context = ServerContext(source: .init(logger: Logger(label: "test")))
    let response = try await responder(request, context)
    try await response.body.write(CollectedBody.Writer(body: body))
    #expect(body.text.hasSuffix("data: [DONE]\n\n"))
    #expect(bench.observed.first?.outcome == .completed)
  }

  @Test(
    arguments: [
      (#"{"keyName":"key1"}"#, 400, "BadRequest"), (#"{"keyName":"Key3"}"#, 400, "BadRequest"),
      ("{}", 400, "InvalidRequestContent"), ("", 400, "InvalidRequestContent"),
      (#"{"keyName":1}"#, 400, "InvalidRequestContent"),
    ]
  )
  func theManagerChecksItsBody(body: String, status: Int, code: String) async throws {
    let (bench, issuer) = try bench()
    let token = try issuer.token(of: AzureBench.identity, audience: Self.management)
    let key = try bench.key()
    let answer = try await bench.manage("regenerateKey", body, token: token)
    #expect(answer.status == status && answer.text.contains(#""code":"\#(code)""#))
    #expect(try bench.key() == key)
  }

  @Test func theManagerChecksCallerAndScope() async throws {
    let (bench, issuer) = try bench()
    let token = try issuer.token(of: AzureBench.identity, audience: Self.management)
    let other = try issuer.token(of: AzureBench.identity, audience: Self.models)
    func code(_ answer: AzureBench.Answer) -> String {
      answer.text.split(separator: "\"").dropFirst(5).first.map(String.init) ?? ""
    }
    #expect(code(try await bench.manage("listKeys", token: nil)) == "AuthenticationFailed")
    let forged = Secret("eyJhbGciOiJub25lIn0.e30.")
    #expect(
      code(try await bench.manage("listKeys", token: forged)) == "InvalidAuthenticationToken"
    )
    let wrong = try await bench.manage("listKeys", token: other)
    #expect(wrong.status == 401 && code(wrong) == "InvalidAuthenticationTokenAudience")
    let missing = try await bench.manage("listKeys", version: nil, token: token)
    #expect(missing.status == 400 && code(missing) == "MissingApiVersionParameter")
    let unknown = try await bench.manage("listKeys", version: "2001-01-01", token: token)
    #expect(unknown.status == 400 && code(unknown) == "InvalidResourceType")
    let nobody = try await bench.manage("listKeys", account: "none", token: token)
    #expect(nobody.status == 404 && code(nobody) == "ResourceNotFound")
    #expect(try await bench.manage("deleteKeys", token: token).status == 404)
    try await bench.clock.sleep(for: .seconds(4_000))
    let ended = try await bench.manage("listKeys", token: token)
    #expect(ended.status == 401 && code(ended) == "ExpiredAuthenticationToken")
  }

  @Test func rolesDecideWhatAnIdentityMayDo() async throws {
    var weak = AzureBench.identity
    weak.mayCallModels = false
    weak.mayManageKeys = false
    let (bench, issuer) = try bench(weak)
    let manager = try issuer.token(of: weak, audience: Self.management)
    let refused = try await bench.manage("listKeys", token: manager)
    #expect(refused.status == 403 && refused.text.contains("AuthorizationFailed"))
    #expect(!refused.text.contains(try bench.key().reveal { $0 }))
    let caller = try issuer.token(of: weak, audience: Self.models)
    let answer = try await bench.send(
      .post,
      "/openai/deployments/assistant/chat/completions?\(AzureBench.version)",
      #"{"messages":[{"role":"user","content":"x"}]}"#,
      headers: AzureBench.bearer(caller)
    )
    #expect(answer.status == 401 && answer.text.contains("PermissionDenied"))
    #expect(answer.text.contains("deployments/chat/completions/action"))
  }

  @Test func aTokenOfEntraIsACredential() async throws {
    let (bench, issuer) = try bench()
    let token = try issuer.token(of: AzureBench.identity, audience: Self.models)
    for path in [
      "/openai/deployments/assistant/chat/completions?\(AzureBench.version)",
      "/openai/v1/chat/completions",
    ] {
      let answer = try await bench.send(
        .post,
        path,
        #"{"model":"assistant","messages":[{"role":"user","content":"x"}]}"#,
        headers: AzureBench.bearer(token)
      )
      #expect(answer.status == 200)
    }
    #expect(bench.mock.ledger().map(\.keyID).allSatisfy { $0.hasPrefix("entra/a99") })
    let manager = try issuer.token(of: AzureBench.identity, audience: Self.management)
    let wrong = try await bench.send(
      .post,
      "/openai/v1/chat/completions",
      "{}",
      headers: AzureBench.bearer(manager)
    )
    #expect(wrong.status == 401 && wrong.text.hasPrefix(#"{"statusCode":401"#))
    let stranger = try EntraIssuer(identities: [AzureBench.identity], clock: bench.clock)
    let forged = try stranger.token(of: AzureBench.identity, audience: Self.models)
    let refused = try await bench.send(
      .post,
      "/openai/v1/chat/completions",
      "{}",
      headers: AzureBench.bearer(forged)
    )
    #expect(refused.status == 401)
  }

  @Test func theIssuerGivesTokensForASecret() async throws {
    let (_, issuer) = try bench()
    let tenant = AzureBench.identity.tenant
    func ask(_ form: String, tenant: String = tenant) async throws -> AzureBench.Answer {
      let request = Request(
        head: HTTPRequest(
          method: .post,
          scheme: "https",
          authority: EntraIssuer.host,
          path: "/\(tenant)/oauth2/v2.0/token"
        ),
        body: RequestBody(buffer: ByteBuffer(string: form))
      )
      let context = ServerContext(source: .init(logger: Logger(label: "test")))
      return try await AzureBench.collect(try await issuer.responder(request, context))
    }
    let identity = "grant_type=client_credentials&client_id=\(AzureBench.identity.clientID)"
    let scope = "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"
    let secret = "&client_secret=mock-client-secret-0001"
    #expect(try await ask(identity + secret + scope).status == 200)
    #expect(try await ask(identity + "&client_secret=wrong" + scope).status == 401)
    #expect(try await ask(identity + secret + "&scope=x").text.contains("invalid_scope"))
    #expect(try await ask(identity + secret + scope, tenant: "none").status == 400)
    #expect(try await ask("").status == 400)
  }
}
