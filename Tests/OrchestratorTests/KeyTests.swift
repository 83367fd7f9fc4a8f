import Foundation
import HTTPTypes
import Orchestrator
import Testing
import Worlds

@Suite struct KeyTests {
  @Test func `A key that the provider does not take leaves the old one working`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        let wrong = try await running.install("sk-proj-mock-wrong-key-000000000")
        #expect(wrong.status == 422)
        #expect(wrong.body.contains(#""code":"key_rejected""#))
        #expect(!wrong.body.contains("sk-proj"))
        #expect(try await running.answer(to: "travel policy?", id: "1").contains("canary-common"))
        vendor.provider.script(nil, [.init(status: 503), .init(status: 503), .init(status: 503)])
        #expect(try await running.install(TestVendor.newKey).status == 503)
        #expect(try await running.install("short").status == 400)
        #expect(try await running.install("has a blank in it 00000").status == 400)
        let state = try await running.admin(.get, "key")
        #expect(state.body.contains(#""last_four":"ghij""#))
        #expect(state.body.contains(#""version":1"#))
      }
    }
  }

  @Test func `A new key goes live at once, and a removed one is used no more`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        #expect(try await running.admin(.get, "key").body == #"{"state":"none"}"#)
        #expect(try await running.answer(to: "hi", id: "0").contains("no OpenAI key is installed"))
        #expect(vendor.provider.calls.isEmpty)
        try await running.setUp()
        vendor.provider.accept(TestVendor.key, TestVendor.newKey)
        let installed = try await running.install(TestVendor.newKey)
        #expect(installed.status == 200)
        #expect(installed.body.contains(#""last_four":"3210""#))
        #expect(installed.body.contains(#""version":2"#))
        _ = try await running.answer(to: "travel policy?", id: "1")
        #expect(vendor.provider.chatCalls.last?.key == TestVendor.newKey)
        #expect(try await running.admin(.delete, "key").status == 200)
        let calls = vendor.provider.calls.count
        #expect(try await running.answer(to: "hi", id: "2").contains("no OpenAI key is installed"))
        #expect(vendor.provider.calls.count == calls)
        #expect(try await running.admin(.delete, "key").status == 404)
        #expect(try await running.admin(.post, "key/check").status == 409)
      }
    }
  }

  @Test func `A stream that had begun may finish after the key is removed`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        vendor.provider.delay(by: .seconds(10))
        try await running.ask("hello there", id: "1")
        try await running.wait(.seconds(2))
        #expect(try await running.admin(.delete, "key").status == 200)
        try await running.wait(.seconds(30))
        #expect(vendor.platforms.replies(to: "1").joined().contains("hello there"))
      }
    }
  }

  @Test func `A rejected key pauses the customer, with one probe a minute`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.accept()
        let before = vendor.provider.calls.count
        let refused = try await running.answer(to: "travel policy?", id: "1")
        #expect(refused.contains("was rejected"))
        #expect(refused.contains("administrator"))
        #expect(vendor.provider.calls.count == before + 1)
        for id in 2...6 {
          #expect(try await running.answer(to: "travel?", id: "\(id)").contains("was rejected"))
        }
        #expect(vendor.provider.calls.count == before + 1)
        #expect(try await running.admin(.get, "key").body.contains(#""state":"rejected""#))
        try await running.wait(.seconds(60))
        for id in 7...9 { try await running.ask("travel?", id: "\(id)") }
        try await running.wait()
        #expect(vendor.provider.calls.count == before + 2)
        #expect(vendor.platforms.replies(to: "9").count == 1)
        vendor.provider.accept(TestVendor.newKey)
        #expect(try await running.install(TestVendor.newKey).status == 200)
        #expect(try await running.answer(to: "travel policy?", id: "10").contains("canary-common"))
      }
    }
  }

  @Test func `A probe that succeeds ends the pause`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.accept()
        _ = try await running.answer(to: "travel?", id: "1")
        vendor.provider.accept(TestVendor.key)
        try await running.wait(.seconds(61))
        #expect(try await running.answer(to: "travel policy?", id: "2").contains("canary-common"))
        #expect(try await running.admin(.get, "key").body.contains(#""state":"active""#))
      }
    }
  }

  @Test func `The pause outlives a restart`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.accept()
        _ = try await running.answer(to: "travel?", id: "1")
      }
      let calls = vendor.provider.calls.count
      try await vendor.running { running async throws in
        #expect(try await running.answer(to: "travel?", id: "2").contains("was rejected"))
        #expect(vendor.provider.calls.count == calls)
      }
    }
  }

  @Test func `A rotation while a call is on its way loses nothing`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.beforeNextChat {
          vendor.provider.accept(TestVendor.newKey)
          try await running.install(TestVendor.newKey)
        }
        #expect(try await running.answer(to: "travel policy?", id: "1").contains("canary-common"))
        #expect(vendor.provider.chatCalls.map(\.status) == [401, 200])
        #expect(try await running.admin(.get, "key").body.contains(#""state":"active""#))
      }
    }
  }

  @Test func `Only this customer's administrator gets in`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running async throws in
        #expect(try await running.admin(.get, "key", token: "wrong").status == 401)
        #expect(try await running.request(.get, "/admin/tenants/acme/key").status == 401)
        let foreign = TestVendor.otherAdminToken
        #expect(try await running.admin(.get, "key", token: foreign).status == 403)
        #expect(try await running.admin(.put, "key", token: foreign).status == 403)
        #expect(try await running.admin(.put, "key", body: "{").status == 400)
        #expect(try await running.admin(.put, "key", body: #"{"api_key":7}"#).status == 400)
      }
    }
  }

  @Test func `The key is nowhere in the storage in plain`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.accept(TestVendor.key, TestVendor.newKey)
        try await running.install(TestVendor.newKey)
        _ = try await running.answer(to: "travel policy?", id: "1")
      }
      let files = try FileManager.default.contentsOfDirectory(atPath: vendor.storage.path)
      #expect(files.contains("orchestrator.sqlite"))
      for file in files {
        let content = try Data(contentsOf: vendor.storage.appendingPathComponent(file))
        for key in [TestVendor.key, TestVendor.newKey] {
          #expect(content.range(of: Data(key.utf8)) == nil, "\(file)")
          #expect(content.range(of: Data(key.utf8).base64EncodedData()) == nil, "\(file)")
        }
      }
    }
  }

  @Test func `A master key that others may read is refused`() throws {
    try TestVendor.test { vendor in
      let path = vendor.configuration.masterKeyFile
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      #expect(throws: ConfigurationFault.masterKeyExposed(path: path)) { try vendor.start() }
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      try Data("c2hvcnQ=".utf8).write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      #expect(throws: ConfigurationFault.masterKeyMalformed(path: path)) { try vendor.start() }
    }
  }
}
