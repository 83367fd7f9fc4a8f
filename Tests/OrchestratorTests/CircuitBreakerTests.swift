import HTTPTypes
import Synchronization
import Testing
import Worlds

@testable import Orchestrator

@Suite struct CircuitBreakerTests {
  private final class HandClock: WorldClock {
    private let moment = Mutex(Timestamp(unixSeconds: 1_800_000_000))
    var now: Timestamp { moment.withLock { $0 } }
    func sleep(until _: Timestamp) async throws {}
    func advance(by duration: Duration) { moment.withLock { $0 = $0 + duration } }
  }

  private let clock = HandClock()
  private func breaker() -> CircuitBreaker {
    CircuitBreaker(failureLimit: 3, pause: .seconds(10), clock: clock)
  }

  @Test func `Failures in a row open it, others do not`() {
    let breaker = breaker()
    for _ in 0..<5 {
      for _ in 0..<2 {
        #expect(breaker.mayCall("a"))
        breaker.failed("a")
      }
      #expect(breaker.mayCall("a"))
      breaker.succeeded("a")
    }
    for _ in 0..<3 {
      #expect(breaker.mayCall("a"))
      breaker.failed("a")
    }
    #expect(!breaker.mayCall("a"))
    #expect(breaker.mayCall("b"))
  }

  @Test func `After the pause one call tries it, and decides for all`() {
    let breaker = breaker()
    for _ in 0..<3 { breaker.failed("a") }
    clock.advance(by: .milliseconds(9_999))
    #expect(!breaker.mayCall("a"))
    clock.advance(by: .milliseconds(1))
    #expect(breaker.mayCall("a"))
    #expect(!breaker.mayCall("a"))
    breaker.failed("a")
    #expect(!breaker.mayCall("a"))
    clock.advance(by: .seconds(10))
    #expect(breaker.mayCall("a"))
    breaker.succeeded("a")
    #expect(breaker.mayCall("a"))
    #expect(breaker.mayCall("a"))
  }

  @Test func `A try that tells nothing leaves the next one to another`() {
    let breaker = breaker()
    for _ in 0..<3 { breaker.failed("a") }
    clock.advance(by: .seconds(10))
    #expect(breaker.mayCall("a"))
    breaker.leftOpen("a")
    #expect(breaker.mayCall("a"))
  }

  @Test func `A provider that is down is left alone, and asked again after a while`() throws {
    let configure: @Sendable (inout OrchestratorConfiguration) -> Void = {
      $0.limits.failuresUntilPause = 4
    }
    try TestVendor.test(configure: configure) { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        let down = Array(repeating: FakeNetwork.Reply(status: 503), count: 100)
        vendor.provider.script("/chat/completions", down)
        for id in ["1", "2", "3"] {
          #expect(try await running.answer(to: "hello", id: id).contains("could not be reached"))
        }
        // Three attempts for the first question, one for the second, none for the third.
        #expect(vendor.provider.chatCalls.count == 4)
        vendor.provider.script("/chat/completions", [])
        try await running.wait(.seconds(10))
        #expect(try await running.answer(to: "hello there", id: "4").contains("hello there"))
        #expect(vendor.provider.chatCalls.count == 5)
      }
    }
  }

  @Test func `Whose key is gone hears of the key, though the provider is silent or left alone`()
    throws
  {
    let configure: @Sendable (inout OrchestratorConfiguration) -> Void = {
      $0.limits.failuresUntilPause = 3
    }
    try TestVendor.test(configure: configure) { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        let down = Array(repeating: FakeNetwork.Reply(status: 503), count: 100)
        vendor.provider.script("/chat/completions", down)
        #expect(try await running.answer(to: "hello", id: "1").contains("could not be reached"))
        let calls = vendor.provider.chatCalls.count
        #expect(try await running.admin(.delete, "key").status < 300)
        #expect(try await running.answer(to: "hello", id: "2").contains("no OpenAI key"))
        #expect(vendor.provider.chatCalls.count == calls)
      }
    }
  }

  @Test func `Being asked to wait is no failure`() throws {
    let configure: @Sendable (inout OrchestratorConfiguration) -> Void = {
      $0.limits.failuresUntilPause = 1
    }
    try TestVendor.test(configure: configure) { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        vendor.provider.script("/chat/completions", [FakeNetwork.Reply(status: 429)])
        #expect(try await running.answer(to: "hello there", id: "1").contains("hello there"))
        #expect(vendor.provider.chatCalls.map(\.status) == [429, 200])
      }
    }
  }
}
