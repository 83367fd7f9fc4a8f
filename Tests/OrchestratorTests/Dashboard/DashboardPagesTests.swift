import HTTPTypes
import Orchestrator
import Testing
import Worlds

@Suite struct DashboardPagesTests {
  static let adminPaths = [
    "/dashboard/key", "/dashboard/knowledge", "/dashboard/people", "/dashboard/usage",
    "/dashboard/invoices", "/dashboard/notifications", "/dashboard/audit",
  ]
  static let engineerPaths = [
    "/dashboard/deployment", "/dashboard/deployment/configuration", "/dashboard/deployment/log",
    "/dashboard/deployment/log?contains=key",
  ]

  @Test func `A key is installed, replaced and removed through forms, and is on no page`() throws {
    try testDashboard { running in
      let browser = try await running.browser("admin")
      running.vendor.provider.accept(TestVendor.key, TestVendor.newKey)
      #expect(try await browser.get("/dashboard/key").body.contains("No key is installed"))
      let installed = try await browser.submit("/dashboard/key", ["api_key": TestVendor.key])
      #expect(installed.body.contains("The key is installed"))
      #expect(installed.body.contains("ghij"))
      let wrong = try await browser.submit(
        "/dashboard/key",
        ["api_key": "sk-proj-mock-wrong-key-000000000"]
      )
      #expect(wrong.body.contains("did not accept this key"))
      #expect(wrong.body.contains("ghij"))
      let replaced = try await browser.submit("/dashboard/key", ["api_key": TestVendor.newKey])
      #expect(replaced.body.contains("3210"))
      let unsure = try await browser.submit("/dashboard/key/remove", ["confirmation": "yes"])
      #expect(unsure.body.contains("Nothing was removed"))
      #expect(try await browser.submit("/dashboard/key/check", [:]).body.contains("takes"))
      for path in Self.adminPaths {
        let body = try await browser.get(path).body
        #expect(!body.contains(TestVendor.key.dropFirst(4)), "\(path)")
        #expect(!body.contains(TestVendor.newKey.dropFirst(4)), "\(path)")
      }
      let removed = try await browser.submit("/dashboard/key/remove", ["confirmation": "remove"])
      #expect(removed.body.contains("removed and destroyed"))
      #expect(removed.body.contains("by admin@acme"))
      let audit = try await browser.get("/dashboard/audit").body
      for words in ["Installed a key", "that was refused", "Removed the key", "Signed in"] {
        #expect(audit.contains(words), "\(words)")
      }
      #expect(audit.contains("version 2, openai, ends in 3210"))
    }
  }

  @Test func `A form without its page's token does nothing`() throws {
    try testDashboard { running in
      let browser = try await running.browser("admin")
      _ = try await browser.submit("/dashboard/key", ["api_key": TestVendor.key])
      let other = try await running.browser("engineer")
      for form in ["", "0", String(repeating: "0", count: 64)] {
        for path in ["key", "key/remove", "knowledge/hr", "sign-out"] {
          let refused = try await browser.post(
            "/dashboard/\(path)",
            ["confirmation": "remove", "api_key": TestVendor.newKey, "name": "x", "text": "x"],
            form: form
          )
          #expect(refused.status == 403, "\(path)")
        }
      }
      _ = try await other.get("/dashboard/deployment")
      #expect(try await browser.get("/dashboard/key").body.contains("ghij"))
      #expect(try await running.admin(.get, "key").body.contains(#""version":1"#))
    }
  }

  @Test func `Every page is protected, and opens for its role alone`() throws {
    try testDashboard { running in
      let admin = try await running.browser("admin")
      let engineer = try await running.browser("engineer")
      let stranger = Browser(running)
      for path in Self.adminPaths + Self.engineerPaths {
        let isAdmins = Self.adminPaths.contains(path)
        #expect(try await admin.get(path).status == (isAdmins ? 200 : 403), "\(path)")
        #expect(try await engineer.get(path).status == (isAdmins ? 403 : 200), "\(path)")
        let page = try await stranger.get(path)
        #expect(page.status == 303 && page.location == "/dashboard/sign-in", "\(path)")
        for browser in [admin, engineer, stranger] {
          let headers = try await browser.get(path).headers
          #expect(headers[.cacheControl] == "no-store")
          let policy = headers[.contentSecurityPolicy] ?? ""
          #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
          #expect(policy.contains("frame-ancestors 'none'"))
          #expect(headers[.xContentTypeOptions] == "nosniff")
          #expect(HTTPField.Name("X-Frame-Options").flatMap { headers[$0] } == "DENY")
          #expect(HTTPField.Name("Referrer-Policy").flatMap { headers[$0] } == "same-origin")
        }
      }
    }
  }

  @Test func `An engineer sees no key and cannot replace one`() throws {
    try testDashboard { running in
      try await running.setUp()
      let engineer = try await running.browser("engineer")
      for path in Self.engineerPaths {
        let body = try await engineer.get(path).body
        #expect(!body.contains(TestVendor.key.dropFirst(4)), "\(path)")
        #expect(!body.contains("ghij"), "\(path)")
      }
      let status = try await engineer.get("/dashboard/deployment").body
      #expect(status.contains("installed"))
      let configuration = try await engineer.get("/dashboard/deployment/configuration").body
      #expect(configuration.contains("provider.chatModel"))
      #expect(configuration.contains("[left out]"))
      #expect(!configuration.contains("globex"))
      running.vendor.provider.accept(TestVendor.key, TestVendor.newKey)
      for (path, fields) in [
        ("key", ["api_key": TestVendor.newKey]), ("key/remove", ["confirmation": "remove"]),
        ("key/check", [:]), ("knowledge/hr", ["name": "a.md", "text": "b"]),
      ] {
        #expect(try await engineer.post("/dashboard/\(path)", fields).status == 403, "\(path)")
      }
      #expect(try await running.admin(.get, "key").body.contains(#""version":1"#))
    }
  }

  @Test func `An engineer's log has the lines of the organization and of the program`() throws {
    try testDashboard { running in
      try await running.install(TestVendor.key)
      running.vendor.provider.accept()
      _ = try await running.answer(to: "travel policy?", id: "1")
      let engineer = try await running.browser("engineer")
      let all = try await engineer.get("/dashboard/deployment/log").body
      #expect(all.contains("reason=key-rejected"))
      let none = try await engineer.get("/dashboard/deployment/log?contains=%3Cscript%3E").body
      #expect(none.contains("No such line"))
      #expect(none.contains("value=\"&lt;script&gt;\""))
      #expect(!none.contains("<script"))
    }
  }

  @Test func `Hostile names and texts are shown, never run`() throws {
    try testDashboard { running in
      try await running.install(TestVendor.key)
      let browser = try await running.browser("admin")
      let name = #""><script>alert(1)<script>{{form}}.md"#
      let saved = try await browser.submit(
        "/dashboard/knowledge/hr",
        ["name": name, "text": "# <img src=x onerror=alert(1)>\r\n\r\nA text & more."]
      )
      #expect(saved.body.contains("found from now on"))
      for path in ["/dashboard/knowledge", "/dashboard/audit"] {
        let body = try await browser.get(path).body
        #expect(body.contains("&lt;script&gt;"), "\(path)")
        #expect(!body.contains("<script") && !body.contains("<img"), "\(path)")
        #expect(body.contains("{{form}}"), "\(path)")
      }
      let removed = try await browser.submit("/dashboard/knowledge/hr/remove", ["name": name])
      #expect(removed.body.contains("found no more"))
      #expect(!removed.body.contains("&lt;script&gt;"))
      for (name, text) in [("a/b", "x"), ("", "x"), ("a\u{7}b", "x"), ("a", " \n ")] {
        let page = try await browser.submit(
          "/dashboard/knowledge/hr",
          ["name": name, "text": text]
        )
        #expect(page.body.contains("notice bad"), "\(name)")
      }
      let other = try await browser.submit(
        "/dashboard/knowledge/elsewhere",
        ["name": "a", "text": "b"]
      )
      #expect(other.body.contains("no such document or knowledge base"))
    }
  }

  @Test func `Who asked and how it went is counted`() throws {
    try testDashboard { running in
      try await running.setUp()
      _ = try await running.answer(to: "travel policy?", id: "1")
      _ = try await running.answer(to: "travel policy again?", id: "2")
      let browser = try await running.browser("admin")
      let people = try await browser.get("/dashboard/people").body
      #expect(people.contains("<b>1</b>"))
      #expect(people.contains(#"<td data-label="Questions" class="number">2</td>"#))
      let usage = try await browser.get("/dashboard/usage").body
      #expect(usage.contains(#"<td data-label="Asked" class="number">2</td>"#))
    }
  }

  @Test func `A rejected key is told on every page until it is replaced`() throws {
    try testDashboard { running in
      try await running.setUp()
      let admin = try await running.browser("admin")
      let engineer = try await running.browser("engineer")
      #expect(!(try await admin.get("/dashboard/usage").body.contains("is paused")))
      running.vendor.provider.accept()
      _ = try await running.answer(to: "travel policy?", id: "1")
      for path in Self.adminPaths {
        #expect(try await admin.get(path).body.contains("is paused"), "\(path)")
      }
      #expect(try await engineer.get("/dashboard/deployment").body.contains("is paused"))
      let open = try await admin.get("/dashboard/notifications").body
      #expect(open.contains("no longer takes") && open.contains("Open"))
      running.vendor.provider.accept(TestVendor.newKey)
      _ = try await admin.get("/dashboard/key")
      let replaced = try await admin.submit("/dashboard/key", ["api_key": TestVendor.newKey])
      #expect(replaced.body.contains("The key is installed"))
      #expect(!replaced.body.contains("is paused"))
      #expect(try await admin.get("/dashboard/notifications").body.contains("Settled"))
    }
  }

  @Test func `Tokens and invoices are those of the admin API`() throws {
    try testDashboard { running in
      try await running.setUp()
      _ = try await running.answer(to: "travel policy?", id: "1")
      let browser = try await running.browser("admin")
      let usage = try await browser.get("/dashboard/usage").body
      #expect(usage.contains("ends in ghij"))
      #expect(usage.contains("text-embedding-3-small"))
      let invoices = try await browser.get("/dashboard/invoices").body
      #expect(invoices.contains("so far"))
      #expect(invoices.contains("Total (USD)"))
    }
  }

  @Test func `The style sheet is served, and pages hold no style or script of their own`() throws {
    try testDashboard { running in
      let browser = try await running.browser("admin")
      let style = try await browser.get("/dashboard/style.css")
      #expect(style.status == 200)
      #expect(style.headers[.contentType]?.hasPrefix("text/css") == true)
      for path in Self.adminPaths {
        let body = try await browser.get(path).body
        #expect(!body.contains("<script") && !body.contains("style=\""), "\(path)")
        #expect(!body.contains("<style"), "\(path)")
      }
    }
  }
}
