import HTTPTypes
import NIOCore
import Testing
import Worlds

@Suite struct ModelTests {
  /// Asks once with scripted chat answers.
  private func ask(
    _ running: RunningVendor,
    id: String,
    _ replies: [FakeNetwork.Reply]
  ) async throws -> (text: String, calls: [FakeProvider.Call]) {
    let provider = running.vendor.provider
    let before = provider.chatCalls.count
    provider.script("/chat/completions", replies)
    try await running.ask("hello there", id: id)
    try await running.wait(.seconds(240))
    let text = running.vendor.platforms.replies(to: id).joined(separator: "|")
    return (text, Array(provider.chatCalls.dropFirst(before)))
  }

  @Test func `Failures that may pass are repeated twice, with growing waits`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        let good = try await ask(running, id: "1", [.init(status: 500), .init(status: 429)])
        #expect(good.text.contains("hello there"))
        #expect(good.calls.map(\.status) == [500, 429, 200])
        let waits = zip(good.calls, good.calls.dropFirst()).map { $1.at - $0.at }
        #expect((.milliseconds(375) ... .milliseconds(510)).contains(waits[0]))
        #expect((.milliseconds(750) ... .milliseconds(1_010)).contains(waits[1]))
        let bad = try await ask(running, id: "2", Array(repeating: .init(status: 503), count: 9))
        #expect(bad.calls.count == 3)
        #expect(bad.text.contains("could not be reached"))
      }
    }
  }

  @Test func `Retry-After is obeyed, up to the message's deadline`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        let patient = try await ask(
          running,
          id: "1",
          [.init(status: 429, headers: [.retryAfter: "20"])]
        )
        #expect(patient.text.contains("hello there"))
        #expect(patient.calls[1].at - patient.calls[0].at >= .seconds(20))
        let late = try await ask(
          running,
          id: "2",
          [.init(status: 429, headers: [.retryAfter: "61"])]
        )
        #expect(late.calls.count == 1)
        #expect(late.text.contains("could not be reached"))
      }
    }
  }

  @Test func `Refusals are not repeated, and redirects not followed`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        let bad = try await ask(running, id: "1", [.init(status: 400)])
        #expect(bad.calls.count == 1)
        let elsewhere: HTTPFields = [.location: "https://evil.example/v1"]
        let moved = try await ask(running, id: "2", [.init(status: 307, headers: elsewhere)])
        #expect(moved.calls.count == 1)
        #expect(vendor.network.sent(to: "evil.example").isEmpty)
        let broke = FakeNetwork.Reply.json(
          #"{"error":{"message":"m","type":"insufficient_quota","code":"insufficient_quota"}}"#,
          status: 429
        )
        let quota = try await ask(running, id: "3", [broke])
        #expect(quota.calls.count == 1)
        #expect(quota.text.contains("no credit"))
        let dead = try await ask(running, id: "4", [.init(status: 401)])
        #expect(dead.calls.count == 1)
        #expect(dead.text.contains("was rejected"))
      }
    }
  }

  @Test func `A stream that breaks off is no answer`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        var quiet = FakeProvider.stream(of: "half of", breaksOff: true)
        let loud = quiet
        quiet.breaksOff = false
        let answer = try await ask(running, id: "1", [quiet, loud])
        #expect(answer.calls.count == 3)
        #expect(answer.text.contains("hello there"))
        #expect(!answer.text.contains("half of"))
        let error = FakeNetwork.Reply(
          status: 200,
          pieces: [ByteBuffer(string: "data: {\"error\":{\"message\":\"x\",\"type\":\"y\"}}\n\n")]
        )
        #expect(try await ask(running, id: "2", [error]).calls.count == 2)
        let nonsense = FakeNetwork.Reply.json("<html>")
        #expect(try await ask(running, id: "3", [nonsense]).calls.count == 2)
      }
    }
  }

  @Test func `A provider that does not answer is given up after thirty seconds`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        vendor.provider.delay(by: .seconds(31))
        let begun = vendor.time.now
        try await running.ask("hello", id: "1")
        while vendor.platforms.replies(to: "1").isEmpty { try await running.wait(.seconds(1)) }
        #expect(vendor.platforms.replies(to: "1").joined().contains("could not be reached"))
        #expect((.seconds(60) ... .seconds(95)).contains(vendor.time.now - begun))
        #expect(vendor.provider.chatCalls.count == 2)
      }
    }
  }

  @Test func `A question that is too long is refused without a call`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        let fits = String(repeating: "ä", count: 8_000)
        #expect(try await running.answer(to: fits, id: "1").contains("ää"))
        let calls = vendor.provider.calls.count
        #expect(try await running.answer(to: fits + "ä", id: "2").contains("too long"))
        #expect(vendor.provider.calls.count == calls)
      }
    }
  }
}
