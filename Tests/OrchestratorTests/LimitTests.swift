import HTTPTypes
import Orchestrator
import Testing
import Worlds

@Suite struct LimitTests {
  @Test func `An allowance refills as time passes, and saves up one minute`() {
    let start = Timestamp(unixSeconds: 1_800_000_000)
    var allowance = RateAllowance(perMinute: 2, at: start)
    let hour: Duration = .seconds(3_600)
    let moments: [Duration] = [
      .zero, .zero, .zero, .milliseconds(29_999), .seconds(30), hour, hour, hour,
    ]
    let taken = moments.map { allowance.take(at: start + $0) }
    #expect(taken == [true, true, false, false, true, true, true, false])
  }

  @Test func `Beyond its rate a customer is refused plainly, without a call`() throws {
    let limited: @Sendable (inout OrchestratorConfiguration) -> Void = {
      $0.limits.messagesPerMinutePerTenant = 2
    }
    try TestVendor.test(configure: limited) { vendor in
      try await vendor.running { running in
        try await running.setUp()
        for id in ["1", "2"] {
          #expect(
            try await running.answer(to: "travel policy?", id: id).contains("canary-common")
          )
        }
        let calls = vendor.provider.calls.count
        #expect(try await running.answer(to: "travel?", id: "3").contains("in a minute"))
        #expect(vendor.provider.calls.count == calls)
        try await running.wait(.seconds(60))
        #expect(try await running.answer(to: "travel policy?", id: "4").contains("canary-common"))
      }
    }
  }

  @Test func `What a minute allows a customer is its own over all replicas, and lives on`() throws {
    let limited: @Sendable (inout OrchestratorConfiguration) -> Void = {
      $0.limits.messagesPerMinutePerTenant = 2
      $0.replicas = .init()
    }
    try TestVendor.test(configure: limited) { vendor in
      try await vendor.running { first in
        try await first.setUp()
        try await vendor.running { second throws in
          #expect(try await first.answer(to: "travel?", id: "1").contains("canary-common"))
          #expect(try await second.answer(to: "/help", id: "2").contains("/forget"))
          #expect(try await second.answer(to: "travel?", id: "3").contains("canary-common"))
        }
        try await vendor.running { third throws in
          let calls = vendor.provider.calls.count
          #expect(try await first.answer(to: "travel?", id: "4").contains("in a minute"))
          #expect(try await third.answer(to: "travel?", id: "5").contains("in a minute"))
          #expect(vendor.provider.calls.count == calls)
        }
        try await first.wait(.seconds(60))
        #expect(try await first.answer(to: "travel?", id: "6").contains("canary-common"))
      }
    }
  }

  @Test func `A second process is kept out where none is expected`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { first in
        try await first.setUp()
        #expect(throws: StorageInUse.self) { try vendor.start() }
        #expect(try await first.answer(to: "travel policy?", id: "1").contains("canary-common"))
      }
    }
  }

  @Test func `A key replaced or removed at one replica is so at the other at once`() throws {
    try TestVendor.test(
      configure: { $0.replicas = .init() },
      { vendor in
        try await vendor.running { first in
          try await first.setUp()
          try await vendor.running { second throws in
            #expect(
              try await second.answer(to: "travel policy?", id: "1").contains("canary-common")
            )
            vendor.provider.accept(TestVendor.key, TestVendor.newKey)
            #expect(try await first.install(TestVendor.newKey).status == 200)
            #expect(
              try await second.answer(to: "travel policy?", id: "2").contains("canary-common")
            )
            #expect(vendor.provider.chatCalls.last?.key == TestVendor.newKey)
            #expect(try await first.admin(.delete, "key").status == 200)
            let calls = vendor.provider.calls.count
            #expect(
              try await second.answer(to: "hi", id: "3").contains("no OpenAI key is installed")
            )
            #expect(vendor.provider.calls.count == calls)
            #expect(try await second.install(TestVendor.key).status == 200)
            #expect(try await first.answer(to: "travel policy?", id: "4").contains("canary-common"))
            #expect(vendor.provider.chatCalls.last?.key == TestVendor.key)
          }
        }
      }
    )
  }
}
