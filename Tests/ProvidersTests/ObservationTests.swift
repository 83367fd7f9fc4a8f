import HTTPTypes
import Hummingbird
import NIOCore
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct ObservationTests {
  @Test func aClientThatGoesAwayIsCutOffOnce() async throws {
    let bench = try Bench()
    let body = CollectedBody(breaksAfter: 4)
    await #expect(throws: ClientGone.self) {
      _ = try await bench.chat("A long question", streamed: true, into: body)
    }
    #expect(bench.observed.count == 1)
    let call = try #require(bench.observed.first)
    #expect(call.outcome == .cutOff && call.status == 200)
    #expect(call.promptTokens > 0 && call.completionTokens > 0)
    let entry = try #require(bench.mock.ledger().first)
    #expect(entry.calls == 1 && entry.cutOffCalls == 1)
    #expect(entry.cutOffCompletionTokens == call.completionTokens)

    _ = try await bench.chat("A long question", streamed: true)
    let whole = try #require(bench.observed.last)
    #expect(whole.outcome == .completed && whole.completionTokens > call.completionTokens)
    #expect(bench.mock.ledger().first?.cutOffCalls == 1)
  }

  @Test func aClientThatNeverReadsIsCutOff() async throws {
    let bench = try Bench()
    await #expect(throws: ClientGone.self) {
      _ = try await bench.chat("Hello", into: CollectedBody(breaksAfter: 0))
    }
    #expect(bench.observed.map(\.outcome) == [.cutOff])
    #expect(bench.observed.first?.completionTokens == 0)
    #expect(bench.mock.ledger().first?.cutOffCalls == 1)
  }

  @Test func aResponseThatNobodyWritesIsCutOff() async throws {
    let bench = try Bench()
    let request = ChatCompletionRequest(
      model: "gpt-4o",
      messages: [ChatMessage(role: .user, content: "x")]
    )
    do {
      let response = try await bench.respond(to: request)
      #expect(response.status == .ok)
      #expect(bench.observed.isEmpty)
    }
    #expect(bench.observed.map(\.outcome) == [.cutOff])
  }

  @Test func aCancelledTaskIsCutOff() async throws {
    let bench = try Bench()
    await withTaskGroup(of: Void.self) { group in
      group.cancelAll()
      group.addTask {
        _ = try? await bench.chat("Hello", streamed: true)
      }
    }
    #expect(bench.observed.map(\.outcome) == [.cutOff])
    #expect(bench.observed.first?.status == 200)
  }

  @Test func aBodyThatBreaksOffIsReported() async throws {
    let bench = try Bench()
    let stream = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
      continuation.yield(ByteBuffer(string: #"{"model":"#))
      continuation.finish(throwing: ClientGone())
    }
    await #expect(throws: ClientGone.self) {
      _ = try await bench.send(
        .post,
        "/v1/chat/completions",
        body: RequestBody(asyncSequence: stream),
        key: bench.key.secret
      )
    }
    #expect(bench.observed.map(\.outcome) == [.cutOff])
    #expect(bench.observed.first?.status == 0)
    #expect(bench.mock.ledger().isEmpty)
  }

  @Test func theLedgerIsTheSumOfTheObservedCalls() async throws {
    let bench = try Bench()
    let other = try bench.mock.createKey("second", project: bench.project)
    for number in 0..<5 {
      _ = try await bench.chat("Question \(number)", streamed: number.isMultiple(of: 2))
      _ = try await bench.chat("Question \(number)", model: "gpt-4o", key: other.secret)
      _ = try await bench.chat("Question \(number)", key: Secret("sk-wrong-and-longer"))
      _ = try await bench.embed(
        EmbeddingsRequest(input: ["a \(number)", "b"], model: "text-embedding-3-small")
      )
      _ = try? await bench.chat(
        "Question \(number)",
        streamed: true,
        into: CollectedBody(breaksAfter: number)
      )
    }
    let billed = bench.observed.filter { $0.status == 200 }
    let ledger = bench.mock.ledger()
    #expect(ledger.count == 3)
    #expect(ledger.reduce(0) { $0 + $1.calls } == billed.count)
    for entry in ledger {
      let mine = billed.filter {
        $0.keyID == entry.keyID && $0.model == entry.model && $0.endpoint == entry.endpoint
      }
      #expect(entry.calls == mine.count)
      #expect(entry.promptTokens == mine.reduce(0) { $0 + $1.promptTokens })
      #expect(entry.completionTokens == mine.reduce(0) { $0 + $1.completionTokens })
      #expect(entry.cutOffCalls == mine.count { $0.outcome == .cutOff })
    }
    #expect(Set(bench.observed.map(\.order)).count == bench.observed.count)
  }

  @Test func requestBytesLeaveTheCredentialOut() async throws {
    let bench = try Bench()
    let other = Secret("sk-short-but-wrong")
    _ = try await bench.chat("Hello")
    _ = try await bench.chat("Hello", key: other)
    #expect(bench.observed[0].requestBytes == bench.observed[1].requestBytes)
    #expect(bench.observed[0].requestBytes > 100)
  }
}
