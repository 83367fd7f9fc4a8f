import Testing
import Wire

@testable import Providers

@Suite struct StoredResponsesTests {
  private func response(_ id: String, items: [JSONValue] = []) -> StoredResponse {
    StoredResponse(id: id, projectID: "p", body: [1, 2, 3], inputItems: items, messages: [])
  }

  @Test func countsAllThatIsKept() {
    let text = String(repeating: "x", count: 10_000)
    let plain = response("a").bytes
    #expect(response("a", items: [.object([.init("t", .string(text))])]).bytes > plain + 10_000)
    var called = ChatMessage(role: .assistant, content: "")
    called.toolCalls = [ToolCall(id: "c", name: "find", input: text)]
    var response = response("a")
    response.messages = [called]
    #expect(response.bytes > plain + 10_000)
  }

  @Test func inputItemsAreBoundedByMemory() {
    var kept = StoredResponses()
    let items = [JSONValue.string(String(repeating: "x", count: 1 << 20))]
    for number in 0..<100 { kept.keep(response("r\(number)", items: items)) }
    #expect(kept.bytes <= StoredResponses.mostBytes && kept.count == 63)
    #expect(kept.response("r36", of: "p") == nil && kept.response("r37", of: "p") != nil)
  }

  @Test func overwritingReplaces() {
    var kept = StoredResponses()
    for _ in 0..<10_000 { kept.keep(response("same")) }
    #expect(kept.count == 1 && kept.bytes == response("same").bytes)
    #expect(kept.places < 100)
  }

  @Test func whatWasDeletedLeavesNothing() {
    var kept = StoredResponses()
    for number in 0..<10_000 {
      kept.keep(response("r\(number)"))
      let wasThere = kept.delete("r\(number)", of: "p")
      #expect(wasThere)
    }
    #expect(kept.count == 0 && kept.bytes == 0 && kept.places < 100)
  }
}
