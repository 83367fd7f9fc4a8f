import HTTPTypes
import NIOCore
import Testing
import Wire

@testable import Orchestrator

@Suite struct ButtonTests {
  @Test func `What is asked again is answered once, with the permissions of that moment`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        #expect(try await running.answer(to: "salary bands?", id: "1").contains("canary-hr"))
        vendor.platforms.move("ana", to: "Sales")
        for press in ["f:1", "f:2", "f:1"] {
          let told = try await running.press(FakePlatforms.press("ask-again", id: press))
          #expect(told.status == 200)
          let answer = try JSONValue(json: Array(told.body.utf8))
          #expect(answer["statusCode"]?.wholeNumber == 200)
          #expect(answer["type"]?.text == "application/vnd.microsoft.card.adaptive")
          #expect(answer["value"]?["type"]?.text == "AdaptiveCard")
          #expect(!told.body.contains("canary"))
        }
        try await running.wait()
        let again = vendor.platforms.replies(to: "f:1")
        #expect(again.count == 1)
        #expect(again.first?.contains("salary bands?") == true)
        #expect(again.first?.contains("canary-hr") == false)
        #expect(vendor.platforms.replies(to: "f:2").isEmpty)
        #expect(vendor.provider.chatCalls.count == 2)
        // The new answer has a button of its own.
        let card = try #require(vendor.platforms.cards(to: "f:1").first)
        #expect(card.contains(#""activity":"1~2""#))
        try await running.press(FakePlatforms.press("ask-again", on: "1~2", id: "f:3"))
        try await running.wait()
        #expect(vendor.platforms.replies(to: "f:3").count == 1)
      }
    }
  }

  @Test func `Who was refused when it was asked again may have it asked once more`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        _ = try await running.answer(to: "travel policy?", id: "1")
        #expect(try await running.admin(.delete, "key").status < 300)
        for _ in 1...2 { try await running.press(FakePlatforms.press("ask-again", id: "f:1")) }
        try await running.wait()
        #expect(vendor.platforms.replies(to: "f:1").count == 1)
        try await running.install(TestVendor.key)
        for press in ["f:1", "f:2", "f:1", "f:2", "f:3"] {
          try await running.press(FakePlatforms.press("ask-again", id: press))
          try await running.wait()
        }
        #expect(vendor.platforms.replies(to: "f:1").count == 1)
        #expect(vendor.platforms.replies(to: "f:2").count == 1)
        #expect(vendor.platforms.replies(to: "f:3").isEmpty)
        // The first answer, and what the second press asked.
        #expect(vendor.provider.chatCalls.count == 2)
      }
    }
  }

  @Test func `A press that found its question under way, delivered again, asks nothing more`()
    throws
  {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        _ = try await running.answer(to: "travel policy?", id: "1")
        #expect(try await running.admin(.delete, "key").status < 300)
        // The second comes while the first one's question is under way, which is refused then.
        for press in ["f:1", "f:2"] {
          try await running.press(FakePlatforms.press("ask-again", id: press))
        }
        try await running.wait()
        for press in ["f:2", "f:1"] {
          try await running.press(FakePlatforms.press("ask-again", id: press))
          try await running.wait()
        }
        #expect(vendor.platforms.replies(to: "f:1").count == 1)
        #expect(vendor.platforms.replies(to: "f:2").isEmpty)
        // A third press is a wish of its own.
        try await running.press(FakePlatforms.press("ask-again", id: "f:3"))
        try await running.wait()
        #expect(vendor.platforms.replies(to: "f:3").count == 1)
      }
    }
  }

  @Test func `The earlier answer does not stand in the prompt that asks again`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        _ = try await running.answer(to: "My umbrella is vermilion.", id: "0")
        let first = try await running.answer(to: "travel policy?", id: "1")
        #expect(first.contains("vermilion"))
        _ = try await running.answer(to: "And the turquoise one?", id: "2")
        try await running.press(FakePlatforms.press("ask-again"))
        try await running.wait()
        let again = vendor.platforms.replies(to: "f:1").joined()
        // What was said before the question stands there, and nothing that came after it.
        #expect(again == first)
      }
    }
  }

  @Test func `Only the person who asked has it asked again, and strangers' cards are nobody's`()
    throws
  {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        _ = try await running.answer(to: "travel policy?", id: "1", in: "19:g", group: true)
        let calls = vendor.provider.calls.count
        let told = try await running.press(
          FakePlatforms.press("ask-again", by: "ben", in: "19:g", group: true)
        )
        #expect(told.status == 200)
        #expect(told.body.contains("application/vnd.microsoft.activity.message"))
        #expect(told.body.contains("Only the person who asked"))
        // A made-up card: a message of another conversation, and one that never was.
        for (answered, place) in [("1", "a:personal"), ("99", "19:g"), ("1~7", "19:g")] {
          let told = try await running.press(
            FakePlatforms.press("ask-again", on: answered, in: place)
          )
          #expect(told.body.contains("not in my records"))
        }
        let unknown = try await running.press(FakePlatforms.press("launch", in: "19:g"))
        #expect(unknown.status == 200)
        #expect(unknown.body.contains(#""statusCode":400"#))
        try await running.wait()
        #expect(vendor.provider.calls.count == calls)
      }
    }
  }

  @Test func `A press without a genuine token does nothing`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        _ = try await running.answer(to: "travel policy?", id: "1")
        var claims = vendor.platforms.claims(at: vendor.time.now)
        claims.serviceurl = "https://smba.trafficmanager.net/emea/"
        for token in [nil, "garbage", try TestIssuer.genuine.sign(claims)] {
          for verb in ["ask-again", "helpful"] {
            let answer = try await running.deliver(FakePlatforms.press(verb), token: token)
            #expect(answer.status == 401)
          }
        }
        let foreign = try vendor.platforms.googleToken(at: vendor.time.now, audience: "1")
        #expect(
          try await running.click(FakePlatforms.click("helpful"), token: foreign).status == 401
        )
        try await running.wait()
        #expect(vendor.provider.chatCalls.count == 1)
        let feedback = try await running.admin(.get, "feedback")
        #expect(feedback.body.contains(#""helpful":0"#))
      }
    }
  }

  @Test func `Feedback is one voice for each person and answer, kept over a restart`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        _ = try await running.answer(to: "travel policy?", id: "1", in: "19:g", group: true)
        for (verb, person) in [
          ("helpful", "ana"), ("helpful", "ana"), ("helpful", "ben"), ("unhelpful", "ben"),
        ] {
          let told = try await running.press(
            FakePlatforms.press(verb, by: person, in: "19:g", group: true)
          )
          #expect(told.body.contains("Thank you"))
        }
        #expect(vendor.platforms.replies(to: "f:1").isEmpty)
      }
      try await vendor.running { running in
        let ours = try await running.admin(.get, "feedback")
        let document = try JSONValue(json: Array(ours.body.utf8))
        #expect(document["total"]?["helpful"]?.wholeNumber == 1)
        #expect(document["total"]?["unhelpful"]?.wholeNumber == 1)
        #expect(document["knowledge"]?["common"]?["helpful"]?.wholeNumber == 1)
        #expect(!ours.body.contains("travel"))
      }
      let store = FeedbackStore(storage: try Storage(directory: vendor.storage))
      #expect(try store.count(of: "globex") == .init())
      #expect(try store.days(of: "acme").count == 1)
    }
  }

  @Test func `What was forgotten is not asked again`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        _ = try await running.answer(to: "travel policy?", id: "1")
        _ = try await running.answer(to: "/forget", id: "2")
        let calls = vendor.provider.calls.count
        for verb in ["ask-again", "helpful"] {
          let told = try await running.press(FakePlatforms.press(verb))
          #expect(told.body.contains("not in my records"))
        }
        try await running.wait()
        #expect(vendor.provider.calls.count == calls)
      }
    }
  }

  @Test func `Buttons of Google Chat: words for whoever pressed, answers as messages`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        try await running.click(FakePlatforms.event("travel policy?"))
        try await running.wait()
        let thanks = try await running.click(FakePlatforms.click("helpful"))
        #expect(thanks.body.contains("Thank you"))
        #expect(thanks.body.contains("NEW_MESSAGE"))
        #expect(!thanks.body.contains("privateMessageViewer"))
        for _ in 0..<2 {
          #expect(try await running.click(FakePlatforms.click("ask-again")).body == "{}")
        }
        let stranger = try await running.click(FakePlatforms.click("ask-again", by: "ben"))
        #expect(stranger.body.contains("Only the person who asked"))
        let unknown = try await running.click(FakePlatforms.click("launch"))
        #expect(unknown.body == "{}")
        try await running.wait()
        #expect(vendor.platforms.replies(to: "google").count == 2)
        #expect(vendor.provider.chatCalls.count == 2)
        // In a space the conversation is the thread, and words are for whoever pressed alone.
        let elsewhere = try await running.click(
          FakePlatforms.click("ask-again", spaceType: "SPACE")
        )
        #expect(elsewhere.body.contains("not in my records"))
        #expect(elsewhere.body.contains(#""privateMessageViewer":{"name":"users/ana"}"#))
      }
    }
  }

  @Test func `A command of Google Chat's list is obeyed, though its argument is empty`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        let event = FakePlatforms.event("").replacing(
          #""argumentText":" ""#,
          with: #""text":"/help","argumentText":"","slashCommand":{"commandId":1.0}"#
        )
        try await running.click(event)
        try await running.wait()
        #expect(vendor.platforms.replies(to: "google").first?.contains("/forget") == true)
        #expect(vendor.provider.chatCalls.isEmpty)
      }
    }
  }
}

extension RunningVendor {
  @discardableResult
  func press(_ activity: String) async throws -> Answer {
    try await deliver(activity, token: try vendor.platforms.token(at: vendor.time.now))
  }

  /// Delivers an event as Google Chat does, with a genuine token where none is given.
  @discardableResult
  func click(_ event: String, token: String? = nil) async throws -> Answer {
    let token = try token ?? vendor.platforms.googleToken(at: vendor.time.now)
    return try await request(
      .post,
      "/api/google-chat",
      headers: [.authorization: "Bearer \(token)"],
      body: ByteBuffer(string: event)
    )
  }
}
