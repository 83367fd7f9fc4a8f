import NIOCore
import Testing
import Wire

@testable import Orchestrator

@Suite struct CardTests {
  @Test func `Both cards are JSON of their platform, with three buttons that name the message`()
    throws
  {
    let card = AnswerCard(documents: ["Travel", #"Who "asks" <b>&"#], activity: "17~2")
    var adaptive: [UInt8] = Array("{\"a\":1".utf8)
    card.appendAttachment(to: &adaptive)
    let activity = try JSONValue(json: adaptive + Array("}".utf8))
    let attachment = try #require(activity["attachments"]?.elements?.first)
    #expect(attachment["contentType"]?.text == "application/vnd.microsoft.card.adaptive")
    let content = try #require(attachment["content"])
    #expect(content["type"]?.text == "AdaptiveCard")
    let actions = try #require(content["actions"]?.elements)
    #expect(actions.map { $0["verb"]?.text } == ["helpful", "unhelpful", "ask-again"])
    #expect(actions.allSatisfy { $0["data"]?["activity"]?.text == "17~2" })
    let inlines = (content["body"]?.elements ?? []).compactMap { $0["inlines"]?.elements?.first }
    #expect(inlines.map(\.text) == ["1. Travel", #"2. Who "asks" <b>&"#])

    var google: [UInt8] = Array("{\"a\":1".utf8)
    card.appendCards(to: &google)
    let message = try GoogleChat.Message(json: google + Array("}".utf8))
    let sent = try JSONValue(json: try #require(message.cards))
    let section = try #require(sent.elements?.first?["card"]?["sections"]?.elements?.first)
    #expect(section["header"]?.text == "Sources")
    let widgets = try #require(section["widgets"]?.elements)
    #expect(
      widgets[0]["textParagraph"]?["text"]?.text
        == #"1. Travel<br>2. Who "asks" &lt;b&gt;&amp;"#
    )
    let buttons = try #require(widgets[1]["buttonList"]?["buttons"]?.elements)
    #expect(buttons.count == 3)
    #expect(buttons.allSatisfy { $0["onClick"]?["action"]?["parameters"]?.elements?.count == 1 })
  }

  @Test(arguments: ["&", "\u{1}", "\"", "é", "𝕏"])
  func `No card is longer than its bound, whatever stands in its titles`(sign: String) {
    let card = AnswerCard(
      documents: (0..<40).map { _ in String(repeating: sign, count: 500) },
      activity: "spaces/\(String(repeating: "A", count: 40))/messages/client-"
        + String(repeating: "b", count: 56)
    )
    var adaptive: [UInt8] = []
    card.appendAttachment(to: &adaptive)
    var google: [UInt8] = []
    card.appendCards(to: &google)
    #expect(adaptive.count <= AnswerCard.longest)
    #expect(google.count <= AnswerCard.longest)
    #expect(card.lines.count == AnswerCard.mostDocuments)
  }

  @Test func `The longest answers fit with their cards, under the last part alone`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        let long = String(repeating: "All work and no play. ", count: 3_000)
        vendor.provider.script("/chat/completions", [FakeProvider.stream(of: long)])
        try await running.click(FakePlatforms.event("travel policy?"))
        try await running.wait()
        #expect(vendor.platforms.replies(to: "google").joined() == long)
        #expect(vendor.platforms.replies(to: "google").count == 3)
        #expect(vendor.platforms.cards(to: "google").count == 1)
        #expect(vendor.platforms.replies(to: "google").allSatisfy { $0.utf8.count <= 24_000 })
      }
    }
  }

  @Test func `In a group the card names only what everybody there may read`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        for (id, group) in [("1", true), ("2", false)] {
          _ = try await running.answer(
            to: "salary bands and travel policy?",
            id: id,
            in: group ? "19:g" : "a:personal",
            group: group
          )
        }
        let shared = try #require(vendor.platforms.cards(to: "1").first)
        #expect(shared.contains("Travel"))
        #expect(!shared.contains("Salaries"))
        #expect(vendor.platforms.cards(to: "2").first?.contains("Salaries") == true)
        // What is no answer has no card.
        _ = try await running.answer(to: "/help", id: "3")
        #expect(vendor.platforms.replies(to: "3").count == 1)
        #expect(vendor.platforms.cards(to: "3").isEmpty)
      }
    }
  }

  @Test func `A card is there after a crash between answer and delivery`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.platforms.connectorAnswers(503, 503, 503, 503, 503, 503)
        try await running.ask("travel policy?", id: "1")
        try await running.wait(.seconds(1))
      }
      vendor.platforms.connectorAnswers()
      try await vendor.running { running in
        try await running.wait()
        #expect(vendor.platforms.replies(to: "1").count == 1)
        #expect(vendor.platforms.cards(to: "1").first?.contains("1. Travel") == true)
        #expect(vendor.provider.chatCalls.count == 1)
      }
    }
  }
}
