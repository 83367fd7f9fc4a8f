import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Providers
import Secrets
import Testing
import Wire
import Worlds

/// The mock behind one address, as `keyproof mock azure` serves it.
@Suite struct AzureServerTests {
  private let bench: AzureBench
  private let issuer: EntraIssuer
  private let responder: Responder

  init() throws {
    let clock = ImmediateClock()
    let issuer = try EntraIssuer(identities: [AzureBench.identity], clock: clock)
    bench = try AzureBench(clock: clock) { issuer.check($0, audiences: $1) }
    self.issuer = issuer
    responder = ControlAPI(
      provider: "azure",
      token: Secret("control"),
      clock: clock,
      routes: AzureControl(mock: bench.mock).routes
    ).guarding(AzureFront(mock: bench.mock, issuer: issuer).responder)
  }

  private func send(
    _ method: HTTPRequest.Method = .post,
    _ path: String,
    _ body: String = "",
    host: String = "127.0.0.1:8081",
    headers: HTTPFields
  ) async throws -> AzureBench.Answer {
    let request = Request(
      head: HTTPRequest(
        method: method,
        scheme: "http",
        authority: host,
        path: path,
        headerFields: headers
      ),
      body: RequestBody(buffer: ByteBuffer(string: body))
    )
    let context = ServerContext(source: .init(logger: Logger(label: "test")))
    return try await AzureBench.collect(try await responder(request, context))
  }

  @Test(arguments: [
    ("127.0.0.1:8081", "acme-openai"), ("acme-other.localhost:8081", "acme-other"),
    ("ACME-OTHER.openai.azure.com", "acme-other"), ("localhost", "acme-openai"),
  ])
  func theHostTellsTheResource(host: String, resource: String) async throws {
    let key = try #require(try bench.mock.secrets(of: resource).first)
    let answer = try await send(
      .post,
      "/openai/deployments/assistant/chat/completions?\(AzureBench.version)",
      #"{"messages":[{"role":"user","content":"x"}]}"#,
      host: host,
      headers: AzureBench.headers(key)
    )
    #expect(answer.status == 200)
    #expect(bench.observed.last?.projectID == resource)
  }

  @Test func entraAndTheManagerStandAtTheSameAddress() async throws {
    let token = try issuer.token(
      of: AzureBench.identity,
      audience: "https://management.azure.com"
    )
    let first = AzureBench.first
    let listed = try await send(
      .post,
      "/subscriptions/\(first.subscription)/resourceGroups/\(first.resourceGroup)/providers"
        + "/Microsoft.CognitiveServices/accounts/\(first.name)/listKeys?api-version=2025-09-01",
      headers: AzureBench.bearer(token)
    )
    #expect(listed.status == 200 && listed.text.hasPrefix(#"{"key1":"azure-mock-"#))
    let tenant = AzureBench.identity.tenant
    let keys = try await send(.get, "/\(tenant)/discovery/v2.0/keys", headers: [:])
    #expect(keys.status == 200 && keys.text.contains(#""kty":"RSA""#))
    let metadata = try await send(
      .get,
      "/\(tenant)/v2.0/.well-known/openid-configuration",
      headers: [:]
    )
    #expect(metadata.text.contains("discovery"))
  }

  /// Routers pass over empty parts of a path.
  @Test func aPathWithEmptyPartsLeadsNowhere() async throws {
    let token = try issuer.token(
      of: AzureBench.identity,
      audience: "https://management.azure.com"
    )
    let first = AzureBench.first
    let account =
      "subscriptions/\(first.subscription)/resourceGroups/\(first.resourceGroup)/providers"
      + "/Microsoft.CognitiveServices/accounts/\(first.name)"
    let key = try bench.key()
    for path in [
      "//\(account)/listKeys", "/\(account)//listKeys", "/\(account)/listKeys/",
      "/\(account)//regenerateKey",
    ] {
      let answer = try await send(
        .post,
        path + "?api-version=2025-09-01",
        #"{"keyName":"Key1"}"#,
        headers: AzureBench.bearer(token)
      )
      #expect(answer.status == 404 && !answer.text.contains("azure-mock-"), "\(path)")
    }
    #expect(try bench.key() == key)
    let control: HTTPFields = [.authorization: "Bearer control"]
    let tenant = AzureBench.identity.tenant
    for path in [
      "/\(tenant)//discovery/v2.0/keys", "/_keyproof//resources", "/_keyproof/resources/",
    ] {
      #expect(try await send(.get, path, headers: control).status == 404, "\(path)")
    }
  }

  @Test func theControlAPIShowsAndRegeneratesKeys() async throws {
    let control: HTTPFields = [.authorization: "Bearer control"]
    #expect(try await send(.get, "/_keyproof/resources", headers: [:]).status == 401)
    let shown = try await send(.get, "/_keyproof/resources", headers: control)
    let key = try bench.key().reveal { $0 }
    #expect(shown.status == 200 && shown.text.contains(key))
    let path = "/_keyproof/resources/acme-openai/keys/key1/regenerate"
    #expect(try await send(.post, path, headers: control).status == 200)
    #expect(try bench.key().reveal { $0 } != key)
    for wrong in [
      "/_keyproof/resources/none/keys/key1/regenerate",
      "/_keyproof/resources/acme-openai/keys/key3/regenerate",
    ] {
      #expect(try await send(.post, wrong, headers: control).status == 404)
    }
    _ = try await bench.chat("x")
    let books = try await send(.get, "/_keyproof/ledger", headers: control)
    #expect(books.text.contains(#""key_id":"acme-openai/key1/2""#))
  }

  @Test func theBooksNameKeysDeploymentsAndCosts() async throws {
    let control: HTTPFields = [.authorization: "Bearer control"]
    let old = try bench.key()
    _ = try await bench.chat("x")
    try bench.mock.regenerate(.key1, of: "acme-openai")
    _ = try await bench.chat("x", key: old)
    _ = try await bench.chat("x", deployment: "none", key: try bench.key())
    _ = try await bench.chat("x", key: Secret("azure-mock-stranger"))
    let token = try issuer.token(
      of: AzureBench.identity,
      audience: "https://cognitiveservices.azure.com"
    )
    _ = try await bench.send(
      .post,
      "/openai/v1/responses",
      #"{"model":"assistant","input":"x"}"#,
      headers: AzureBench.bearer(token)
    )
    let rows = try await send(.get, "/_keyproof/ledger", headers: control)
    let ledger = try #require(try JSONValue(json: rows.bytes)["data"]?.elements)
    #expect(
      ledger.map { $0["key_id"]?.text } == [
        "acme-openai/key1/1", "acme-openai/key1/1", "acme-openai/key1/2",
        "entra/\(AzureBench.identity.clientID)",
      ]
    )
    #expect(
      ledger.map { $0["endpoint"]?.text } == [
        "/openai/deployments/assistant/chat/completions",
        "/openai/deployments/assistant/chat/completions",
        "/openai/deployments/{deployment}/chat/completions", "/openai/v1/responses",
      ]
    )
    #expect(ledger.map { $0["status"] } == [200, 401, 404, 200].map { .integer($0) })
    #expect(ledger.map { $0["billed"] } == [true, false, false, true].map { .bool($0) })
    #expect(ledger[0]["requested_model"]?.text == "assistant")
    #expect(ledger[0]["model"]?.text == "gpt-4o-mini-2024-07-18")
    #expect(ledger.allSatisfy { $0["project_id"]?.text == "acme-openai" })
    let totals = try await send(
      .get,
      "/_keyproof/totals?group_by=api_key_id&group_by=model",
      headers: control
    )
    let sums = try #require(try JSONValue(json: totals.bytes)["data"]?.elements)
    #expect(sums.count == 2 && sums.allSatisfy { $0["usd"]?.text?.hasPrefix("0.0000") == true })
    #expect(
      try await send(.get, "/_keyproof/prices", headers: control).text.contains("0.000000022")
    )
  }

  @Test func theJournalHasStrangersAndNoKeys() async throws {
    let control: HTTPFields = [.authorization: "Bearer control"]
    let stranger = Secret("azure-mock-stranger-with-a-long-value")
    _ = try await bench.chat("secret words", key: stranger)
    _ = try await bench.chat("x")
    let journal = try await send(.get, "/_keyproof/journal", headers: control)
    let entries = try #require(try JSONValue(json: journal.bytes)["data"]?.elements)
    #expect(entries.map { $0["key_id"]?.text } == [nil, "acme-openai/key1/1"])
    #expect(entries.allSatisfy { $0["fingerprint"]?.text?.count == 12 })
    #expect(!journal.text.contains("stranger") && !journal.text.contains("secret words"))
  }

  @Test func revocationAndLimitsAreSet() async throws {
    let control: HTTPFields = [.authorization: "Bearer control"]
    let set = try await send(
      .put,
      "/_keyproof/revocation",
      #"{"window_seconds":30,"replicas":4}"#,
      headers: control
    )
    #expect(set.text == #"{"window_seconds":30.0,"replicas":4}"#)
    #expect(bench.mock.oldKeys == .window(.seconds(30), replicas: 4))
    for question in ["1", "2"] {
      #expect(try await bench.chat(question, deployment: "small").status == 200)
    }
    #expect(try await bench.chat("3", deployment: "small").status == 429)
    let spared = #"{"ledger":false,"journal":false,"behaviour":false}"#
    #expect(try await send(.post, "/_keyproof/reset", spared, headers: control).status == 200)
    #expect(try await bench.chat("4", deployment: "small").status == 200)
    #expect(bench.mock.ledger().map(\.calls) == [3])
    #expect(try await send(.post, "/_keyproof/reset", headers: control).status == 200)
    #expect(bench.mock.ledger().isEmpty)
    let unknown = try await send(.post, "/_keyproof/reset", #"{"all":true}"#, headers: control)
    #expect(unknown.status == 400)
  }

  @Test func aBehaviourIsSetAndLifted() async throws {
    let control: HTTPFields = [.authorization: "Bearer control"]
    let bad = try await send(.put, "/_keyproof/behaviour", "[]", headers: control)
    #expect(bad.status == 400)
    let small = #"{"tokens_per_piece":1}"#
    let set = try await send(.put, "/_keyproof/behaviour", small, headers: control)
    #expect(set.status == 200, "\(set.text)")
    #expect(bench.mock.behaviour.tokensPerPiece == 1)
    #expect(try await send(.delete, "/_keyproof/behaviour", headers: control).status == 200)
    #expect(bench.mock.behaviour.tokensPerPiece == nil)
  }
}
