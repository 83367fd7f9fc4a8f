import HTTPTypes
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct AzureRefusalTests {
  private static let body = #"{"messages":[{"role":"user","content":"x"}],"model":"assistant"}"#
  private static let chatPath = "/openai/deployments/assistant/chat/completions"

  @Test func refusesWrongKeysAndForeignOnes() async throws {
    let bench = try AzureBench()
    let foreign = try bench.key(of: AzureBench.other)
    for key in [Secret("azure-mock-never-issued"), foreign] {
      let answer = try await bench.chat("x", key: key)
      #expect(answer.status == 401)
      #expect(answer.text.hasPrefix(#"{"error":{"code":"401","message":"Access denied due to"#))
    }
    #expect(bench.observed.map(\.keyID) == [nil, "acme-other/key1/1"])
    #expect(bench.observed.allSatisfy { $0.projectID == nil && $0.prompt == "x" })
    #expect(bench.mock.ledger().isEmpty)
  }

  @Test func withoutCredentialTheGatewayAnswers() async throws {
    let bench = try AzureBench()
    let answer = try await bench.send(
      .post,
      Self.chatPath + "?" + AzureBench.version,
      Self.body
    )
    #expect(answer.status == 401)
    #expect(answer.text.hasPrefix(#"{"statusCode":401,"message":"Unauthorized. Access token is"#))
    #expect(bench.observed.first?.presented == nil)
  }

  @Test func aKeyAsBearerIsTakenWithoutVersionsOnly() async throws {
    let bench = try AzureBench()
    let headers = AzureBench.bearer(try bench.key())
    let v1 = try await bench.send(
      .post,
      "/openai/v1/chat/completions",
      Self.body,
      headers: headers
    )
    #expect(v1.status == 200)
    let classic = try await bench.send(
      .post,
      Self.chatPath + "?" + AzureBench.version,
      Self.body,
      headers: headers
    )
    #expect(classic.status == 401)
    // The older official client sends the key in both headers.
    let both = try bench.key().reveal { key -> HTTPFields in
      [AzureHeader.apiKey: key, .authorization: "Bearer " + key]
    }
    let older = try await bench.send(
      .post,
      Self.chatPath + "?" + AzureBench.version,
      Self.body,
      headers: both
    )
    #expect(older.status == 200)
  }

  @Test(
    arguments: [
      ("/openai/deployments/assistant/chat/completions", 404, "404"),
      ("/openai/deployments/assistant/chat/completions?api-version=2019-01-01", 404, "404"),
      ("/openai/deployments/assistant/chat/completions?api-version=2024-10-21", 200, nil),
      ("/openai/deployments/assistant/chat/completions?api-version=2025-04-01-preview", 200, nil),
      ("/openai/v1/chat/completions?api-version=2024-10-21", 400, "BadRequest"),
      ("/openai/v1/chat/completions?api-version=preview", 200, nil),
      ("/openai/v1/chat/completions?api-version=v1", 200, nil),
      (
        "/openai/deployments/none/chat/completions?api-version=2024-10-21", 404,
        "DeploymentNotFound"
      ),
      (
        "/openai/deployments/search/chat/completions?api-version=2024-10-21", 400,
        "OperationNotSupported"
      ),
      ("/openai/deployments//chat/completions?api-version=2024-10-21", 404, "404"),
      ("/openai/chat/completions?api-version=2024-10-21", 404, "404"),
      ("/v1/chat/completions", 404, "404"), ("/", 404, "404"), ("/openai", 404, "404"),
      (
        "/openai/deployments/a%2Fb/chat/completions?api-version=2024-10-21", 404,
        "DeploymentNotFound"
      ),
    ] as [(String, Int, String?)]
  )
  func checksPathVersionAndDeployment(path: String, status: Int, code: String?) async throws {
    let bench = try AzureBench()
    let answer = try await bench.send(
      .post,
      path,
      Self.body,
      headers: AzureBench.headers(try bench.key())
    )
    #expect(answer.status == status, "\(answer.text)")
    #expect(bench.observed.first?.errorCode == code)
    if let code { #expect(answer.text.hasPrefix(#"{"error":{"code":"\#(code)","message":"#)) }
    // Whatever it asked for: with a wrong key it learns nothing but that.
    let stranger = try await bench.send(
      .post,
      path,
      Self.body,
      headers: AzureBench.headers(Secret("azure-mock-stranger"))
    )
    #expect(stranger.status == 401)
  }

  @Test func unknownDeploymentOfV1AndWrongMethod() async throws {
    let bench = try AzureBench()
    let headers = AzureBench.headers(try bench.key())
    let unknown = try await bench.send(
      .post,
      "/openai/v1/chat/completions",
      #"{"messages":[{"role":"user","content":"x"}],"model":"gpt-4o-mini"}"#,
      headers: headers
    )
    #expect(unknown.status == 404 && unknown.text.contains("DeploymentNotFound"))
    let nameless = try await bench.send(
      .post,
      "/openai/v1/chat/completions",
      #"{"messages":[{"role":"user","content":"x"}]}"#,
      headers: headers
    )
    #expect(nameless.status == 400 && nameless.text.contains("missing_required_parameter"))
    let get = try await bench.send(
      .get,
      Self.chatPath + "?" + AzureBench.version,
      headers: headers
    )
    #expect(get.status == 405)
  }

  @Test func limitsTheRequestsOfADeploymentWhateverTheKey() async throws {
    let bench = try AzureBench()
    #expect(try await bench.chat("1", deployment: "small").status == 200)
    #expect(
      try await bench.chat("2", deployment: "small", key: try bench.key(.key2)).status == 200
    )
    let refused = try await bench.chat("3", deployment: "small", key: try bench.key(.key2))
    #expect(refused.status == 429)
    #expect(refused.text.contains("Your requests to gpt-4o-mini for small in Sweden Central"))
    #expect(refused.text.contains("call rate limit"))
    let seconds = try #require(refused.headers[OpenAIHeader.retryAfter].flatMap { Int($0) })
    #expect((1...60).contains(seconds))
    #expect(refused.text.contains("Please retry after \(seconds) seconds"))
    #expect(
      refused.headers[OpenAIHeader.retryAfterMilliseconds] == String(seconds * 1_000)
    )
    #expect(try await bench.chat("4").status == 200)
    try await bench.clock.sleep(for: .seconds(seconds))
    #expect(try await bench.chat("5", deployment: "small").status == 200)
  }

  @Test func limitsTheTokensOfADeployment() async throws {
    let bench = try AzureBench()
    let long = try await bench.chat(
      "x",
      deployment: "small",
      members: #","max_completion_tokens":990"#
    )
    #expect(long.status == 200)
    let refused = try await bench.chat("y", deployment: "small")
    #expect(refused.status == 429 && refused.text.contains("token rate limit"))
    #expect(refused.headers[AzureHeader.policy] == "DeploymentRatelimit-Token")
  }

  @Test func aResourceMayRefuseKeys() async throws {
    var closed = AzureBench.first
    closed.refusesKeys = true
    let bench = try AzureBench(resources: [closed])
    let answer = try await bench.chat("x")
    #expect(answer.status == 403 && answer.text.contains("AuthenticationTypeDisabled"))
    #expect(try await bench.chat("x", key: Secret("azure-mock-wrong")).status == 401)
  }

  @Test func survivesHostileBodies() async throws {
    let bench = try AzureBench()
    let headers = AzureBench.headers(try bench.key())
    let path = Self.chatPath + "?" + AzureBench.version
    let deep = #"{"messages":"# + String(repeating: "[", count: 100_000)
    for body in ["", "[]", "null", "{", deep, #"{"messages":7}"#, "\u{0}"] {
      let answer = try await bench.send(.post, path, body, headers: headers)
      #expect(answer.status == 400)
    }
    let huge = String(repeating: "x", count: (1 << 20) + 1)
    #expect(try await bench.send(.post, path, huge, headers: headers).status == 413)
    #expect(bench.observed.count == 8 && bench.mock.ledger().isEmpty)
  }

  @Test func storysFaultsSpeakAzuresWords() async throws {
    let bench = try AzureBench()
    bench.mock.setFault(.failures(count: 1, status: 503))
    #expect(try await bench.chat("x").text.contains("ServiceUnavailable"))
    #expect(bench.observed.last?.struckByFault == true)
    #expect(try await bench.chat("x").status == 200)
    bench.mock.setFault(.status(429, retryAfter: .milliseconds(1_500)))
    let busy = try await bench.chat("x")
    #expect(busy.status == 429 && busy.headers[OpenAIHeader.retryAfter] == "2")
    bench.mock.setFault(.redirect(toHost: "evil.example"))
    let moved = try await bench.chat("x")
    #expect(moved.status == 307)
    #expect(moved.headers[.location]?.hasPrefix("https://evil.example/openai/") == true)
    bench.mock.setFault(nil)
    #expect(throws: AzureError.unknownModel("none")) {
      try AzureBench(resources: [.init(name: "x", deployments: [.init(name: "d", model: "none")])])
    }
  }
}
