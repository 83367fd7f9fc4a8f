import Foundation
import HTTPTypes
import Orchestrator
import Testing
import Worlds

@Suite struct ForgettingTests {
  /// Files of the storage that hold these bytes, by name.
  private static func files(with text: String, in vendor: TestVendor) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: vendor.storage.path).sorted()
    return try names.filter { name in
      let bytes = try Data(contentsOf: vendor.storage.appendingPathComponent(name))
      return bytes.range(of: Data(text.utf8)) != nil
    }
  }

  @Test func `After forget no byte of the conversation is left in the files`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        // Enough of it that pages split and texts overflow them.
        let padding = String(repeating: "lorem ipsum dolor ", count: 60)
        for number in 1...40 {
          let question = "umbrella-vermilion \(padding)"
          _ = try await running.answer(to: question, id: "v\(number)", in: "a:\(number % 2)")
        }
        #expect(try !Self.files(with: "umbrella-vermilion", in: vendor).isEmpty)
        for place in 0...1 {
          let told = try await running.answer(to: "/forget", id: "f\(place)", in: "a:\(place)")
          #expect(told.contains("I have forgotten this conversation"))
          if place == 0 {
            // The other conversation is as it was.
            let recalled = try await running.answer(to: "Say it again", id: "r", in: "a:1")
            #expect(recalled.contains("umbrella-vermilion"))
          }
        }
        let after = try await running.answer(to: "Say it again", id: "x", in: "a:0")
        #expect(!after.contains("umbrella-vermilion"))
        try await running.wait(.seconds(700))
        #expect(try Self.files(with: "umbrella-vermilion", in: vendor).isEmpty)
        let log = vendor.storage.appendingPathComponent("orchestrator.sqlite-wal").path
        #expect(FileManager.default.fileExists(atPath: log))
        // A repetition of what was forgotten is known for one all the same.
        let calls = vendor.provider.calls.count
        try await running.ask("umbrella?", id: "v1", in: "a:1")
        try await running.wait()
        #expect(vendor.provider.calls.count == calls)
      }
    }
  }

  @Test func `What is being answered is erased when it is delivered`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.platforms.connectorAnswers(503, 503, 503)
        try await running.ask("umbrella-vermilion, travel policy?", id: "1")
        try await running.wait(.seconds(1))
        let told = try await running.answer(to: "/forget", id: "2")
        #expect(told.contains("forgotten"))
        try await running.wait(.seconds(700))
        #expect(vendor.platforms.replies(to: "1").count == 1)
        #expect(try Self.files(with: "umbrella-vermilion", in: vendor).isEmpty)
        let next = try await running.answer(to: "Say it again", id: "3")
        #expect(!next.contains("vermilion"))
      }
    }
  }

  @Test func `Of a customer that keeps nothing no byte is left a minute after the answers`() throws
  {
    @Sendable func keepNothing(_ configuration: inout OrchestratorConfiguration) {
      configuration.tenants[0].keepsConversations = false
    }
    try TestVendor.test(configure: keepNothing) { vendor in
      try await vendor.running { running in
        try await running.setUp()
        let padding = String(repeating: "lorem ipsum dolor ", count: 60)
        for number in 1...20 {
          let question = "umbrella-vermilion \(padding)"
          let answer = try await running.answer(to: question, id: "v\(number)")
          #expect(answer.contains("umbrella-vermilion"))
        }
        try await running.wait(.seconds(70))
        #expect(try Self.files(with: "umbrella-vermilion", in: vendor).isEmpty)
        let after = try await running.answer(to: "Say it again", id: "x")
        #expect(!after.contains("umbrella-vermilion"))
        // A repetition is known for one all the same.
        let calls = vendor.provider.calls.count
        try await running.ask("umbrella?", id: "v1")
        try await running.wait()
        #expect(vendor.provider.calls.count == calls)
      }
    }
  }

  @Test func `Who may not ask may not erase, and help needs no model`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        let first = try await running.answer(to: "umbrella-vermilion?", id: "1")
        #expect(!first.isEmpty)
        let calls = vendor.provider.calls.count
        #expect(try await running.answer(to: " /HELP ", id: "2").contains("/forget"))
        let stranger = try await running.answer(to: "/forget", from: "nobody-knows", id: "3")
        #expect(stranger.contains("not set up"))
        #expect(vendor.provider.calls.count == calls)
        #expect(try await running.answer(to: "Say it again", id: "4").contains("vermilion"))
        #expect(try await running.answer(to: "/forgetful?", id: "5").contains("user:"))
      }
    }
  }
}
