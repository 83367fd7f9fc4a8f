import Orchestrator
import SecretManagers
import Secrets
import Testing
import Worlds

/// What happens to messages, and who is told, while the provider rejects a key.
@Suite struct RejectionTests {
  @Sendable private static func waits(_ configuration: inout OrchestratorConfiguration) {
    configuration.tenants[0].rejectedKey.messages = .wait
    configuration.tenants[0].rejectedKey.waitSeconds = 600
    configuration.tenants[0].rejectedKey.waitingMessages = 2
  }

  @Test func `Waiting messages are told so once, and answered on the next key`() throws {
    try TestVendor.test(configure: Self.waits) { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.accept()
        let before = vendor.provider.calls.count
        #expect(try await running.answer(to: "travel policy?", id: "1").contains("waits"))
        #expect(try await running.answer(to: "travel policy?", id: "2").contains("waits"))
        // All places are taken.
        #expect(try await running.answer(to: "travel policy?", id: "3").contains("cannot answer"))
        #expect(vendor.provider.calls.count == before + 1)
        try await running.wait(.seconds(200))
        // Nobody asked meanwhile: one try a minute.
        #expect(vendor.provider.calls.count <= before + 1 + 4)
        #expect(vendor.provider.calls.count >= before + 1 + 2)
        vendor.provider.accept(TestVendor.newKey)
        #expect(try await running.install(TestVendor.newKey).status == 200)
        try await running.wait(.seconds(10))
        for id in ["1", "2"] {
          let replies = vendor.platforms.replies(to: id)
          #expect(replies.count == 2)
          #expect(replies.last?.contains("canary-common") == true)
        }
        #expect(vendor.platforms.replies(to: "3").count == 1)
      }
    }
  }

  @Test func `Whoever waits too long is refused plainly, over a restart as well`() throws {
    try TestVendor.test(configure: Self.waits) { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.accept()
        _ = try await running.answer(to: "travel policy?", id: "1")
        try await running.wait(.seconds(300))
      }
      #expect(vendor.platforms.replies(to: "1").count == 1)
      try await vendor.running { running in
        try await running.wait(.seconds(200))
        #expect(vendor.platforms.replies(to: "1").count == 1)
        try await running.wait(.seconds(200))
        #expect(vendor.platforms.replies(to: "1").count == 2)
        #expect(vendor.platforms.replies(to: "1").last?.contains("cannot answer") == true)
      }
    }
  }
}
