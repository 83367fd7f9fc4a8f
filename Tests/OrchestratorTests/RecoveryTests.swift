import HTTPTypes
import Orchestrator
import Testing
import Worlds

@Suite struct RecoveryTests {
  @Test func `What was received before a crash is answered after it`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in try await running.setUp() }
      // Without its background the program takes messages and works on none: as if it crashed.
      do {
        let stopped = RunningVendor(vendor: vendor, program: try vendor.start())
        #expect(try await stopped.ask("travel policy?", id: "1").status == 202)
        try await stopped.wait()
        #expect(vendor.platforms.replies(to: "1").isEmpty)
      }
      try await vendor.running { running in
        try await running.wait()
        #expect(vendor.platforms.replies(to: "1").joined().contains("canary-common"))
        #expect(try await running.ask("travel policy?", id: "1").status == 202)
        try await running.wait()
        #expect(vendor.platforms.replies(to: "1").count == 1)
      }
    }
  }

  @Test func `An answer that was made but not delivered costs no second call`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.platforms.connectorAnswers(503, 503, 503, 503)
        try await running.ask("travel policy?", id: "1")
        try await running.wait(.seconds(2))
        #expect(vendor.provider.chatCalls.count == 1)
      }
      #expect(vendor.platforms.replies(to: "1").isEmpty)
      vendor.platforms.connectorAnswers()
      try await vendor.running { running in
        try await running.wait()
        #expect(vendor.platforms.replies(to: "1").count == 1)
        #expect(vendor.provider.chatCalls.count == 1)
      }
    }
  }

  @Test func `A graceful stop leaves what is under way for the next start`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        vendor.provider.delay(by: .seconds(10))
        try await running.ask("hello there", id: "1")
        try await running.wait(.seconds(3))
      }
      vendor.provider.delay(by: .zero)
      try await vendor.running { running in
        try await running.wait()
        #expect(vendor.platforms.replies(to: "1").joined().contains("hello there"))
      }
    }
  }

  @Test func `A busy connector is offered the reply again; a definite refusal is recorded`() throws
  {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        vendor.platforms.connectorAnswers(429, 502, 412, 504, 401)
        try await running.ask("hello there", id: "1")
        try await running.wait(.seconds(60))
        #expect(vendor.platforms.replies(to: "1").count == 1)
        vendor.platforms.connectorAnswers(403)
        try await running.ask("hello there", id: "2")
        try await running.wait(.seconds(60))
        #expect(vendor.platforms.replies(to: "2").isEmpty)
        let status = try await running.admin(.get, "status")
        #expect(status.body.contains(#""failed":1"#))
      }
    }
  }

  @Test func `A full queue turns the platform away and loses nothing`() throws {
    @Sendable func narrow(_ configuration: inout OrchestratorConfiguration) {
      configuration.limits.outstandingMessages = 2
      configuration.limits.concurrentMessagesPerTenant = 1
    }
    try TestVendor.test(configure: narrow) { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        vendor.provider.delay(by: .seconds(5))
        #expect(try await running.ask("one", id: "1").status == 202)
        #expect(try await running.ask("two", id: "2").status == 202)
        #expect(try await running.ask("three", id: "3").status == 503)
        try await running.wait(.seconds(30))
        #expect(try await running.ask("three", id: "3").status == 202)
        try await running.wait(.seconds(30))
        for id in ["1", "2", "3"] { #expect(vendor.platforms.replies(to: id).count == 1) }
      }
    }
  }
}
