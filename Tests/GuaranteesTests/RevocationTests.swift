import Evidence
import Guarantees
import Testing
import Worlds

/// A key that serves ana, and ends at 100 s.
private func revoked(_ write: (inout Chronicle) -> Void) -> Chronicle {
  Chronicle.of { story in
    story.at(10)
    story.converse("ana")
    story.at(100)
    story.end("a1")
    write(&story)
    story.at(10_000)
    story.endStory()
  }
}

@Suite struct RevocationTests {
  @Test func holdsWhenEverybodyIsToldAndNothingSucceeds() {
    let story = revoked {
      $0.at(110)
      $0.converseInVain("ana")
    }
    #expect(story.judge("instant-revocation").verdict == .held)
    #expect(story.judge("no-calls-after-revocation").verdict == .held)
    #expect(story.judge("instant-revocation").exercise.map(\.count) == [1, 2, 1, 1])
  }

  @Test func isInconclusiveWithoutRevocationOrQuestion() {
    let calm = Chronicle.of { $0.converse("ana") }
    let silent = revoked { _ in }
    for story in [calm, silent] {
      #expect(story.judge("instant-revocation").verdict == .inconclusive)
      #expect(story.judge("no-calls-after-revocation").verdict == .inconclusive)
    }
  }

  @Test func aKeyThatNeverServedProvesNothing() {
    let story = Chronicle.of {
      $0.at(5)
      $0.end("a1")
      $0.at(6)
      $0.converseInVain("ana")
    }
    #expect(story.judge("instant-revocation").verdict == .inconclusive)
  }

  @Test func theOrderAtTheEndOfTheKeyDecides() {
    // The call was authenticated before the end and finishes after it: it may.
    var inFlight = Chronicle()
    inFlight.begin()
    inFlight.at(10)
    inFlight.converse("ana")
    let message = inFlight.ask("ana")
    inFlight.at(100)
    inFlight.end("a1", afterOrder: 3)
    inFlight.at(105)
    inFlight.answer(message, inFlight.call("a1", for: message, arrivedAgo: 6))
    inFlight.converseInVain("ana")
    #expect(inFlight.order == 4)
    #expect(inFlight.judge("instant-revocation").verdict == .held)

    // The very next one in the provider's order may not.
    let late = revoked {
      $0.at(101)
      $0.converse("ana")
    }
    let finding = late.judge("instant-revocation")
    #expect(finding.verdict == .violated)
    #expect(finding.witnesses?.worst.what.contains("no longer took") == true)
  }

  @Test func theVendorsKeyMayNotTakeItsPlace() {
    let story = revoked {
      $0.at(110)
      $0.converse("ana", on: "v")
    }
    #expect(story.judge("instant-revocation").verdict == .violated)
    #expect(story.judge("no-calls-after-revocation").verdict == .violated)
    #expect(story.judge("no-pooling").verdict == .violated)
  }

  @Test func aVendorsKeyThatTheAdministratorInstalledIsPermitted() {
    let story = Chronicle.of {
      $0.act(.installKey, "v")
      $0.at(10)
      $0.converse("ana", on: "v")
      $0.at(100)
      $0.end("v")
      $0.at(110)
      $0.converseInVain("ana", on: "v")
    }
    #expect(story.judge("instant-revocation").verdict == .held)
    #expect(story.judge("no-calls-after-revocation").verdict == .held)
    #expect(story.judge("no-pooling").verdict == .held)
  }

  @Test func aStandbyKeyOfTheSameCustomerIsNoCrime() {
    let story = Chronicle.of {
      $0.create("a2")
      $0.act(.installKey, "a2")
      $0.at(10)
      $0.converse("ana", on: "a2")
      $0.at(100)
      $0.end("a2")
      $0.at(110)
      $0.converse("ana", on: "a1")
      $0.at(1000)
      $0.endStory()
    }
    #expect(story.judge("instant-revocation").verdict == .held)
    #expect(story.judge("no-calls-after-revocation").verdict == .held)
  }

  @Test(arguments: [(60.0, Verdict.held), (60.001, .violated)])
  func peopleAreToldWithinAMinute(delay: Double, verdict: Verdict) {
    let story = revoked {
      $0.at(110)
      let message = $0.ask("ana")
      $0.call("a1", for: message, status: 401)
      $0.at(110 + delay)
      $0.refuse(message)
    }
    #expect(story.judge("instant-revocation").verdict == verdict)
  }

  @Test func silenceIsAViolationUnlessTheStoryEndsTooSoon() {
    let silent = revoked {
      $0.at(110)
      $0.ask("ana")
    }
    #expect(silent.judge("instant-revocation").verdict == .violated)
    var short = Chronicle()
    short.begin()
    short.converse("ana")
    short.end("a1")
    short.at(50)
    short.ask("ana")
    short.at(109)
    short.endStory()
    #expect(short.judge("instant-revocation").verdict == .held)
    #expect(short.story.keys.revocations.count == 1)
  }

  @Test func aDisturbanceStopsTheClock() {
    let story = revoked {
      $0.at(105)
      $0.record(.vendor(.crashed))
      $0.at(110)
      let message = $0.ask("ana")
      $0.at(400)
      $0.record(.vendor(.started))
      $0.at(460)
      $0.refuse(message)
    }
    #expect(story.judge("instant-revocation").verdict == .held)
  }

  @Test func theFirstNoticeMustNameTheCause() {
    let vague = revoked {
      $0.at(110)
      let message = $0.ask("ana")
      $0.refuse(message, "Something went wrong.")
    }
    #expect(vague.judge("instant-revocation").verdict == .violated)
    let shorterLater = revoked {
      $0.at(110)
      $0.refuse($0.ask("ana"))
      $0.at(120)
      $0.refuse($0.ask("ana"), "Still paused.")
    }
    #expect(shorterLater.judge("instant-revocation").verdict == .held)
  }

  @Test func anAnswerFromAStoreIsAViolation() {
    let story = revoked {
      $0.at(110)
      let message = $0.ask("ana")
      $0.answer(message, "c1")
    }
    for id in ["instant-revocation", "no-calls-after-revocation"] {
      let finding = story.judge(id)
      #expect(finding.verdict == .violated)
      #expect(finding.sentence.contains("another message"))
    }
    let invented = revoked {
      $0.at(110)
      $0.answer($0.ask("ana"), "c-unknown")
    }
    #expect(invented.judge("no-calls-after-revocation").verdict == .violated)
  }

  @Test func anAnswerToAnEarlierQuestionInTheSameWordsIsAStoreToo() {
    let story = Chronicle.of {
      $0.at(10)
      let first = $0.ask("ana", question: "same")
      $0.answer(first, $0.call("a1", for: first))
      $0.at(100)
      $0.end("a1")
      $0.at(110)
      $0.answer($0.ask("ana", question: "same"), "c1")
    }
    #expect(story.judge("no-calls-after-revocation").verdict == .violated)
  }

  // MARK: Removal in the settings

  @Test(arguments: [(1.0, Verdict.held), (1.001, .violated)])
  func aRemovedKeyMayNotBeUsed(delay: Double, verdict: Verdict) {
    let story = Chronicle.of {
      $0.at(10)
      $0.converse("ana")
      let message = $0.ask("ana")
      $0.at(100)
      $0.act(.removeKey)
      $0.at(100 + delay)
      $0.answer(message, $0.call("a1", for: message))
      $0.at(200)
      $0.refuse($0.ask("ana"))
    }
    #expect(story.judge("instant-revocation").verdict == verdict)
    #expect(story.judge("no-calls-after-revocation").verdict == verdict)
  }

  @Test func aKeyInstalledAgainIsPermittedAgain() {
    let story = Chronicle.of {
      $0.at(10)
      $0.converse("ana")
      $0.at(100)
      $0.act(.removeKey)
      $0.at(110)
      $0.refuse($0.ask("ana"))
      $0.at(200)
      $0.act(.installKey, "a1")
      $0.at(210)
      $0.converse("ana")
    }
    #expect(story.judge("instant-revocation").verdict == .held)
    let noCalls = story.judge("no-calls-after-revocation")
    #expect(noCalls.verdict == .held)
    // What came after the second installation was no attempt with an ended key.
    #expect(noCalls.sentence.contains("no attempt with the ended key"), "\(noCalls.sentence)")
  }

  // MARK: Attempts

  @Test(arguments: [(3, Verdict.held), (4, .violated)])
  func threeAttemptsForOneMessage(attempts: Int, verdict: Verdict) {
    let story = revoked {
      $0.at(110)
      let message = $0.ask("ana")
      for _ in 0..<attempts { $0.call("a1", for: message, status: 401) }
      $0.refuse(message)
    }
    #expect(story.judge("no-calls-after-revocation").verdict == verdict)
  }

  @Test(arguments: [(6, Verdict.held), (7, .violated)])
  func threeAttemptsForEachOfTwoInTheSameWords(attempts: Int, verdict: Verdict) {
    let story = revoked {
      $0.at(110)
      let messages = [
        $0.ask("ana", question: "words/1.0"), $0.ask("ana", question: "words/1.0"),
      ]
      for _ in 0..<attempts { $0.call("a1", for: messages[1], status: 401) }
      for message in messages { $0.refuse(message) }
    }
    #expect(story.judge("no-calls-after-revocation").verdict == verdict)
  }

  @Test(arguments: [(59.0, Verdict.held), (58.9, .violated)])
  func oneProbeAMinute(gap: Double, verdict: Verdict) {
    let story = revoked {
      $0.at(110)
      $0.converseInVain("ana")
      $0.at(120)
      $0.converseInVain("ana")
      $0.at(120 + gap)
      $0.converseInVain("ana")
    }
    #expect(story.judge("no-calls-after-revocation").verdict == verdict)
  }

  @Test func whatWasUnderWayAtTheFirstRefusalIsNoProbe() {
    let story = revoked { story in
      story.at(110)
      let messages = (0..<5).map { _ in story.ask("ana") }
      story.at(111)
      for message in messages {
        story.call("a1", for: message, status: 401)
        story.at(112)
        story.refuse(message)
      }
    }
    #expect(story.judge("no-calls-after-revocation").verdict == .held)
  }

  @Test func whatTheAdministratorTriesIsNoProbe() {
    let story = revoked {
      $0.at(110)
      $0.converseInVain("ana")
      for second in [120.0, 130, 140] {
        $0.at(second)
        $0.call("a1", for: nil, endpoint: "/v1/models", status: 401, arrivedAgo: 1)
        $0.act(.checkKey, "a1", status: 422, took: 2)
      }
    }
    #expect(story.judge("no-calls-after-revocation").verdict == .held)
  }
}
