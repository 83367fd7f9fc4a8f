import HTTPTypes
import Hummingbird
import NIOCore
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct RefusalTests {
  @Test func refusesWithoutKey() async throws {
    let bench = try Bench()
    let answer = try await bench.send(.get, "/v1/models", key: nil)
    #expect(answer.status == 401)
    #expect(answer.error?.message.hasPrefix("You didn't provide an API key.") == true)
    #expect(answer.error?.code == nil && answer.error?.param == nil)
    #expect(answer.headers[.vary] == "Origin")
    #expect(answer.headers[OpenAIHeader.version] == nil)
    #expect(bench.observed.first?.presented == nil)
  }

  @Test(arguments: [
    ("FAKE-OPENAI-KEY", "FAKE-OPE***-KEY"), ("DEADBEEF", "DEADBEEF"),
    ("sk-proj-0123456789", "sk-proj-******6789"),
  ])
  func masksAWrongKey(value: String, shown: String) async throws {
    let bench = try Bench()
    let answer = try await bench.chat("Hi", key: Secret(value))
    #expect(answer.status == 401)
    #expect(answer.error?.code == "invalid_api_key")
    #expect(answer.error?.message.hasPrefix("Incorrect API key provided: \(shown). ") == true)
    let call = try #require(bench.observed.first)
    #expect(call.presented == Secret(value) && call.keyID == nil && call.projectID == nil)
    #expect(call.prompt.contains("Hi"))
    #expect(call.outcome == .refused && call.status == 401)
  }

  @Test func refusesADeletedKeyLikeOneThatNeverWas() async throws {
    let bench = try Bench()
    _ = try await bench.chat("Before")
    let last = try bench.mock.deleteKey(id: bench.key.id)
    #expect(last == 1 && bench.mock.lastOrder == 1)
    let answer = try await bench.chat("After")
    #expect(answer.status == 401 && answer.error?.code == "invalid_api_key")
    let call = try #require(bench.observed.last)
    #expect(call.order == 2 && call.keyID == bench.key.id && call.projectID == nil)
    #expect(bench.mock.ledger().map(\.calls) == [1])
    #expect(bench.mock.keyID(for: bench.key.secret) == bench.key.id)
    #expect(throws: ProviderAccountError.unknownKey("key_x")) {
      try bench.mock.deleteKey(id: "key_x")
    }
  }

  @Test func aCallAuthenticatedBeforeTheDeletionFinishes() async throws {
    let bench = try Bench()
    let key = bench.key
    let mock = bench.mock
    let body = CollectedBody(onWrite: { number in
      if number == 3 { _ = try? mock.deleteKey(id: key.id) }
    })
    let answer = try await bench.chat("In mid-stream", streamed: true, into: body)
    #expect(answer.body.text.hasSuffix("data: [DONE]\n\n"))
    #expect(bench.observed.first?.outcome == .completed)
    #expect(try await bench.chat("Next").status == 401)
  }

  @Test func checksOrganizationAndProjectHeaders() async throws {
    let bench = try Bench()
    let other = try bench.mock.createOrganization("Other")
    let cases: [(HTTPField.Name, String, String)] = [
      (OpenAIHeader.organization, other, "mismatched_organization"),
      (OpenAIHeader.organization, "org-none", "invalid_organization"),
      (OpenAIHeader.project, "proj_none", "mismatched_project"),
    ]
    for (name, value, code) in cases {
      let answer = try await bench.send(
        .get,
        "/v1/models",
        key: bench.key.secret,
        headers: [name: value]
      )
      #expect(answer.status == 401 && answer.error?.code == code)
    }
    let right = try await bench.send(
      .get,
      "/v1/models",
      key: bench.key.secret,
      headers: [OpenAIHeader.project: bench.project]
    )
    #expect(right.status == 200)
  }

  @Test(
    arguments: [
      (#"{"model":"gpt-9","messages":[{"role":"user","content":"x"}]}"#, 404, "model_not_found"),
      (#"{"model":"gpt-4o"}"#, 400, "missing_required_parameter"),
      (#"{"messages":[]}"#, 400, "missing_required_parameter"),
      (#"{"model":"gpt-4o","messages":[]}"#, 400, "invalid_value"),
      (#"{"model":"gpt-4o","messages":"x"}"#, 400, "invalid_type"),
      (#"{"model":7,"messages":[]}"#, 400, "invalid_type"),
      (#"{"model":"gpt-4o","messages":[],"x":null}"#, 400, "unknown_parameter"),
      (
        #"{"model":"gpt-5.1","messages":[{"role":"user"}],"max_tokens":5}"#, 400,
        "unsupported_parameter"
      ),
      (#"{"model":"gpt-4o","messages":[{"role":"king","content":"x"}]}"#, 400, "invalid_value"),
      ("", 400, nil), ("not json", 400, nil), ("[1,2", 400, nil), (#"{"model":"\ud800"#, 400, nil),
      (#"{"model":"gpt-4o","messages":[],}"#, 400, nil),
      (#"{"model":"text-embedding-3-small","messages":[{"role":"user"}]}"#, 404, nil),
    ] as [(String, Int, String?)]
  )
  func refusesBadChats(body: String, status: Int, code: String?) async throws {
    let bench = try Bench()
    let answer = try await bench.post("/v1/chat/completions", body, key: bench.key.secret)
    #expect(answer.status == status)
    let error = try #require(answer.error)
    #expect(error.type == "invalid_request_error" && error.code == code)
    #expect(bench.observed.map(\.outcome) == [.refused])
    #expect(bench.observed.first?.errorCode == code)
    #expect(bench.mock.ledger().isEmpty)
  }

  @Test(
    arguments: [
      ("model", #"{"model":7,"messages":[]}"#, "a string, but got a number"),
      ("messages", #"{"model":"gpt-4o","messages":"x"}"#, "an array of objects, but got a string"),
      ("messages[0]", #"{"model":"gpt-4o","messages":[7]}"#, "an object with a role, but got"),
      ("messages[0].role", #"{"model":"gpt-4o","messages":[{"role":null}]}"#, "but got null"),
      (
        "messages[0].content", #"{"model":"gpt-4o","messages":[{"role":"user","content":{}}]}"#,
        "but got an object"
      ),
      ("n", #"{"model":"gpt-4o","n":1.5}"#, "an integer, but got a decimal number"),
      ("temperature", #"{"model":"gpt-4o","temperature":"1"}"#, "a number, but got a string"),
      ("stream", #"{"model":"gpt-4o","stream":"yes"}"#, "a boolean, but got a string"),
      ("tools", #"{"model":"gpt-4o","tools":{}}"#, "an array of tools, but got an object"),
    ]
  )
  func aValueOfTheWrongTypeIsNamed(param: String, body: String, words: String) async throws {
    let bench = try Bench()
    let answer = try await bench.post("/v1/chat/completions", body, key: bench.key.secret)
    #expect(answer.status == 400)
    let error = try #require(answer.error)
    #expect(error.type == "invalid_request_error" && error.code == "invalid_type")
    #expect(error.param == param)
    #expect(error.message.hasPrefix("Invalid type for '\(param)': expected "))
    #expect(error.message.contains(words) && error.message.hasSuffix(" instead."))
  }

  @Test(
    arguments: [
      ("functions", #"[{"name":"f"}]"#, "Use 'tools'"),
      ("function_call", #""auto""#, "tool_choice"),
      ("audio", #"{"voice":"alloy","format":"wav"}"#, "text alone"),
      ("modalities", #"["text","audio"]"#, "text alone"),
    ]
  )
  func whatIsNotOfferedIsRefusedByName(param: String, value: String, advice: String) async throws {
    let bench = try Bench()
    func ask(_ value: String) async throws -> Bench.Answer {
      try await bench.post(
        "/v1/chat/completions",
        #"{"model":"gpt-4o","messages":[{"role":"user","content":"x"}],"\#(param)":\#(value)}"#,
        key: bench.key.secret
      )
    }
    let answer = try await ask(value)
    #expect(answer.status == 400)
    #expect(answer.error?.code == "unsupported_parameter" && answer.error?.param == param)
    #expect(answer.error?.message.contains(advice) == true)
    #expect(try await ask("null").status == 200)
    if param == "modalities" { #expect(try await ask(#"["text"]"#).status == 200) }
  }

  @Test func survivesHostileBodies() async throws {
    let bench = try Bench()
    let deep = #"{"model":"gpt-4o","metadata":"# + String(repeating: "[", count: 200_000)
    #expect(try await bench.post("/v1/chat/completions", deep, key: bench.key.secret).status == 400)
    let invalid = RequestBody(buffer: ByteBuffer(bytes: [0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a]))
    let answer = try await bench.send(
      .post,
      "/v1/chat/completions",
      body: invalid,
      key: bench.key.secret
    )
    #expect(answer.status == 400)
    let large = RequestBody(buffer: ByteBuffer(repeating: 0x20, count: (1 << 20) + 1))
    let tooLarge = try await bench.send(
      .post,
      "/v1/embeddings",
      body: large,
      key: bench.key.secret
    )
    #expect(tooLarge.status == 413)
    let many = String(repeating: #"{"role":"user","content":"x"},"#, count: 2_049).dropLast()
    let crowd = try await bench.post(
      "/v1/chat/completions",
      #"{"model":"gpt-4o","messages":["# + many + "]}",
      key: bench.key.secret
    )
    #expect(crowd.status == 400 && crowd.error?.param == "messages")
  }

  @Test func refusesAPromptBeyondTheContext() async throws {
    let small = OpenAIModel(
      id: "small",
      snapshot: "small-1",
      kind: .chat(reasons: false),
      contextTokens: 40,
      created: 1
    )
    let bench = try Bench(models: [small])
    #expect(try await bench.chat("word", model: "small").status == 200)
    let answer = try await bench.chat(
      String(repeating: "word ", count: 40),
      model: "small"
    )
    #expect(answer.status == 400)
    #expect(answer.error?.code == "context_length_exceeded")
    #expect(answer.error?.param == "messages")
    #expect(
      answer.error?.message.hasPrefix("This model's maximum context length is 40 tokens.") == true
    )
  }

  @Test func knowsItsPaths() async throws {
    let bench = try Bench()
    let unknown = try await bench.post("/v1/x", "{}", key: bench.key.secret)
    #expect(unknown.status == 404)
    #expect(unknown.error?.message == "Invalid URL (POST /v1/x)")
    let elsewhere = try await bench.post("/x", "{}", key: nil)
    #expect(elsewhere.status == 404 && elsewhere.error?.code == "unknown_url")
    let method = try await bench.send(.get, "/v1/chat/completions", key: bench.key.secret)
    #expect(method.status == 405)
    let list = try await bench.send(.get, "/v1/models", key: bench.key.secret)
    #expect(list.body.text.contains(#""id":"gpt-4o-mini","object":"model""#))
    #expect(
      try await bench.send(.get, "/v1/models/gpt-4o", key: bench.key.secret).status == 200
    )
    let missing = try await bench.send(.get, "/v1/models/gpt-0", key: bench.key.secret)
    #expect(missing.status == 404 && missing.error?.code == "model_not_found")
    #expect(bench.observed.map(\.order) == Array(1...6))
    #expect(bench.mock.ledger().isEmpty)
  }
}
