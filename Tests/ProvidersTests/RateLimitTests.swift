import HTTPTypes
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct RateLimitTests {
  private func bench(_ limits: RateLimit...) throws -> Bench {
    let bench = try Bench()
    bench.mock.behaviour = ProviderBehaviour(
      latency: Latency(profile: "instant"),
      rateLimits: limits
    )
    return bench
  }

  @Test func countsRequestsAndSaysWhenToComeBack() async throws {
    let bench = try bench(RateLimit(requestsPerMinute: 3))
    var remaining: [String?] = []
    for _ in 0..<3 {
      let answer = try await bench.ask()
      #expect(answer.status == 200)
      #expect(answer.headers[OpenAIHeader.limitRequests] == "3")
      remaining.append(answer.headers[OpenAIHeader.remainingRequests])
    }
    #expect(remaining == ["2", "1", "0"])
    let refused = try await bench.ask()
    #expect(refused.status == 429)
    #expect(refused.error?.type == "requests" && refused.error?.code == "rate_limit_exceeded")
    #expect(refused.error?.message.contains("Limit 3, Used 3, Requested 1.") == true)
    #expect(refused.headers[OpenAIHeader.retryAfter] == "20")
    #expect(refused.headers[OpenAIHeader.retryAfterMilliseconds] == "20000")
    #expect(refused.headers[OpenAIHeader.resetRequests] == "1m0s")
    try await bench.clock.sleep(for: .milliseconds(19_900))
    #expect(try await bench.ask().headers[OpenAIHeader.retryAfter] == "1")
    try await bench.clock.sleep(for: .milliseconds(100))
    #expect(try await bench.ask().status == 200)
    #expect(try await bench.ask().status == 429)
  }

  @Test func countsTokens() async throws {
    let bench = try bench(RateLimit(tokensPerMinute: 100))
    let first = try await bench.ask("Hello")
    let used = try #require(first.json.at("usage.prompt_tokens")?.wholeNumber)
    #expect(first.headers[OpenAIHeader.remainingTokens] == String(100 - used))
    let large = try await bench.ask(String(repeating: "word ", count: 200))
    #expect(large.status == 429 && large.error?.message.hasPrefix("Request too large") == true)
    #expect(large.headers[OpenAIHeader.retryAfter] == nil)
    let announced = try await bench.ask("Hello", with: #","max_tokens":95"#)
    #expect(announced.status == 429 && announced.error?.type == "tokens")
    let embeddings = try await bench.embed(
      EmbeddingsRequest(input: ["word"], model: "text-embedding-3-small", dimensions: 8)
    )
    #expect(embeddings.headers[OpenAIHeader.remainingTokens] == "99")
  }

  @Test(arguments: [
    (RateLimit.Scope.key, 200), (.project, 429), (.organization, 429),
  ])
  func allowancesAreShared(scope: RateLimit.Scope, status: Int) async throws {
    let bench = try bench(RateLimit(scope: scope, requestsPerMinute: 1))
    let other = try bench.mock.createKey("second", project: bench.project)
    #expect(try await bench.ask().status == 200)
    #expect(try await bench.ask(key: other.secret).status == status)
  }

  @Test func allowancesAreEachModels() async throws {
    let bench = try bench(RateLimit(model: "gpt-4o*", requestsPerMinute: 1))
    #expect(try await bench.ask().status == 200)
    #expect(try await bench.ask().status == 429)
    #expect(try await bench.ask(model: "gpt-4o").status == 200)
    let free = try await bench.ask(model: "gpt-5.1")
    #expect(free.headers[OpenAIHeader.limitRequests] == "10000")
  }

  @Test func aRefusedCallTakesNothing() async throws {
    let bench = try bench(RateLimit(requestsPerMinute: 60, tokensPerMinute: 30))
    for _ in 0..<5 {
      _ = try await bench.ask(String(repeating: "word ", count: 100))
      _ = try await bench.ask(model: "none")
    }
    let answer = try await bench.ask("Hi")
    #expect(answer.headers[OpenAIHeader.remainingRequests] == "59")
    #expect(bench.mock.ledger().map(\.calls) == [1])
  }
}
