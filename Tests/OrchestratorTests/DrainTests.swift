import HTTPTypes
import Testing
import Worlds

@testable import Orchestrator

/// A stop in good order, and what it is for.
@Suite struct DrainTests {
  @Test(arguments: [true, false])
  func `What a platform is just taking is not said again after the restart`(drains: Bool) throws {
    try TestVendor.test { vendor in
      vendor.platforms.connectorDelays(by: .seconds(3))
      try await vendor.running { running in
        try await running.setUp()
        try await running.ask("travel policy?", id: "1")
        try await running.wait(.seconds(2))
        #expect(vendor.platforms.replies(to: "1").count == 1)
        if drains { await running.program.drain(.seconds(20)) }
      }
      try await vendor.running { running in
        try await running.wait(.seconds(10))
        // Cut off, the vendor cannot know: this is why it drains.
        #expect(vendor.platforms.replies(to: "1").count == (drains ? 1 : 2))
      }
    }
  }

  @Test func `What is under way is answered before the stop, and what comes then after it`() throws
  {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        vendor.provider.delay(by: .seconds(8))
        try await running.ask("hello there", id: "1")
        try await running.wait(.seconds(1))
        let begun = vendor.time.now
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { await running.program.drain(.seconds(20)) }
          group.addTask {
            try await running.wait(.seconds(1))
            let late = try await running.ask("and now?", id: "2")
            #expect(late.status == 202)
            let admin = try await running.admin(.get, "key")
            #expect(admin.status == 503)
            #expect(admin.headers[.retryAfter] == "1")
          }
          try await group.waitForAll()
        }
        #expect(vendor.platforms.replies(to: "1").joined().contains("hello there"))
        #expect(vendor.time.now - begun < .seconds(10))
      }
      #expect(vendor.platforms.replies(to: "2").isEmpty)
      vendor.provider.delay(by: .zero)
      try await vendor.running { running in
        try await running.wait()
        #expect(vendor.platforms.replies(to: "1").count == 1)
        #expect(vendor.platforms.replies(to: "2").count == 1)
      }
    }
  }

  @Test func `A stop does not wait for ever, and what is left is answered once`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        vendor.provider.delay(by: .seconds(15))
        try await running.ask("hello there", id: "1")
        try await running.wait(.seconds(1))
        let begun = vendor.time.now
        await running.program.drain(.seconds(5))
        #expect(vendor.time.now - begun < .seconds(6))
        // The answer that still comes is journaled at most: nothing is handed over any more.
        try await running.wait(.seconds(30))
        #expect(vendor.platforms.replies(to: "1").isEmpty)
      }
      vendor.provider.delay(by: .zero)
      try await vendor.running { running in
        try await running.wait()
        #expect(vendor.platforms.replies(to: "1").count == 1)
      }
    }
  }

  @Test func `What is handed over when the time is up is finished and journaled`() throws {
    try TestVendor.test { vendor in
      vendor.platforms.connectorDelays(by: .seconds(6))
      try await vendor.running { running in
        try await running.setUp()
        try await running.ask("travel policy?", id: "1")
        try await running.wait(.seconds(2))
        await running.program.drain(.seconds(1))
      }
      try await vendor.running { running in
        try await running.wait(.seconds(20))
        #expect(vendor.platforms.replies(to: "1").count == 1)
      }
    }
  }

  @Test func `Who waits for a key keeps no program from stopping`() {
    let queue = WorkQueue(capacity: 9, capacityPerTenant: 9, perTenant: 1)
    let message = ReceivedMessage(
      platform: .teams,
      tenant: "acme",
      conversation: "c",
      activity: "1",
      person: "p",
      isGroup: false,
      address: "a",
      thread: nil,
      bot: nil,
      recipient: nil,
      question: "q",
      receivedAt: Timestamp(unixSeconds: 0)
    )
    let job = WorkQueue.Job(
      journaled: JournaledMessage(message: message, outcome: nil, partsSent: 0)
    )
    queue.resubmit(job)
    queue.resubmit(job)
    #expect(queue.jobsUnderWay == 2)
    #expect(queue.park("acme") != nil)
    #expect(queue.jobsUnderWay == 1)
    #expect(queue.finish("acme") == nil)
    #expect(queue.jobsUnderWay == 0)
    #expect(queue.outstandingJobs == 1)
  }
}
