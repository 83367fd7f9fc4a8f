import HTTPTypes
import Testing
import Worlds

@testable import Orchestrator

@Suite struct KnowledgeTests {
  @Test func `A removed or replaced document is found no more, nor recalled`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        #expect(try await running.answer(to: "travel policy?", id: "1").contains("canary-common"))
        try await running.put(
          "# Travel\n\nThe travel policy is new.",
          named: "travel.md",
          in: "common"
        )
        let replaced = try await running.answer(to: "travel policy?", id: "2")
        #expect(replaced.contains("policy is new"))
        #expect(!replaced.contains("canary-common"))
        let removal = try await running.admin(.delete, "knowledge/common/documents/travel.md")
        #expect(removal.status == 204)
        let gone = try await running.answer(to: "travel policy?", id: "3")
        #expect(!gone.contains("policy is new"))
        #expect(
          try await running.admin(.delete, "knowledge/common/documents/travel.md").status == 404
        )
      }
    }
  }

  @Test func `Documents wait for a key and are found once it is installed`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        let early = try await running.put(
          "# Travel\n\nTravel policy X.",
          named: "t.md",
          in: "common"
        )
        #expect(early.status == 201)
        #expect(early.body.contains(#""state":"pending""#))
        #expect(vendor.provider.calls.isEmpty)
        try await running.install(TestVendor.key)
        try await running.wait()
        let shown = try await running.admin(.get, "knowledge/common/documents/t.md")
        #expect(shown.body.contains(#""state":"indexed""#))
        #expect(try await running.answer(to: "travel policy?", id: "1").contains("policy X"))
      }
    }
  }

  @Test func `Documents are indexed later when the provider fails`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.install(TestVendor.key)
        try await running.wait()
        vendor.provider.script("/embeddings", Array(repeating: .init(status: 500), count: 6))
        let put = try await running.put("# Travel\n\nPolicy X.", named: "t.md", in: "common")
        #expect(put.body.contains(#""state":"pending""#))
        try await running.wait(.seconds(90))
        let list = try await running.admin(.get, "knowledge/common/documents")
        #expect(list.body.contains(#""state":"indexed""#))
      }
    }
  }

  @Test func `What is no document is refused`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running async throws in
        #expect(try await running.put("x", named: "a.md", in: "unknown").status == 404)
        let path = "knowledge/common/documents/a.md"
        #expect(
          try await running.admin(.put, path, contentType: "application/pdf", body: "x").status
            == 415
        )
        let largest = String(repeating: "x", count: 512 << 10)
        #expect(try await running.put(largest, named: "a.md", in: "common").status == 201)
        #expect(try await running.put(largest + "x", named: "b.md", in: "common").status == 413)
        #expect(try await running.put("x", named: "a%2Fb", in: "common").status == 400)
        #expect(try await running.admin(.get, "knowledge/common/documents/no.md").status == 404)
      }
    }
  }

  @Test func `Chunks are cut at headings and paragraphs and stay in size`() {
    let text = """
      # Policies

      First paragraph.

      ## Travel
      \(String(repeating: "A sentence about trains. ", count: 100))

      Last one.
      """
    let chunks = Chunker().chunks(of: text)
    #expect(chunks.first == Chunker.Chunk(heading: "Policies", text: "First paragraph."))
    #expect(chunks.dropFirst().allSatisfy { $0.heading == "Travel" })
    #expect(chunks.allSatisfy { $0.text.count <= 810 })
    #expect(chunks.last?.text.hasSuffix("Last one.") == true)
    #expect(Chunker.title(of: text, named: "x.md") == "Policies")
    #expect(Chunker.title(of: "plain", named: "x.txt") == "x.txt")
    #expect(Chunker().chunks(of: " \n\n").isEmpty)
    let unbroken = Chunker().chunks(of: String(repeating: "x", count: 5_000))
    #expect(unbroken.map(\.text.count).reduce(0, +) == 5_000)
  }

  @Test func `Vector search is exact, and of equals the first comes first`() {
    func chunk(_ id: Int) -> VectorIndex.Chunk {
      .init(id: Int64(id), document: "d.md", title: "D", heading: "", text: "text \(id)")
    }
    var index = VectorIndex(version: 1, dimensions: 10)
    var generator = Randomness(seed: 3).generator("vectors")
    var vectors: [[Float]] = []
    for id in 0..<200 {
      let vector = (0..<10).map { _ in Float(generator.unit()) - 0.5 }
      vectors.append(vector)
      index.append(vector, of: chunk(id))
    }
    index.append(vectors[7], of: chunk(200))
    index.append([1], of: chunk(201))
    index.append([Float](repeating: 0, count: 10), of: chunk(202))
    let query = vectors[7]
    func cosine(_ left: [Float], _ right: [Float]) -> Float {
      func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
      return dot(left, right) / (dot(left, left) * dot(right, right)).squareRoot()
    }
    let expected = vectors.indices
      .sorted { cosine(vectors[$0], query) > cosine(vectors[$1], query) }.prefix(4)
    let found = index.nearest(5, to: query)
    #expect(found.map(\.chunk.id) == [7, 200] + expected.dropFirst().map(Int64.init))
    #expect(index.nearest(3, to: [1, 2]).isEmpty)
    #expect(index.nearest(0, to: query).isEmpty)
  }
}
