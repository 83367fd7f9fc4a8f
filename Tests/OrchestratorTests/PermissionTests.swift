import HTTPTypes
import Testing
import Worlds

@Suite struct PermissionTests {
  @Test func `A group sees only what all of it may see`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.platforms.roster("ana", "cyd")
        let ours = try await running.answer(
          to: "salary bands, price list, travel policy?",
          id: "g1",
          in: "19:g",
          group: true
        )
        #expect(ours.contains("canary-hr"))
        vendor.platforms.roster("ana", "ben")
        let mixed = try await running.answer(
          to: "salary bands, price list, travel policy?",
          id: "g2",
          in: "19:g",
          group: true
        )
        #expect(mixed.contains("canary-common"))
        #expect(!mixed.contains("canary-hr"))
        #expect(!mixed.contains("canary-sales"))
        vendor.platforms.roster("ana", "guest1")
        let guests = try await running.answer(
          to: "salary bands, travel policy?",
          id: "g3",
          in: "19:g",
          group: true
        )
        #expect(!guests.contains("canary"))
        #expect(!guests.isEmpty)
        vendor.platforms.roster("ana", "nobody-knows")
        let unknown = try await running.answer(
          to: "salary bands, travel policy?",
          id: "g4",
          in: "19:g",
          group: true
        )
        #expect(!unknown.contains("canary"))
      }
    }
  }

  @Test func `Without the roster nothing is retrieved nor recalled`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.platforms.roster("ana")
        let first = try await running.answer(to: "salary bands?", id: "g1", in: "19:g", group: true)
        #expect(first.contains("canary-hr"))
        vendor.platforms.rosterAnswers(503)
        let calls = vendor.provider.calls.count
        try await running.ask("salary bands?", id: "g2", in: "19:g", group: true)
        try await running.wait(.seconds(30))
        let second = vendor.platforms.replies(to: "g2").joined()
        #expect(!second.isEmpty)
        #expect(!second.contains("canary"))
        #expect(vendor.provider.calls.count == calls + 1)
      }
    }
  }

  @Test func `The directory is asked for every message, and its silence is a refusal`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        #expect(try await running.answer(to: "salary bands?", id: "1").contains("canary-hr"))
        vendor.platforms.move("ana", to: "Sales")
        let moved = try await running.answer(to: "salary bands?", id: "2", in: "a:new")
        #expect(!moved.contains("canary-hr"))
        vendor.platforms.directoryAnswers(500)
        try await running.ask("salary bands?", id: "3")
        try await running.wait(.seconds(30))
        #expect(vendor.platforms.replies(to: "3").joined().contains("permissions could not be"))
        vendor.platforms.directoryAnswers(200)
        vendor.platforms.move("ana", to: nil)
        #expect(try await running.answer(to: "hi", id: "4").contains("not set up"))
        vendor.platforms.move("ana", to: "Legal")
        #expect(try await running.answer(to: "hi", id: "5").contains("not set up"))
      }
    }
  }

  @Test func `Earlier turns are recalled as long as their bases are permitted`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        #expect(try await running.answer(to: "salary bands?", id: "1").contains("canary-hr"))
        let again = try await running.answer(to: "Say it again", id: "2")
        #expect(again.contains("user: salary bands?"))
        #expect(again.contains("canary-hr"))
        vendor.platforms.move("ana", to: "Sales")
        // The second turn only repeated the first: it drew on its base all the same.
        let moved = try await running.answer(to: "Say it again", id: "3")
        #expect(!moved.contains("canary-hr"))
        #expect(!moved.contains("salary bands"))
      }
    }
  }

  @Test func `Who joins a conversation later is not told of earlier turns`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.platforms.roster("ana")
        _ = try await running.answer(
          to: "travel policy by codename zebra?",
          id: "1",
          in: "19:g",
          group: true
        )
        vendor.platforms.roster("ana", "cyd")
        let joined = try await running.answer(
          to: "travel policy?",
          from: "cyd",
          id: "2",
          in: "19:g",
          group: true
        )
        #expect(joined.contains("canary-common"))
        #expect(!joined.contains("zebra"))
      }
    }
  }
}
