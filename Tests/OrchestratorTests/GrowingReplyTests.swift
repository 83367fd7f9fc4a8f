import Foundation
import HTTPTypes
import NIOCore
import Synchronization
import Testing
import Wire
import Worlds

@testable import Orchestrator

@Suite struct GrowingReplyTests {
  @Test(arguments: [
    ("", ""), ("Ten days", "Ten days"), ("Ten **da", "Ten "), ("One.\n", "One.\n"),
    ("One.\n# Ti", "One.\n"), ("One.\nTwo [a", "One.\nTwo "), ("One.\n``", "One.\n"),
    ("One *two*\nThree", "One *two*\nThree"),
  ])
  func `What is shown is only what more text cannot change`(text: String, stable: String) {
    #expect(PlatformText.stable(text) == stable[...])
  }

  @Test func `Each stable beginning stays the beginning on both platforms`() {
    let whole = """
      # Travel
      Trains are **first** class, see [the page](https://acme.example/a).
      - one
      - two *three*
      ```
      # no heading - (x)
      ```
      Last words
      """
    for platform in [PlatformText.teams, PlatformText.googleChat] {
      var earlier = ""
      for end in whole.indices {
        let shown = platform(String(PlatformText.stable(String(whole[..<end]))))
        #expect(shown.hasPrefix(earlier), "\(earlier) / \(shown)")
        earlier = shown
      }
      #expect(platform(whole).hasPrefix(earlier))
    }
  }

  /// A connector that takes streams, or stops to at some piece.
  private final class Connector: Sendable {
    struct Seen: Sendable {
      var method: String
      var type: String
      var kind: String?
      var sequence: Int?
      var text: String
      var asksForThumbs: Bool
      var at: Timestamp
    }

    let seen = Mutex<[Seen]>([])
    let refusesFrom: Int

    init(on network: FakeNetwork, clock: any WorldClock, refusesFrom: Int = .max) {
      self.refusesFrom = refusesFrom
      network.serve(FakePlatforms.serviceHost) { head, body in
        let activity = try BotFramework.Activity(json: Array(body.readableBytesView))
        let info = activity.entities?.first { $0.type == "streaminfo" }
        let number = self.seen.withLock { seen in
          seen.append(
            Seen(
              method: head.method.rawValue,
              type: activity.type,
              kind: info?.streamType,
              sequence: info?.streamSequence,
              text: activity.text ?? "",
              asksForThumbs: activity.channelData?.feedbackLoop != nil,
              at: clock.now
            )
          )
          return seen.count
        }
        if number >= self.refusesFrom, info != nil { return .json("{}", status: 403) }
        return .json(#"{"id":"stream-1"}"#, status: 201)
      }
    }
  }

  private static func streamed(_ configuration: inout OrchestratorConfiguration) {
    configuration.tenants[0].replies = .streamed
  }

  @Test func `In Teams a piece follows another, and a final one ends them`() throws {
    try TestVendor.test(configure: Self.streamed) { vendor in
      let connector = Connector(on: vendor.network, clock: vendor.time)
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.delay(by: .seconds(2))
        try await running.ask("travel policy?", id: "1")
        try await running.wait(.seconds(20))
        let seen = connector.seen.withLock { $0 }
        #expect(seen.first?.kind == "informative")
        #expect(seen.first?.sequence == 1)
        #expect(seen.last?.type == "message")
        #expect(seen.last?.kind == "final")
        #expect(seen.last?.sequence == nil)
        #expect(seen.last?.text.contains("canary-common") == true)
        #expect(seen.filter { $0.type == "message" }.count == 1)
        for (one, next) in zip(seen, seen.dropFirst()) {
          #expect(next.at - one.at >= .seconds(1))
          if one.kind == "streaming" { #expect(next.text.hasPrefix(one.text)) }
        }
      }
    }
  }

  @Test func `The thumbs of Teams come back by the message, as one voice`() throws {
    try TestVendor.test(configure: Self.streamed) { vendor in
      let connector = Connector(on: vendor.network, clock: vendor.time)
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.delay(by: .seconds(2))
        try await running.ask("travel policy?", id: "1")
        try await running.wait(.seconds(20))
        #expect(connector.seen.withLock { $0.filter(\.asksForThumbs).map(\.kind) } == ["final"])
        // What never was, or stands elsewhere, counts for nothing; nobody is told so.
        for activity in [
          FakePlatforms.thumb("like", on: "stream-1"),
          FakePlatforms.thumb("dislike", on: "stream-1"),
          FakePlatforms.thumb("like", on: "stream-2"),
          FakePlatforms.thumb("like", on: "stream-1", by: "ben", in: "a:other"),
        ] {
          let told = try await running.press(activity)
          #expect((told.status, told.body) == (200, "{}"))
        }
        let unknown = try await running.press(FakePlatforms.thumb("launch", on: "stream-1"))
        #expect(unknown.body.contains(#""statusCode":400"#))
        let forged = try await running.deliver(
          FakePlatforms.thumb("like", on: "stream-1", by: "cyd"),
          token: "garbage"
        )
        #expect(forged.status == 401)
        let answer = try await running.admin(.get, "feedback")
        let feedback = try JSONValue(json: Array(answer.body.utf8))
        #expect(feedback["total"]?["helpful"]?.wholeNumber == 0)
        #expect(feedback["total"]?["unhelpful"]?.wholeNumber == 1)
      }
    }
  }

  @Test func `A stream that Teams closes is written over, once`() throws {
    try TestVendor.test(configure: Self.streamed) { vendor in
      let connector = Connector(on: vendor.network, clock: vendor.time, refusesFrom: 2)
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.delay(by: .seconds(2))
        try await running.ask("travel policy?", id: "1")
        try await running.wait(.seconds(20))
        let seen = connector.seen.withLock { $0 }
        #expect(seen.last?.method == "PUT")
        #expect(seen.last?.text.contains("canary-common") == true)
        #expect(seen.filter { $0.method == "PUT" }.count == 1)
      }
    }
  }

  @Test func `Groups, and customers who did not ask for it, see no pieces`() throws {
    for (group, configure) in [(true, Self.streamed), (false, { _ in })]
      as [(Bool, @Sendable (inout OrchestratorConfiguration) -> Void)]
    {
      try TestVendor.test(configure: configure) { vendor in
        let connector = Connector(on: vendor.network, clock: vendor.time)
        try await vendor.running { running in
          try await running.setUp()
          vendor.provider.delay(by: .seconds(2))
          try await running.ask("travel policy?", id: "1", in: "19:g", group: group)
          try await running.wait(.seconds(30))
          #expect(connector.seen.withLock { $0.allSatisfy { $0.kind == nil } })
          #expect(connector.seen.withLock { $0.contains { $0.type == "message" } })
        }
      }
    }
  }
}
