import HTTPTypes
import Testing
import Worlds

@testable import Orchestrator

/// Documents that are replaced, removed and embedded anew while they are in use.
@Suite struct KnowledgeEditionTests {
  private static let azureKey = "azure-mock-0123456789abcdefghijklmnop"

  @Test func `A replacement takes the place of a document as a whole`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        try await running.wait()
        // Enough for the request itself and for the first attempt in the background.
        vendor.provider.script("/embeddings", Array(repeating: .init(status: 500), count: 6))
        let put = try await running.put(
          "# Travel\n\nThe travel policy is new.",
          named: "travel.md",
          in: "common"
        )
        #expect(put.status == 200)
        #expect(put.body.contains(#""state":"replacing""#))
        try await running.wait(.seconds(30))
        let before = try await running.answer(to: "travel policy?", id: "1")
        #expect(before.contains("canary-common"))
        #expect(!before.contains("policy is new"))
        try await running.wait(.seconds(90))
        let after = try await running.answer(to: "travel policy?", id: "2")
        #expect(after.contains("policy is new"))
        #expect(!after.contains("canary-common"))
      }
    }
  }

  @Test func `Of two replacements the later one stays, whichever is embedded last`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        try await running.wait()
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask {
            vendor.provider.delay(by: .seconds(5))
            try await running.put("# Travel\n\nPolicy one.", named: "travel.md", in: "common")
          }
          group.addTask {
            try await vendor.time.sleep(for: .seconds(1))
            vendor.provider.delay(by: .zero)
            try await running.put("# Travel\n\nPolicy two.", named: "travel.md", in: "common")
          }
          try await group.waitForAll()
        }
        let answer = try await running.answer(to: "travel policy?", id: "1")
        #expect(answer.contains("Policy two"))
        #expect(!answer.contains("Policy one"))
      }
    }
  }

  @Test func `What is removed while it is embedded does not come back`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        try await running.wait()
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask {
            vendor.provider.delay(by: .seconds(5))
            try await running.put("# Travel\n\nPolicy one.", named: "travel.md", in: "common")
          }
          group.addTask {
            try await vendor.time.sleep(for: .seconds(1))
            vendor.provider.delay(by: .zero)
            let removal = try await running.admin(.delete, "knowledge/common/documents/travel.md")
            #expect(removal.status == 204)
          }
          try await group.waitForAll()
        }
        try await running.wait(.seconds(90))
        let answer = try await running.answer(to: "travel policy?", id: "1")
        #expect(!answer.contains("Policy one"))
        #expect(!answer.contains("canary-common"))
      }
    }
  }

  private static func embeddings(_ vendor: TestVendor, at host: String) -> Int {
    vendor.provider.calls.count { $0.host == host && $0.path.hasSuffix("/embeddings") }
  }

  @Test func `A key of another provider has all documents embedded there, once`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        try await running.wait()
        vendor.provider.accept(TestVendor.key, Self.azureKey, TestVendor.newKey)
        try await running.install(TestVendor.newKey)
        let atOpenAI = Self.embeddings(vendor, at: FakeProvider.host)
        try await running.wait()
        // Another key of the same provider changes nothing but the check itself.
        #expect(Self.embeddings(vendor, at: FakeProvider.host) == atOpenAI)
        #expect(try await running.installAzure(Self.azureKey).status == 200)
        try await running.wait(.seconds(30))
        // One for the check of the key, and one for each of the three documents.
        #expect(Self.embeddings(vendor, at: FakeProvider.azureHost) == 4)
        #expect(Self.embeddings(vendor, at: FakeProvider.host) == atOpenAI)
        #expect(try await running.answer(to: "travel policy?", id: "1").contains("canary-common"))
        let count = Self.embeddings(vendor, at: FakeProvider.azureHost)
        let again = try await running.admin(.post, "knowledge/common/reindex")
        #expect(again.status == 202)
        #expect(again.body == #"{"documents":1}"#)
        try await running.wait(.seconds(30))
        #expect(Self.embeddings(vendor, at: FakeProvider.azureHost) == count + 1)
      }
    }
  }

  @Test func `Embedding anew stops with the key`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        try await running.wait()
        _ = try await running.admin(.delete, "key")
        let calls = vendor.provider.calls.count
        #expect(try await running.admin(.post, "knowledge/hr/reindex").status == 202)
        try await running.wait(.seconds(3_600))
        #expect(vendor.provider.calls.count == calls)
        try await running.install(TestVendor.key)
        try await running.wait()
        #expect(vendor.provider.calls.count > calls)
        // Now the provider stops to take it: one call finds out, and none follows by itself.
        vendor.provider.accept(TestVendor.newKey)
        let before = vendor.provider.calls.count
        #expect(try await running.admin(.post, "knowledge/hr/reindex").status == 202)
        try await running.wait(.seconds(3_600))
        #expect(vendor.provider.calls.count == before + 1)
      }
    }
  }

  @Test func `Vectors of another model are not compared`() throws {
    try TestVendor.test { vendor in
      let storage = try Storage(directory: vendor.storage)
      var provider = OrchestratorConfiguration.Provider()
      provider.embeddingDimensions = 8
      let knowledge = KnowledgeStore(storage: storage, provider: provider)
      let vector: [Float] = [1, 0, 0, 0, 0, 0, 0, 0]
      let document = try knowledge.put("x", named: "x", in: "b", of: "t", at: vendor.time.now)
      let chunk = Chunker.Chunk(heading: "", text: "x")
      try knowledge.index(document, of: "t", chunks: [(chunk, vector)], from: "openai")
      #expect(try knowledge.nearest(1, to: vector, in: ["b"], of: "t").count == 1)
      #expect(try knowledge.nextPending(of: "t", from: "openai", after: 0) == nil)
      provider.embeddingModel = "text-embedding-3-large"
      let later = KnowledgeStore(storage: storage, provider: provider)
      #expect(try later.nearest(1, to: vector, in: ["b"], of: "t").isEmpty)
      #expect(try later.nextPending(of: "t", from: "openai", after: 0)?.name == "x")
    }
  }
}
