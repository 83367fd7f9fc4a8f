import HTTPTypes
import Providers
import Secrets
import Testing
import Wire
import Worlds

/// Lengths that no model can answer in are taken, as far as they go, and harm nothing.
@Suite struct HostileNumbersTests {
  static let limits: [[RateLimit]] = [
    [],
    [RateLimit(requestsPerMinute: 1_000, tokensPerMinute: 1)],
    [RateLimit(tokensPerMinute: 1_000_000_000)],
  ]

  private func bench(_ limits: [RateLimit]) throws -> Bench {
    let bench = try Bench()
    bench.mock.behaviour = ProviderBehaviour(
      latency: Latency(profile: "instant"),
      rateLimits: limits
    )
    return bench
  }

  @Test(arguments: limits, ["max_tokens", "max_completion_tokens"])
  func aChatMayAskForAnyLength(limits: [RateLimit], member: String) async throws {
    let bench = try bench(limits)
    let answer = try await bench.ask(with: #","\#(member)":9223372036854775807"#)
    #expect(answer.status == (limits.first?.tokensPerMinute == 1 ? 429 : 200))
    #expect(answer.headers[OpenAIHeader.remainingTokens] != nil)
  }

  @Test(arguments: limits)
  func aResponseMayAskForAnyLength(limits: [RateLimit]) async throws {
    let bench = try bench(limits)
    let answer = try await bench.post(
      "/v1/responses",
      #"{"model":"gpt-4o-mini","input":"x","max_output_tokens":9223372036854775807}"#,
      key: bench.key.secret
    )
    #expect(answer.status == (limits.first?.tokensPerMinute == 1 ? 429 : 200))
  }

  @Test(arguments: ["max_tokens", "max_completion_tokens"])
  func whatIsAskedCountsUpToTheModelsContext(member: String) async throws {
    let bench = try bench([RateLimit(tokensPerMinute: 1_000_000)])
    let answer = try await bench.ask("Hi", with: #","\#(member)":9223372036854775807"#)
    let prompt = try #require(answer.json.at("usage.prompt_tokens")?.wholeNumber)
    #expect(answer.headers[OpenAIHeader.remainingTokens] == String(1_000_000 - 128_000 - prompt))
  }

  @Test(arguments: ["max_tokens", "max_completion_tokens"])
  func anAzureDeploymentRefusesWhatIsAboveItsMinute(member: String) async throws {
    let generous = AzureResource(
      name: "acme-openai",
      deployments: [
        .init(
          name: "assistant",
          model: "gpt-4o-mini",
          requestsPerMinute: 100,
          tokensPerMinute: 1_000_000
        ),
        .init(
          name: "small",
          model: "gpt-4o-mini",
          requestsPerMinute: 100,
          tokensPerMinute: 1_000
        ),
      ]
    )
    let bench = try AzureBench(resources: [generous])
    let huge = #","\#(member)":9223372036854775807"#
    #expect(try await bench.chat("x", members: huge).status == 200)
    #expect(try await bench.chat("x", deployment: "small", members: huge).status == 429)
    #expect(try await bench.chat("x", deployment: "small").status == 200)
  }
}
