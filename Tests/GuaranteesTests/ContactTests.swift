import Evidence
import Guarantees
import Testing
import Worlds

/// The person whom a customer has named hears of its rejected key, once.
@Suite struct ContactTests {
  private static let news = "The assistant is paused: the provider rejects your key."

  /// Acme has named Ben, or Gus on Google Chat. `a1` ends at 100 s; the vendor hears of it at
  /// 110 s.
  private func story(
    tells: String? = "ben",
    _ write: (inout Chronicle) -> Void
  ) -> Chronicle {
    var story = Chronicle()
    story.facts.tenants[0].rejectedKey = tells.map { Facts.RejectedKey(tells: $0) }
    story.begin()
    story.at(10)
    story.converse("ana")
    story.at(100)
    story.end("a1")
    story.at(110)
    story.converseInVain("ana")
    write(&story)
    story.at(10_000)
    story.endStory()
    return story
  }

  private func tell(
    _ story: inout Chronicle,
    _ person: String = "ben",
    _ words: String = news
  ) {
    story.record(
      .reply(
        Event.Reply(
          message: nil,
          conversation: "with-\(person)",
          tenant: "acme",
          nature: .notice,
          words: words,
          length: words.utf16.count
        )
      )
    )
  }

  @Test(arguments: [(170.0, Verdict.held), (170.1, .violated)])
  func whoWasNamedIsToldWithinAMinute(second: Double, verdict: Verdict) {
    let story = story {
      $0.at(second)
      tell(&$0)
    }
    #expect(story.judge("instant-revocation").verdict == verdict)
  }

  @Test func whoWasNamedAndIsNotToldIsAViolation() {
    let finding = story { _ in }.judge("instant-revocation")
    #expect(finding.verdict == .violated)
    #expect(finding.sentence.contains("was not told"))
    #expect(story(tells: nil) { _ in }.judge("instant-revocation").verdict == .held)
  }

  @Test func somebodyElseIsNotWhoWasNamed() {
    let story = story {
      $0.at(120)
      tell(&$0, "ana")
    }
    #expect(story.judge("instant-revocation").verdict == .violated)
  }

  @Test func theWordsNameTheKey() {
    let story = story {
      $0.at(120)
      tell(&$0, "ben", "Something is wrong.")
    }
    #expect(story.judge("instant-revocation").verdict == .violated)
  }

  @Test func twiceIsTooOften() {
    let twice = story {
      $0.at(120)
      tell(&$0)
      $0.at(180)
      tell(&$0)
    }
    #expect(twice.judge("instant-revocation").verdict == .violated)
    let inOtherWords = story {
      $0.at(120)
      tell(&$0)
      $0.at(180)
      tell(&$0, "ben", "Your administrator is needed.")
    }
    #expect(inOtherWords.judge("instant-revocation").verdict == .held)
  }

  /// Teams takes no request id, so a crash may bring a second message there, but not a third.
  @Test(arguments: [("ben", 2, Verdict.held), ("ben", 3, .violated), ("gus", 2, .violated)])
  func aCrashExcusesOneRepetitionInTeams(person: String, times: Int, verdict: Verdict) {
    let story = story(tells: person) {
      $0.at(120)
      tell(&$0, person)
      $0.at(130)
      $0.record(.vendor(.crashed))
      $0.at(140)
      $0.record(.vendor(.started))
      for index in 1..<times {
        $0.at(150 + Double(index))
        tell(&$0, person)
      }
    }
    #expect(story.judge("instant-revocation").verdict == verdict)
  }

  /// Where the next key comes within the minute, nobody need be told any more.
  @Test(arguments: [(170.0, Verdict.held), (170.1, .violated)])
  func whoReplacesTheKeyAtOnceNeedNotBeTold(second: Double, verdict: Verdict) {
    let story = story {
      $0.create("a2")
      $0.at(second)
      $0.act(.installKey, "a2")
      $0.at(200)
      $0.converse("ana", on: "a2")
    }
    #expect(story.judge("instant-revocation").verdict == verdict)
  }

  /// Nobody can tell of what the vendor has not heard.
  @Test func whoeverTriesNothingHasNothingToTell() {
    var story = Chronicle()
    story.facts.tenants[0].rejectedKey = Facts.RejectedKey(tells: "ben")
    story.begin()
    story.at(10)
    story.converse("ana")
    story.at(100)
    story.end("a1")
    story.at(110)
    story.refuse(story.ask("ana"))
    story.at(10_000)
    story.endStory()
    #expect(story.judge("instant-revocation").verdict == .held)
  }
}
