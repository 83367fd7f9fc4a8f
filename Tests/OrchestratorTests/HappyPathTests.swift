import HTTPTypes
import NIOCore
import Orchestrator
import Testing
import Worlds

@Suite struct HappyPathTests {
  @Test func `A personal question is answered from the asker's bases, with sources`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        let answer = try await running.ask("What are the salary bands?", id: "m1")
        #expect(answer.status == 202)
        try await running.wait()
        let replies = vendor.platforms.replies(to: "m1")
        #expect(replies.count == 1)
        #expect(replies.first?.contains("canary-hr") == true)
        #expect(replies.first?.contains("canary-sales") == false)
        #expect(vendor.platforms.cards(to: "m1").first?.contains("1. Salaries") == true)
        #expect(vendor.platforms.typing == 0)
        let status = try await running.admin(.get, "status")
        #expect(status.body.contains(#""delivered":1"#))
      }
    }
  }

  @Test func `Who waits sees that an answer is being typed, once and before it comes`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.delay(by: .seconds(2))
        _ = try await running.ask("What are the salary bands?", id: "m1")
        try await running.wait()
        #expect(vendor.platforms.replies(to: "m1").count == 1)
        #expect(vendor.platforms.typing == 1)
      }
    }
  }

  @Test func `A repeated activity is served once`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        for _ in 0..<3 {
          #expect(try await running.ask("Travel policy?", id: "m1").status == 202)
        }
        try await running.wait()
        #expect(try await running.ask("Travel policy?", id: "m1").status == 202)
        try await running.wait()
        #expect(vendor.platforms.replies(to: "m1").count == 1)
        #expect(vendor.provider.chatCalls.count == 1)
        #expect(try await running.answer(to: "Travel?", id: "m1", in: "a:other").isEmpty == false)
      }
    }
  }

  @Test func `Activities that want no answer are accepted and ignored`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        let token = try vendor.platforms.token(at: vendor.time.now)
        let message = FakePlatforms.activity("hi")
        let update = message.replacing(#""type":"message""#, with: #""type":"conversationUpdate""#)
        #expect(try await running.deliver(update, token: token).status == 200)
        let invoke = message.replacing(#""type":"message""#, with: #""type":"invoke""#)
        #expect(try await running.deliver(invoke, token: token).status == 501)
        #expect(try await running.deliver(FakePlatforms.activity(" "), token: token).status == 200)
        try await running.wait()
        #expect(vendor.platforms.replies(to: "1").isEmpty)
      }
    }
  }

  @Test func `Google Chat is answered through its REST API, once`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        let token = try vendor.platforms.googleToken(at: vendor.time.now)
        for _ in 0..<2 {
          let answer = try await running.request(
            .post,
            "/api/google-chat",
            headers: [.authorization: "Bearer \(token)"],
            body: ByteBuffer(string: FakePlatforms.event("Travel policy?"))
          )
          #expect(answer.status == 200)
          #expect(answer.body == "{}")
        }
        try await running.wait()
        let replies = vendor.platforms.replies(to: "google")
        #expect(replies.count == 1)
        #expect(replies.first?.contains("canary-common") == true)
        #expect(vendor.platforms.cards(to: "google").first?.contains("1. Travel") == true)
      }
    }
  }

  @Test func `Google Chat is answered synchronously where that is set and in time`() throws {
    @Sendable func synchronous(_ configuration: inout OrchestratorConfiguration) {
      configuration.googleChat?.replies = .synchronous
    }
    try TestVendor.test(configure: synchronous) { vendor in
      try await vendor.running { running in
        try await running.setUp()
        let token = try vendor.platforms.googleToken(at: vendor.time.now)
        func send(_ name: String) async throws -> Answer {
          try await running.request(
            .post,
            "/api/google-chat",
            headers: [.authorization: "Bearer \(token)"],
            body: ByteBuffer(string: FakePlatforms.event("Travel policy?", name: name))
          )
        }
        let quick = try await send("spaces/S1/messages/1.1")
        #expect(quick.body.contains("canary-common"))
        #expect(vendor.platforms.replies(to: "google").isEmpty)
        vendor.provider.delay(by: .seconds(15))
        let slow = try await send("spaces/S1/messages/2.2")
        #expect(slow.body == "{}")
        try await running.wait(.seconds(60))
        #expect(vendor.platforms.replies(to: "google").count == 1)
        let status = try await running.admin(.get, "status")
        #expect(status.body.contains(#""delivered":2"#))
      }
    }
  }

  @Test func `Long answers are split below the platform's limit`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        let long = String(repeating: "All work and no play. ", count: 3_000)
        vendor.provider.script("/chat/completions", [FakeProvider.stream(of: long)])
        try await running.ask("Tell me", id: "m1")
        try await running.wait()
        let replies = vendor.platforms.replies(to: "m1")
        #expect(replies.count == 3)
        #expect(replies.allSatisfy { $0.utf16.count < 28_000 })
        #expect(replies.joined() == long)
      }
    }
  }
}
