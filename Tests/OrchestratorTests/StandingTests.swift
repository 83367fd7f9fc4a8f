import HTTPTypes
import Testing
import Worlds

@testable import Orchestrator

/// What the directories say, in the forms in which they say it.
@Suite struct StandingTests {
  private static func byGroups(_ configuration: inout OrchestratorConfiguration) {
    configuration.tenants[0].departmentsFrom = .groups
    configuration.tenants[0].departments[0].groups = ["group-hr"]
    configuration.tenants[0].departments[1].groups = ["group-sales"]
    configuration.tenants[0].publicKnowledge = ["common"]
  }

  private static let user = #"{"id":"ana","accountEnabled":true,"userType":"Member"}"#

  private static func page(_ objects: String, next: String? = nil) -> FakeNetwork.Reply {
    let link = next.map { #","@odata.nextLink":"\#($0)""# } ?? ""
    return .json(#"{"value":[\#(objects)]\#(link)}"#)
  }

  private static func object(_ kind: String, _ id: String) -> String {
    ##"{"@odata.type":"#microsoft.graph.\##(kind)","id":"\##(id)","displayName":"HR"}"##
  }

  @Test func `Groups are read over all pages, and only groups count`() throws {
    try TestVendor.test(configure: Self.byGroups) { vendor in
      let base = "https://graph.microsoft.com/v1.0/users/ana/transitiveMemberOf"
      vendor.network.serve("graph.microsoft.com") { head, _ in
        let path = head.path ?? ""
        guard path.contains("transitiveMemberOf") else { return .json(Self.user) }
        if path.contains("skiptoken=2") { return Self.page(Self.object("group", "group-hr")) }
        return Self.page(
          Self.object("directoryRole", "group-sales") + "," + Self.object("group", "other"),
          next: base + "?$skiptoken=2"
        )
      }
      try await vendor.running { running in
        try await running.setUp()
        let answer = try await running.answer(to: "salary bands, price list?", id: "1")
        #expect(answer.contains("canary-hr"))
        #expect(!answer.contains("canary-sales"))
        let asked = vendor.network.sent(to: "graph.microsoft.com").compactMap(\.head.path)
        #expect(asked.contains { $0.hasSuffix("$skiptoken=2") })
      }
    }
  }

  @Test(arguments: [
    "https://graph.microsoft.com.evil.example/v1.0/x", "http://graph.microsoft.com/v1.0/x",
    "https://evil.example/v1.0/x", "//evil.example/x",
  ])
  func `The token goes to no other host for the next page`(link: String) throws {
    try TestVendor.test(configure: Self.byGroups) { vendor in
      vendor.network.serve("graph.microsoft.com") { head, _ in
        head.path?.contains("transitiveMemberOf") == true
          ? Self.page(Self.object("group", "group-hr"), next: link) : .json(Self.user)
      }
      for host in ["evil.example", "graph.microsoft.com.evil.example"] {
        vendor.network.serve(host) { _, _ in Self.page("") }
      }
      try await vendor.running { running in
        try await running.setUp()
        try await running.ask("salary bands?", id: "1")
        try await running.wait(.seconds(30))
        let told = vendor.platforms.replies(to: "1").joined()
        #expect(told.contains("permissions could not be"))
        #expect(vendor.network.sent(to: "evil.example").isEmpty)
        #expect(vendor.network.sent(to: "graph.microsoft.com.evil.example").isEmpty)
      }
    }
  }

  @Test func `Guests see what is public, and the deactivated nothing`() throws {
    try TestVendor.test(configure: Self.byGroups) { vendor in
      vendor.network.serve("graph.microsoft.com") { head, _ in
        let path = head.path ?? ""
        if path.contains("transitiveMemberOf") {
          return Self.page(Self.object("group", "group-hr"))
        }
        if path.contains("/gus") { return .json(#"{"id":"gus","userType":"Guest"}"#) }
        if path.contains("/ben") { return .json(#"{"id":"ben","accountEnabled":false}"#) }
        if path.contains("/known-guest-2") {
          return .json(#"{"id":"known-guest-2","accountEnabled":false,"userType":"Guest"}"#)
        }
        if path.contains("/known-guest") {
          return .json(#"{"id":"known-guest","userType":"Guest"}"#)
        }
        return .json(Self.user)
      }
      try await vendor.running { running in
        try await running.setUp()
        let guest = try await running.answer(to: "salary bands, travel?", from: "gus", id: "1")
        #expect(guest.contains("canary-common"))
        #expect(!guest.contains("canary-hr"))
        let gone = try await running.answer(to: "travel policy?", from: "ben", id: "2")
        #expect(gone.contains("deactivated"))
        #expect(!gone.contains("canary"))
        let others = [
          ("guest1", "3"), ("known-guest", "3b"), ("ben", "4"), ("known-guest-2", "4b"),
        ]
        for (other, id) in others {
          vendor.platforms.roster("ana", other)
          let shared = try await running.answer(
            to: "salary bands, travel policy?",
            id: id,
            in: "19:g",
            group: true
          )
          #expect(!shared.contains("canary-hr"))
          #expect(shared.contains("canary-common") == id.hasPrefix("3"))
        }
      }
    }
  }

  @Test func `A directory that throttles is waited for as long as it says`() throws {
    try TestVendor.test { vendor in
      let plain = #"{"id":"ana","department":"HR","accountEnabled":true}"#
      vendor.network.serve("graph.microsoft.com") { _, _ in
        vendor.network.sent(to: "graph.microsoft.com").count == 1
          ? .init(status: 429, headers: [.retryAfter: "3"]) : .json(plain)
      }
      try await vendor.running { running in
        try await running.setUp()
        #expect(try await running.answer(to: "salary bands?", id: "1").contains("canary-hr"))
        let asked = vendor.network.sent(to: "graph.microsoft.com").map(\.at)
        #expect(asked.count == 2)
        #expect(asked[1] - asked[0] >= .seconds(3))
      }
    }
  }
}
