import HTTPTypes
import Orchestrator
import Testing
import Worlds

@Suite struct SignInTests {
  @Test func `Who signs in gets a cookie that scripts and other sites cannot use`() throws {
    try testDashboard { running in
      #expect(try await running.addAccount("rita", "admin").status == 200)
      let browser = Browser(running)
      let signedIn = try await browser.signIn("rita", RunningVendor.password)
      #expect(signedIn.status == 303)
      #expect(signedIn.location == "/dashboard/key")
      let cookie = try #require(
        signedIn.headers[values: .setCookie].first { $0.hasPrefix("__Host-session=") }
      )
      for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=28800"] {
        #expect(cookie.contains(attribute), "\(attribute)")
      }
      #expect(try await browser.get("/dashboard/key").status == 200)
      #expect(try await browser.submit("/dashboard/sign-out", [:]).body.contains("signed out"))
      #expect(try await browser.get("/dashboard/key").status == 303)
    }
  }

  @Test func `Without TLS the cookie says so, and nothing else changes`() throws {
    let plainly: @Sendable (inout OrchestratorConfiguration) -> Void = {
      $0.dashboard.address = "http://localhost:8080"
    }
    try testDashboard(plainly) { running in
      _ = try await running.addAccount("rita", "admin")
      let browser = Browser(running)
      let signedIn = try await browser.signIn("rita", RunningVendor.password)
      let cookie = try #require(
        signedIn.headers[values: .setCookie].first { $0.hasPrefix("session=") }
      )
      #expect(!cookie.contains("Secure"))
      #expect(cookie.contains("HttpOnly"))
      #expect(try await browser.get("/dashboard/key").status == 200)
    }
  }

  @Test func `A session ends at its time, and with its account`() throws {
    let shortly: @Sendable (inout OrchestratorConfiguration) -> Void = {
      $0.dashboard.sessionMinutes = 10
    }
    try testDashboard(shortly) { running in
      let browser = try await running.browser("admin")
      try await running.wait(.seconds(599))
      #expect(try await browser.get("/dashboard/key").status == 200)
      try await running.wait(.seconds(1))
      #expect(try await browser.get("/dashboard/key").status == 303)
      let other = try await running.browser("admin")
      #expect(try await other.get("/dashboard/key").status == 200)
      #expect(try await running.admin(.delete, "accounts/admin@acme").status == 204)
      #expect(try await other.get("/dashboard/key").status == 303)
    }
  }

  @Test func `Guessing is bounded, also for accounts that there are none of`() throws {
    try testDashboard { running in
      _ = try await running.addAccount("rita", "admin")
      for account in ["rita", "nobody"] {
        let browser = Browser(running)
        for _ in 1...5 {
          let refused = try await browser.signIn(account, "wrong password")
          #expect(refused.location == "/dashboard/sign-in?problem=refused")
        }
        let closed = try await browser.signIn(account, RunningVendor.password)
        #expect(closed.location == "/dashboard/sign-in?problem=closed")
      }
      try await running.wait(.seconds(900))
      let browser = Browser(running)
      #expect(
        try await browser.signIn("rita", RunningVendor.password).location == "/dashboard/key"
      )
    }
  }

  @Test func `An account of one organization opens no other`() throws {
    try testDashboard { running in
      _ = try await running.addAccount("rita", "admin")
      for organization in ["globex", "nowhere", ""] {
        let refused = try await Browser(running).signIn(
          "rita",
          RunningVendor.password,
          of: organization
        )
        #expect(refused.location == "/dashboard/sign-in?problem=refused")
      }
    }
  }

  @Test func `The sign-in form is taken from the browser that was given it alone`() throws {
    try testDashboard { running in
      _ = try await running.addAccount("rita", "admin")
      let browser = Browser(running)
      _ = try await browser.get("/dashboard/sign-in")
      browser.forget("__Host-sign-in")
      let fields = [
        "organization": "acme", "account": "rita", "password": RunningVendor.password,
      ]
      let refused = try await browser.post("/dashboard/sign-in", fields)
      #expect(refused.location == "/dashboard/sign-in?problem=form")
      #expect(!browser.cookieNames.contains("__Host-session"))
    }
  }

  @Test func `Accounts need a name, a role and a password worth the name`() throws {
    try testDashboard { running in
      #expect(try await running.addAccount("rita", "owner").status == 400)
      #expect(try await running.addAccount("rita", "admin", password: "elevenbytes").status == 400)
      #expect(try await running.addAccount("rita", "admin", password: "twelve-bytes").status == 200)
      #expect(try await running.addAccount("a%20b", "admin").status == 400)
      let listing = try await running.admin(.get, "accounts")
      #expect(listing.body == #"{"accounts":[{"name":"rita","role":"admin"}]}"#)
      #expect(try await running.admin(.delete, "accounts/rita").status == 204)
      #expect(try await running.admin(.delete, "accounts/rita").status == 404)
    }
  }
}
