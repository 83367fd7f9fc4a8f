import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

/// Boundaries of the two promises about revocation that mutants of their checkers slipped through.
@Suite struct RevocationEdgeTests {
  private static let moment = 0.000_001

  /// `a1` serves ana at 10 s and ends at 100 s; two calls were made before.
  private func revoked(
    afterOrder: Int? = nil,
    _ write: (inout Chronicle) -> Void
  ) -> Chronicle {
    Chronicle.of { story in
      story.create("g1", .tenant("globex"))
      story.act(.installKey, "g1", tenant: "globex")
      story.at(10)
      story.converse("ana")
      story.at(100)
      story.end("a1", afterOrder: afterOrder)
      write(&story)
      story.at(10_000)
      story.endStory()
    }
  }

  @Test func `Only messages of the customer's known people count, and calls with its key`() {
    let story = revoked { story in
      story.at(110)
      story.converseInVain("ana")
      story.converse("eve", on: "g1")
      story.ask("mallory")
      story.create("a2")
      story.at(120)
      story.act(.installKey, "a2")
      story.at(130)
      story.converse("ana", on: "a2")
    }
    #expect(story.judge("no-calls-after-revocation").exercise.map(\.count) == [1, 2, 1, 1])
  }

  @Test func `What was not exercised is named`() {
    func sentence(_ story: Chronicle) -> String { story.judge("instant-revocation").sentence }
    #expect(
      sentence(Chronicle.of { $0.converse("ana") })
        == "No key was deleted or removed while it was in use."
    )
    let unused = Chronicle.of { story in
      story.at(100)
      story.end("a1")
      story.at(110)
      story.converseInVain("ana")
    }
    #expect(sentence(unused) == "The key that ended had never served a call before.")
    #expect(sentence(revoked { _ in }) == "Nobody asked anything after the key had ended.")
  }

  /// The call is the third: it was authenticated before the end, or after it.
  @Test(arguments: [(3, Verdict.held), (2, .violated)])
  func `A call on a foreign key is judged by the provider's order`(
    afterOrder: Int,
    verdict: Verdict
  ) {
    let story = revoked(afterOrder: afterOrder) { story in
      story.at(110)
      let message = story.ask("ana")
      story.call("v", for: message)
      story.refuse(message)
    }
    let finding = story.judge("no-calls-after-revocation")
    #expect(finding.verdict == verdict, "\(finding.sentence)")
    if verdict == .violated {
      #expect(finding.sentence.contains("Call 3 was made for acme after its revocation"))
    }
  }

  @Test func `An answer with no call behind it is told apart by its time`() {
    let after = revoked { story in
      story.at(110)
      story.converseInVain("ana")
      story.answer(story.ask("ana"), nil)
    }.judge("no-calls-after-revocation")
    #expect(after.verdict == .violated)
    #expect(after.sentence.contains("no call to the model stands behind it"))
    let before = Chronicle.of { story in
      story.at(10)
      story.converse("ana")
      story.answer(story.ask("ana"), nil)
      story.at(100)
      story.end("a1")
      story.at(110)
      story.converseInVain("ana")
    }.judge("no-calls-after-revocation")
    #expect(before.verdict == .held, "\(before.sentence)")
  }

  /// Paused at 110 s, tried at 200 s by itself, and within a minute once more at `second`, where
  /// the administrator's check was sent at 220 s and answered at 222 s.
  @Test(
    arguments: [
      (220, Verdict.held), (222, .held), (220 - moment, .violated), (222 + moment, .violated),
    ] as [(Double, Verdict)]
  )
  func `What the administrator tries is no probe`(second: Double, verdict: Verdict) {
    let finding = revoked { story in
      story.at(110)
      story.converseInVain("ana")
      story.at(200)
      story.call("a1", for: nil, endpoint: "/v1/models", status: 401)
      story.at(second)
      story.call("a1", for: nil, endpoint: "/v1/models", status: 401)
      story.at(222)
      story.act(.checkKey, "a1", status: 422, took: 2)
    }.judge("no-calls-after-revocation")
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  @Test(
    arguments: [
      ("Your key was rejected.", Verdict.held), ("Please ask your administrator.", .held),
      ("Something went wrong.", .violated),
    ]
  )
  func `A first notice names the key or the administrator`(words: String, verdict: Verdict) {
    let finding = revoked { story in
      story.at(110)
      let message = story.ask("ana")
      story.call("a1", for: message, status: 401)
      story.refuse(message, words)
    }.judge("instant-revocation")
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  /// The end spreads from 100 s to 160 s; somebody is refused, and somebody is served at `moment`.
  @Test(arguments: [(159, Verdict.held), (160, .held), (160 + moment, .violated)])
  func `What the provider takes within its own window is the provider's`(
    moment: Double,
    verdict: Verdict
  ) {
    let story = Chronicle.of { story in
      story.at(10)
      story.converse("ana")
      story.at(100)
      story.end("a1", spread: 60)
      story.at(110)
      story.converseInVain("ben")
      story.at(moment)
      story.converse("ana")
      story.at(10_000)
      story.endStory()
    }
    let instant = story.judge("instant-revocation")
    #expect(instant.verdict == verdict, "\(instant.sentence)")
    #expect(
      instant.sentence.contains("within the provider's own window") == (verdict == .held),
      "\(instant.sentence)"
    )
    let after = story.judge("no-calls-after-revocation")
    #expect(after.verdict == verdict, "\(after.sentence)")
  }

  /// An outage from 90 s on ends at `over`; at 140 s somebody asks and is told of it. The provider
  /// may be spared for half a minute, unless it had already refused the key.
  @Test(
    arguments: [
      (200, false, Verdict.held), (140, true, .held), (140 - moment, true, .violated),
      (110, false, .held), (110 - moment, false, .violated), (110, true, .violated),
    ]
  )
  func `In an outage it is true that the provider cannot be reached`(
    over: Double,
    isRefused: Bool,
    verdict: Verdict
  ) {
    let finding = outage(until: over) { story in
      story.end("a1")
      if isRefused { story.call("a1", for: nil, endpoint: "/v1/models", status: 401) }
    }.judge("instant-revocation")
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  @Test func `That a key was removed in the settings is known whatever the provider does`() {
    func verdict(_ over: Double) -> Verdict {
      outage(until: over) { $0.act(.removeKey, "a1") }.judge("instant-revocation").verdict
    }
    #expect(verdict(140) == .held)
    #expect(verdict(139) == .violated)
  }

  private func outage(until over: Double, _ write: (inout Chronicle) -> Void) -> Chronicle {
    Chronicle.of { story in
      story.at(10)
      story.converse("ana")
      story.at(90)
      story.record(.fault(.init(name: "outage", phase: .began)))
      story.at(100)
      write(&story)
      if over < 140 {
        story.at(over)
        story.record(.fault(.init(name: "outage", phase: .ended)))
      }
      story.at(140)
      story.refuse(story.ask("ana"), "The language model could not be reached.")
      if over >= 140 {
        story.at(over)
        story.record(.fault(.init(name: "outage", phase: .ended)))
      }
      story.at(10_000)
      story.endStory()
    }
  }

  /// Two calls with the dead key ten seconds apart, after an answer with `status`.
  @Test(arguments: [(503, Verdict.held), (401, .violated)])
  func `Only a rejection tells that the key is dead`(status: Int, verdict: Verdict) {
    let finding = revoked { story in
      story.at(110)
      let message = story.ask("ana")
      story.call("a1", for: message, endpoint: "/v1/embeddings", status: status)
      story.refuse(message)
      for moment in [200.0, 210] {
        story.at(moment)
        story.call("a1", for: nil, endpoint: "/v1/models", status: 503)
      }
    }.judge("no-calls-after-revocation")
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }
}
