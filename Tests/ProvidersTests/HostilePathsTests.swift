import HTTPTypes
import Providers
import Secrets
import Testing
import Wire
import Worlds

/// One path, one meaning: for the router, for what a key may do, and for the books.
@Suite struct HostilePathsTests {
  private static let body =
    #"{"model":"gpt-4o-mini","messages":[{"role":"user","content":"x"}]}"#

  @Test(arguments: [
    "/v1//chat/completions", "//v1/chat/completions", "/v1/chat//completions",
    "/v1/chat/completions/", "/v1/chat/completions//", "/v1/%63hat/completions",
  ])
  func aPathWithEmptyPartsLeadsNowhere(path: String) async throws {
    let office = try Office()
    let restricted = KeyRestriction(endpoints: ["/v1/embeddings"])
    for restriction in [KeyRestriction(), restricted] {
      try office.mock.restrictKey(id: office.key.id, to: restriction)
      let answer = try await office.send(.post, path, Self.body, key: office.key.secret)
      #expect(answer.status == 404)
    }
    #expect(office.mock.ledger().isEmpty)
  }

  @Test func modelsAreListedWithoutASlashAtTheEnd() async throws {
    let bench = try Bench()
    #expect(try await bench.get("/v1/models").status == 200)
    let answer = try await bench.get("/v1/models/")
    #expect(answer.status == 404)
    #expect(answer.error?.message == "Invalid URL (GET /v1/models/)")
    #expect(try await bench.get("/").error?.code == "unknown_url")
  }

  @Test func escapesOfADeploymentsNameMakeNoRowsOfTheirOwn() async throws {
    let bench = try AzureBench()
    for name in ["assistant", "%61ssistant", "a%73sistant", "as%73istant"] {
      #expect(try await bench.chat("x", deployment: name).status == 200)
    }
    let books = bench.mock.ledger()
    #expect(books.map(\.endpoint) == ["/openai/deployments/assistant/chat/completions"])
    #expect(books.map(\.calls) == [4])
    #expect(try await bench.chat("x", deployment: "/assistant").status == 404)
  }
}
