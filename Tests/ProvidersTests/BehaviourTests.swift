import Foundation
import HTTPTypes
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct BehaviourTests {
  private func bench(_ behaviour: ProviderBehaviour, seed: UInt64 = 1) throws -> Bench {
    let bench = try Bench(seed: seed)
    bench.mock.behaviour = behaviour
    return bench
  }

  private func behaviour(_ json: String) throws -> ProviderBehaviour {
    try JSONDecoder().decode(ProviderBehaviour.self, from: Data(json.utf8))
  }

  @Test func aRuleStrikesWhatItMatchesAlone() async throws {
    let match = CallMatch(model: "gpt-4o*", text: "holiday in {place}", streamed: false)
    let bench = try bench(
      ProviderBehaviour(faults: [FaultRule("a", match: match, effect: .status(503))])
    )
    #expect(try await bench.ask("A holiday in Rome?").status == 503)
    #expect(bench.observed[0].struckByFault)
    #expect(try await bench.ask("A holiday?").status == 200)
    #expect(try await bench.ask("A holiday in Rome?", with: #","stream":true"#).status == 200)
    #expect(try await bench.ask("A holiday in Rome?", model: "gpt-5.1").status == 200)
    #expect(try await bench.get("/v1/models").status == 200)
  }

  @Test func aRuleIsForAKeyOrAPath() async throws {
    let bench = try Bench()
    let other = try bench.mock.createKey("second", project: bench.project)
    bench.mock.behaviour = ProviderBehaviour(faults: [
      FaultRule("key", match: CallMatch(key: other.id), effect: .quotaExhausted),
      FaultRule("path", match: CallMatch(path: "/v1/models*"), effect: .status(500)),
    ])
    #expect(try await bench.ask().status == 200)
    let refused = try await bench.ask(key: other.secret)
    #expect(refused.status == 429 && refused.error?.type == "insufficient_quota")
    #expect(refused.headers[OpenAIHeader.retryAfter] == nil)
    #expect(try await bench.get("/v1/models/gpt-4o").status == 500)
  }

  @Test func failsAfterSomeAndThenWorksAgain() async throws {
    let rule = FaultRule("a", skip: 1, times: 2, effect: .status(500))
    let bench = try bench(ProviderBehaviour(faults: [rule]))
    var statuses: [Int] = []
    for _ in 0..<5 { statuses.append(try await bench.ask().status) }
    #expect(statuses == [200, 500, 500, 200, 200])
    bench.mock.behaviour = bench.mock.behaviour
    #expect(try await bench.ask().status == 200)
    #expect(try await bench.ask().status == 500)
  }

  @Test func chanceIsTheSeeds() async throws {
    let rule = FaultRule("a", chance: 0.3, effect: .status(500))
    func statuses(seed: UInt64) async throws -> [Int] {
      let bench = try bench(ProviderBehaviour(faults: [rule]), seed: seed)
      var statuses: [Int] = []
      for _ in 0..<100 { statuses.append(try await bench.ask().status) }
      return statuses
    }
    let first = try await statuses(seed: 1)
    #expect((15...45).contains(first.count { $0 == 500 }))
    #expect(try await statuses(seed: 1) == first)
    #expect(try await statuses(seed: 2) != first)
  }

  @Test(arguments: [
    ("insufficient_quota", 429, "insufficient_quota"),
    ("billing_not_active", 429, "billing_not_active"), ("slow_down", 429, "rate_limit_error"),
    ("account_deactivated", 401, "invalid_request_error"),
    ("project_spend_limit_exceeded", 429, "insufficient_quota"),
  ])
  func knowsTheDocumentedCodes(code: String, status: Int, type: String) async throws {
    let effect = FaultEffect.status(status, .init(code: code))
    let bench = try bench(ProviderBehaviour(faults: [FaultRule("a", effect: effect)]))
    let answer = try await bench.ask()
    #expect(answer.status == status)
    #expect(answer.error?.code == code && answer.error?.type == type)
    #expect(answer.error?.message.isEmpty == false)
  }

  @Test func breaksTheConnection() async throws {
    let before = try bench(
      ProviderBehaviour(faults: [FaultRule("a", effect: .disconnect(afterPieces: nil))])
    )
    await #expect(throws: TransportError.connectionReset) { _ = try await before.ask() }
    #expect(before.observed.map(\.outcome) == [.cutOff])
    #expect(before.observed[0].struckByFault && before.observed[0].status == 0)

    let within = try bench(
      ProviderBehaviour(faults: [FaultRule("a", effect: .disconnect(afterPieces: 3))])
    )
    let body = CollectedBody()
    await #expect(throws: TransportError.connectionReset) {
      _ = try await within.ask(with: #","stream":true"#, into: body)
    }
    #expect(body.writes == 3 && !body.isFinished)
    #expect(within.observed[0].outcome == .cutOff && within.observed[0].completionTokens > 0)

    let whole = CollectedBody()
    await #expect(throws: TransportError.connectionReset) {
      _ = try await within.ask(into: whole)
    }
    #expect(whole.writes == 1 && JSONValue(text: whole.text) == .null)
  }

  @Test func truncatesStreamsOfEveryKind() async throws {
    let bench = try bench(
      ProviderBehaviour(faults: [FaultRule("a", effect: .truncate(afterPieces: 4))])
    )
    let chat = try await bench.ask(with: #","stream":true"#)
    #expect(chat.body.isFinished && chat.body.writes == 4 && !chat.body.text.contains("[DONE]"))
    let response = try await bench.post(
      "/v1/responses",
      #"{"model":"gpt-4o","input":"x","stream":true}"#,
      key: bench.key.secret
    )
    #expect(response.body.isFinished && response.body.writes == 4)
    #expect(!response.body.text.contains("response.completed"))
    #expect(bench.observed.allSatisfy { $0.outcome == .cutOff && $0.struckByFault })
  }

  @Test func stallsAndGarbles() async throws {
    let stall = FaultRule("a", effect: .stall(.seconds(30), afterPieces: 5))
    let stalled = try bench(ProviderBehaviour(faults: [stall]))
    let answer = try await stalled.ask(with: #","stream":true"#)
    #expect(answer.body.text.hasSuffix("data: [DONE]\n\n"))
    #expect(stalled.observed[0].endedAt - stalled.observed[0].arrivedAt > .seconds(30))
    #expect(stalled.observed[0].outcome == .completed)

    let garble = FaultRule("a", effect: .malformed(afterPieces: 2))
    let garbled = try bench(ProviderBehaviour(faults: [garble]))
    let broken = try await garbled.ask(with: #","stream":true"#)
    #expect(broken.records.contains(.null))
    #expect(try await garbled.ask().json == .null)
  }

  @Test func spoilsHeads() async throws {
    let bench = try bench(
      ProviderBehaviour(faults: [
        FaultRule("a", effect: .contentType("text/html")),
        FaultRule("b", effect: .slowHead(.seconds(9))),
      ])
    )
    let answer = try await bench.ask()
    #expect(answer.headers[.contentType] == "text/html")
    #expect(answer.status == 200 && answer.json["id"] != nil)
    #expect(bench.observed[0].endedAt - bench.observed[0].arrivedAt >= .seconds(9))
    #expect(bench.observed[0].struckByFault)
  }

  @Test func answersByTheScript() async throws {
    let bench = try bench(
      behaviour(
        """
        {"script":[
          {"match":{"text":"weather in {city}?"},"text":"In {city} it rains, says {model}."},
          {"match":{"text":"once"},"times":1,"text":"only {count} {unknown}"},
          {"match":{"text":"no"},"refusal":"I would rather not."},
          {"match":{"text":"book {what}"},"calls":[{"name":"book","arguments":{"what":"{what}"}},
            {"name":"pay"}]}]}
        """
      )
    )
    func content(_ question: String) async throws -> String? {
      try await bench.ask(question).json.at("choices.0.message.content")?.text
    }
    #expect(try await content("The weather in Ulm?") == "In Ulm it rains, says gpt-4o-mini.")
    #expect(try await content("once") == "only 1 {unknown}")
    #expect(try await content("once")?.contains("cm-") == true)
    let refusal = try await bench.ask("no")
    #expect(refusal.json.at("choices.0.message.refusal")?.text == "I would rather not.")
    #expect(refusal.json.at("choices.0.message.content") == .null)
    let calls = try await bench.ask("book a table").json.at("choices.0.message.tool_calls")
    #expect(calls?.elements?.count == 2)
    #expect(calls?.at("0.function.arguments")?.text == #"{"what":"a table"}"#)
    let stream = try await bench.ask("no", with: #","stream":true"#)
    let words = stream.records.compactMap { $0.at("choices.0.delta.refusal")?.text }
    #expect(words.joined() == "I would rather not.")
  }

  @Test func takesItsTime() async throws {
    let slow = try bench(
      behaviour(
        """
        {"latency":{"profile":"usual","first_token_ms":[1000,1000],"between_tokens_ms":100,
        "load_factor":2},"tokens_per_piece":1}
        """
      )
    )
    let answer = try await slow.ask(with: #","stream":true,"max_tokens":5"#)
    let tokens = slow.observed[0].completionTokens
    #expect((2...5).contains(tokens))
    #expect(answer.body.writes == tokens)
    #expect(slow.observed[0].upstreamDelay == .milliseconds(2_000 + (tokens - 1) * 200))
    let instant = try bench(behaviour(#"{"latency":{"profile":"instant"}}"#))
    _ = try await instant.ask()
    #expect(instant.observed[0].upstreamDelay == .zero)
    let jittery = try bench(behaviour(#"{"latency":{"first_token_ms":1000,"jitter":0.5}}"#))
    for number in 0..<20 { _ = try await jittery.ask("\(number)", with: #","stream":true"#) }
    #expect(Set(jittery.observed.map(\.upstreamDelay)).count > 10)
  }

  @Test func survivesTheWayThroughAFile() throws {
    let effects: [FaultEffect] = [
      .status(418, .init(type: "t", code: "c", message: "m"), retryAfter: .milliseconds(1_500)),
      .quotaExhausted, .rateLimited(retryAfter: .seconds(3)), .redirect(toHost: "h"),
      .slowHead(.seconds(1)), .disconnect(afterPieces: nil), .disconnect(afterPieces: 2),
      .stall(.seconds(2), afterPieces: 1), .truncate(afterPieces: 0), .malformed(afterPieces: 9),
      .contentType("text/plain"),
    ]
    let whole = ProviderBehaviour(
      latency: Latency(profile: "fast", firstToken: .zero ... .seconds(1), jitter: 0.25),
      tokensPerPiece: 3,
      faults: effects.map {
        FaultRule("x", match: CallMatch(key: "k", prompt: "{a} b"), times: 4, effect: $0)
      },
      script: [
        ScriptedAnswer(
          match: CallMatch(model: "m"),
          text: "hello {a}",
          calls: [.init(name: "f", arguments: .object([.init("n", .double(1.5))]))],
          finishReason: .length
        )
      ],
      rateLimits: [RateLimit(scope: .project, model: "gpt*", requestsPerMinute: 3)]
    )
    let bytes = try JSONEncoder().encode(whole)
    #expect(try JSONDecoder().decode(ProviderBehaviour.self, from: bytes) == whole)
    #expect(try behaviour("{}") == ProviderBehaviour())
  }

  @Test(arguments: [
    #"{"faults":[{"effect":{"kind":"status","status":200}}]}"#,
    #"{"faults":[{"effect":{"kind":"magic"}}]}"#, #"{"faults":[{"name":"x"}]}"#,
    #"{"faults":[{"chance":1.5,"effect":{"kind":"quota_exhausted"}}]}"#,
    #"{"faults":[{"effect":{"kind":"stall","ms":-1}}]}"#,
    #"{"latency":{"profile":"warp"}}"#, #"{"latency":{"first_token_ms":[2,1]}}"#,
    #"{"latency":{"jitter":2}}"#, #"{"script":[{"match":{}}]}"#, #"{"tokens_per_piece":0}"#,
    #"{"rate_limits":[{"requests_per_minute":0}]}"#,
  ])
  func refusesWhatMakesNoSense(json: String) {
    #expect(throws: DecodingError.self) { try behaviour(json) }
  }

  @Test func patternsCapture() {
    func captures(_ pattern: String, _ text: String) -> [String: String]? {
      TextPattern(pattern).captures(in: text)
    }
    #expect(captures("from {a} to {b}.", "go from Ulm to Bonn.\nNow") == ["a": "Ulm", "b": "Bonn"])
    #expect(captures("say {a}", "please say this\nnot that") == ["a": "this"])
    #expect(captures("x*z", "a x y z") == [:])
    #expect(captures("x*z", "z y x") == nil)
    #expect(captures("", "anything") == [:])
    #expect(captures("{a}", "all of it") == ["a": "all of it"])
    #expect(captures("{not closed", "a {not closed b") == [:])
    let long = String(repeating: "a", count: 200_000)
    #expect(captures("*a*a*a*a*b", long) == nil)
  }
}
