import Evidence
import Guarantees
import Testing
import Worlds

/// Messages that wait for the next key, and the person who is told that the key is rejected.
@Suite struct WaitingTests {
  private static let promise =
    "Your question waits: the key was rejected. I will answer on your administrator's next one."

  /// Acme lets messages wait for 600 s. `a1` ends at 100 s; Ana, who was answered before, asks at
  /// 110 s and is told at once that her message waits.
  private func waiting(
    seconds: Int? = 600,
    tells: String? = nil,
    _ write: (inout Chronicle, String) -> Void
  ) -> Chronicle {
    var story = Chronicle()
    story.facts.tenants[0].rejectedKey = Facts.RejectedKey(waitSeconds: seconds, tells: tells)
    story.begin()
    story.at(10)
    story.converse("ana")
    story.at(100)
    story.end("a1")
    story.at(110)
    let message = story.ask("ana")
    story.deliver(message)
    story.call("a1", for: message, endpoint: "/v1/embeddings", status: 401)
    story.refuse(message, Self.promise)
    write(&story, message)
    story.at(10_000)
    story.endStory()
    return story
  }

  @Test(arguments: [(770.0, Verdict.held), (770.1, .violated)])
  func whatWaitsEndsInItsTimeAndAMinute(second: Double, verdict: Verdict) {
    let story = waiting { story, message in
      story.at(second)
      story.refuse(message)
    }
    #expect(story.judge("instant-revocation").verdict == verdict)
  }

  @Test func whatWaitsAndNeverEndsIsAViolation() {
    let story = waiting { _, _ in }
    let finding = story.judge("instant-revocation")
    #expect(finding.verdict == .violated)
    #expect(finding.sentence.contains("never heard of it again"))
  }

  @Test(arguments: [(770.0, Verdict.violated), (769.9, .held)])
  func aStoryThatEndsBeforeTheTimeSaysNothing(end: Double, verdict: Verdict) {
    var story = Chronicle()
    story.facts.tenants[0].rejectedKey = Facts.RejectedKey(waitSeconds: 600)
    story.begin()
    story.at(10)
    story.converse("ana")
    story.at(100)
    story.end("a1")
    story.at(110)
    let message = story.ask("ana")
    story.deliver(message)
    story.refuse(message, Self.promise)
    story.at(end)
    story.endStory()
    #expect(story.judge("instant-revocation").verdict == verdict)
  }

  @Test func theRefusalInTheEndIsPlain() {
    let vague = waiting { story, message in
      story.at(700)
      story.refuse(message, "Something went wrong.")
    }
    #expect(vague.judge("instant-revocation").verdict == .violated)
  }

  /// Who does not let messages wait is not put off with words.
  @Test func withoutThePolicyItIsARefusal() {
    let story = waiting(seconds: nil) { _, _ in }
    #expect(story.judge("instant-revocation").verdict == .held)
  }

  @Test func theFirstNoticeComesWithinAMinuteAllTheSame() {
    let story = waiting { story, message in
      story.refuse(message)
      story.at(200)
      let late = story.ask("ben")
      story.deliver(late)
      story.at(260.1)
      story.refuse(late, Self.promise)
      story.at(300)
      story.refuse(late)
    }
    #expect(story.judge("instant-revocation").verdict == .violated)
  }

  /// On the new one, on the vendor's own, and on none at all.
  @Test(
    arguments: [("a2", .held), ("v", .violated), (nil, .violated)] as [(String?, Verdict)]
  )
  func whatWaitsIsAnsweredOnTheNewKeyAlone(key: String?, verdict: Verdict) {
    let story = waiting { story, message in
      story.at(300)
      if let key, key != "a2" { story.answer(message, story.call(key, for: message)) }
      if key == nil { story.answer(message, "c1") }
      story.create("a2")
      story.at(400)
      story.act(.installKey, "a2")
      story.at(402)
      if key == "a2" { story.answer(message, story.call("a2", for: message)) }
    }
    #expect(story.judge("instant-revocation").verdict == verdict)
  }

  // MARK: After the replacement

  @Test(arguments: [(460.0, Verdict.held), (460.1, .violated)])
  func theNewKeyWakesWhatWaitsWithinAMinute(second: Double, verdict: Verdict) {
    let story = waiting { story, message in
      story.create("a2")
      story.at(400)
      story.act(.installKey, "a2")
      story.at(401)
      story.converse("ben", on: "a2")
      story.at(second)
      story.answer(message, story.call("a2", for: message))
    }
    #expect(story.judge("rotation-without-loss").verdict == verdict)
    #expect(story.judge("instant-revocation").verdict == .held)
  }

  @Test func whatTheNewKeyNeverWakesIsLost() {
    let story = waiting { story, _ in
      story.create("a2")
      story.at(400)
      story.act(.installKey, "a2")
      story.at(401)
      story.converse("ben", on: "a2")
    }
    #expect(story.judge("rotation-without-loss").verdict == .violated)
    #expect(story.judge("instant-revocation").verdict == .violated)
  }

  /// A key that ends again within the minute wakes nobody.
  @Test(arguments: [(460.0, Verdict.held), (460.1, .violated)])
  func aKeyThatEndsAtOnceWakesNobody(second: Double, verdict: Verdict) {
    let story = waiting { story, message in
      story.create("a2")
      story.at(400)
      story.act(.installKey, "a2")
      story.at(401)
      story.converse("ben", on: "a2")
      story.at(second)
      story.end("a2")
      story.at(700)
      story.refuse(message)
    }
    #expect(story.judge("rotation-without-loss").verdict == verdict)
  }

  // MARK: In a rotation with overlap

  /// `a2` is installed at 200 s, `a1` ends at 300 s, and Ben is told at 320 s that he must wait.
  private func rotated(_ write: (inout Chronicle, String) -> Void) -> Chronicle {
    var story = Chronicle()
    story.facts.tenants[0].rejectedKey = Facts.RejectedKey(waitSeconds: 600)
    story.begin()
    story.at(100)
    story.converse("ana")
    story.create("a2")
    story.at(200)
    story.act(.installKey, "a2")
    story.at(300)
    story.end("a1")
    story.at(310)
    story.converse("ana", on: "a2")
    story.at(320)
    let message = story.ask("ben")
    story.deliver(message)
    story.refuse(message, Self.promise)
    write(&story, message)
    story.at(10_000)
    story.endStory()
    return story
  }

  @Test(arguments: [(380.0, Verdict.held), (380.1, .violated)])
  func inARotationWithOverlapWaitingIsNoAnswer(second: Double, verdict: Verdict) {
    let story = rotated { story, message in
      story.at(second)
      story.answer(message, story.call("a2", for: message))
    }
    #expect(story.judge("uninterrupted-rotation").verdict == verdict)
  }

  @Test func inARotationWithOverlapAWaitWithoutEndIsALoss() {
    let story = rotated { _, _ in }
    let finding = story.judge("uninterrupted-rotation")
    #expect(finding.verdict == .violated)
    #expect(finding.sentence.contains("never answered"))
  }
}
