import HTTPTypes
import NIOCore
import Orchestrator
import Testing
import Wire
import Worlds

@Suite struct MoneyTests {
  @Test(arguments: [
    (31, 31, 500), (13, 31, 210), (7, 31, 113), (1, 31, 16), (14, 28, 250), (1, 1_000, 1),
    (1, 1_001, 0),
  ])
  func `Seats are prorated in whole cents`(days: Int64, month: Int64, cents: Int64) {
    #expect(Cents(500).prorated(days, of: month) == Cents(cents))
  }

  @Test(arguments: [(0, 0), (27_777, 0), (27_778, 1), (83_333, 1), (83_334, 2), (5_555_556, 100)])
  func `Tokens cost list price and markup, half a cent rounded up`(tokens: Int64, cents: Int64) {
    // 150 billionths of a dollar and a fifth more are 18 millionths of a cent.
    #expect(Cents.tokens(tokens, at: 150, markupPercent: 20) == Cents(cents))
  }

  @Test(arguments: [(250, 300), (251, 301), (252, 302), (253, 304), (0, 0)])
  func `A markup is rounded to the cent`(list: Int64, cents: Int64) {
    #expect(Cents(list).markedUp(by: 20) == Cents(cents))
  }

  @Test func `Tokens are charged for by the seat only where the vendor hosts`() throws {
    for model in DeploymentModel.allCases {
      var tenant = OrchestratorConfiguration.Tenant(
        id: "acme",
        name: "Acme",
        adminTokenSHA256: String(repeating: "0", count: 64),
        departments: [],
        deployment: model,
        modelServer: "http://127.0.0.1:1/v1"
      )
      tenant.tokensChargedBy = .seat
      let configuration = OrchestratorConfiguration(tenants: [tenant], masterKeyFile: "master.key")
      if model == .hosted {
        try configuration.validate()
      } else {
        #expect(throws: ConfigurationFault.seatTokensUnhosted(tenant: "acme")) {
          try configuration.validate()
        }
      }
    }
  }

  @Test func `Money reads as money`() {
    #expect(Cents(1_205).text == "$12.05")
    #expect(Cents(7).text == "$0.07")
  }

  @Test(arguments: [
    ("2026-01-05T08:00:00Z", "2026-01", 31), ("2026-02-28T23:59:59Z", "2026-02", 28),
    ("2028-02-01T00:00:00Z", "2028-02", 29), ("2026-12-31T23:59:59Z", "2026-12", 31),
  ])
  func `Months are those of the calendar`(moment: String, name: String, days: Int64) throws {
    let day = CalendarDay(try #require(Timestamp(iso8601: moment)))
    let month = BillingMonth(containing: day)
    #expect(month.name == name)
    #expect(month.days == days)
    #expect(month.first.text == name + "-01")
    #expect(month.next.first == month.last.advanced(by: 1))
  }

  @Test func `The usage page counts each call that was taken up once`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.script(
          "/embeddings",
          [FakeNetwork.Reply(status: 429), FakeNetwork.Reply(status: 500)]
        )
        try await running.ask("Travel policy?", id: "m1")
        try await running.wait(.seconds(30))
        #expect(vendor.platforms.replies(to: "m1").count == 1)
        let page = try await running.admin(.get, "usage")
        #expect(page.status == 200)
        let embedded = vendor.provider.calls.count {
          $0.path.hasSuffix("/embeddings") && $0.status == 200
        }
        // The check of the key, three documents and one question at least.
        #expect(embedded >= 5)
        #expect(
          page.body.contains(#""calls":\#(embedded),"completion_tokens":0,"cut_off_calls":0"#)
        )
        #expect(page.body.contains(#""last_four":"ghij""#))
        // The fake's completions state no usage, so the answer and the key's trial have no tokens.
        #expect(page.body.contains(#""calls":0,"completion_tokens":0,"cut_off_calls":2"#))
        #expect(!page.body.contains(TestVendor.key))
      }
    }
  }

  @Test func `Statements and subscription belong to the customer's administrator`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        for path in ["usage", "invoices", "invoices/2026-01", "subscription"] {
          let foreign = try await running.admin(.get, path, token: TestVendor.otherAdminToken)
          #expect(foreign.status == 403)
          #expect(try await running.admin(.get, path, token: "nobody").status == 401)
        }
        #expect(try await running.admin(.get, "invoices/1999-01").status == 404)
        #expect(try await running.admin(.get, "invoices").body.contains(#""total_cents":0"#))
      }
    }
  }
}
