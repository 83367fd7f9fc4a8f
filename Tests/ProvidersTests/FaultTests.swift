import HTTPTypes
import Hummingbird
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct FaultTests {
  @Test(arguments: [
    (429, "requests", "rate_limit_exceeded"), (500, "server_error", "server_error"),
    (503, "service_unavailable_error", "server_is_overloaded"),
  ])
  func answersWithTheStatusAsked(status: Int, type: String, code: String) async throws {
    let bench = try Bench()
    bench.mock.setFault(.status(status, retryAfter: .milliseconds(1_500)))
    let answer = try await bench.chat("Hello")
    #expect(answer.status == status)
    #expect(answer.error?.type == type && answer.error?.code == code)
    #expect(answer.headers[OpenAIHeader.retryAfter] == "2")
    let call = try #require(bench.observed.first)
    #expect(call.outcome == .refused && call.struckByFault && call.order == 1)
    #expect(call.keyID == bench.key.id && call.prompt.contains("Hello"))
    bench.mock.setFault(nil)
    #expect(try await bench.chat("Hello").status == 200)
    #expect(bench.observed.last?.struckByFault == false)
  }

  @Test func failsAsOftenAsToldThenWorks() async throws {
    let bench = try Bench()
    bench.mock.setFault(.failures(count: 2, status: 503))
    var statuses: [Int] = []
    for _ in 0..<4 { statuses.append(try await bench.chat("Hello").status) }
    #expect(statuses == [503, 503, 200, 200])
    bench.mock.setFault(.failures(count: 0, status: 503))
    #expect(try await bench.chat("Hello").status == 200)
  }

  @Test func sendsOnToAnotherHost() async throws {
    let bench = try Bench()
    bench.mock.setFault(.redirect(toHost: "evil.example"))
    let answer = try await bench.chat("Hello")
    #expect(answer.status == 307)
    #expect(answer.headers[.location] == "https://evil.example/v1/chat/completions")
    #expect(bench.observed.first?.outcome == .refused)
    #expect(bench.mock.ledger().isEmpty)
  }

  @Test(arguments: [0, 1, 5, 10, 99])
  func truncatesStreams(pieces: Int) async throws {
    let bench = try Bench()
    bench.mock.setFault(.truncateStream(afterChunks: pieces))
    let answer = try await bench.chat("Hello there", streamed: true)
    #expect(answer.body.isFinished)
    #expect(answer.body.writes == min(pieces, 10))
    #expect(!answer.body.text.contains("[DONE]"))
    #expect(!answer.body.text.contains(#""finish_reason":"stop""#))
    let call = try #require(bench.observed.first)
    #expect(call.outcome == .cutOff && call.struckByFault)
    #expect((call.completionTokens > 0) == (pieces > 0))
    #expect(bench.mock.ledger().first?.cutOffCalls == 1)
    #expect(try await bench.chat("Hello there").status == 200)
  }
}
