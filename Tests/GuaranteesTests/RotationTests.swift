import Evidence
import Guarantees
import Testing
import Worlds

@Suite struct RotationTests {
  /// `a2` is installed at 200 s, `a1` ends at 300 s.
  private func overlap(_ write: (inout Chronicle) -> Void) -> Chronicle {
    Chronicle.of { story in
      story.at(10)
      story.converse("ana")
      story.at(100)
      story.converse("ana")
      story.create("a2")
      story.at(200)
      story.act(.installKey, "a2")
      story.at(250)
      story.converse("ana", on: "a2")
      story.at(300)
      story.end("a1")
      write(&story)
      story.at(10_000)
      story.endStory()
    }
  }

  @Test func overlapWithoutLossHolds() {
    let story = overlap {
      $0.at(310)
      $0.converse("ana", on: "a2")
    }
    let finding = story.judge("uninterrupted-rotation")
    #expect(finding.verdict == .held)
    #expect(finding.exercise.map(\.count) == [1, 1, 3])
    #expect(story.judge("rotation-without-loss").verdict == .inconclusive)
  }

  @Test(arguments: [(420.0, Verdict.violated), (420.1, .held)])
  func theWindowEndsTwoMinutesAfterTheOldKey(second: Double, verdict: Verdict) {
    let story = overlap {
      $0.at(310)
      $0.converse("ana", on: "a2")
      $0.at(second)
      $0.refuse($0.ask("ana"))
    }
    #expect(story.judge("uninterrupted-rotation").verdict == verdict)
  }

  @Test(arguments: [(80.0, Verdict.violated), (79.9, .held)])
  func theWindowBeginsTwoMinutesBeforeTheInstallation(second: Double, verdict: Verdict) {
    let story = Chronicle.of {
      $0.at(second)
      $0.refuse($0.ask("ben"))
      $0.at(150)
      $0.converse("ana")
      $0.create("a2")
      $0.at(200)
      $0.act(.installKey, "a2")
      $0.at(300)
      $0.end("a1")
      $0.at(310)
      $0.converse("ana", on: "a2")
    }
    #expect(story.judge("uninterrupted-rotation").verdict == verdict)
  }

  @Test func aLostMessageIsAViolation() {
    let story = overlap {
      $0.at(310)
      $0.converse("ana", on: "a2")
      $0.at(320)
      $0.ask("ben")
    }
    #expect(story.judge("uninterrupted-rotation").verdict == .violated)
  }

  @Test func withoutMessagesAfterwardsNothingIsShown() {
    let story = overlap { _ in }
    #expect(story.judge("uninterrupted-rotation").verdict == .inconclusive)
  }

  @Test func aFaultExcusesARefusal() {
    let story = overlap {
      $0.at(310)
      $0.converse("ana", on: "a2")
      $0.record(.fault(Event.Fault(name: "outage", phase: .began)))
      $0.at(320)
      $0.refuse($0.ask("ben"))
      $0.record(.fault(Event.Fault(name: "outage", phase: .ended)))
    }
    #expect(story.judge("uninterrupted-rotation").verdict == .held)
  }

  @Test(arguments: [(350.0, Verdict.held), (350.1, .violated)])
  func whatWasOutOfOrderMayBeSparedForHalfAMinute(second: Double, verdict: Verdict) {
    let story = overlap {
      $0.at(310)
      $0.converse("ana", on: "a2")
      $0.record(.fault(Event.Fault(name: "outage", phase: .began)))
      $0.at(320)
      $0.record(.fault(Event.Fault(name: "outage", phase: .ended)))
      $0.at(second)
      $0.refuse($0.ask("ben"))
    }
    #expect(story.judge("uninterrupted-rotation").verdict == verdict)
  }

  // MARK: The key deleted first

  /// `a1` ends at 100 s; `a2` is submitted at 300 s and in place at 302 s.
  private func gap(_ write: (inout Chronicle) -> Void) -> Chronicle {
    Chronicle.of { story in
      story.addDocument("d1", "policies")
      story.at(10)
      story.converse("ana", ["d1"])
      story.at(100)
      story.end("a1")
      story.at(110)
      story.converseInVain("ana")
      story.create("a2")
      story.at(302)
      story.act(.installKey, "a2", took: 2)
      write(&story)
      story.at(10_000)
      story.endStory()
    }
  }

  @Test(arguments: [(360.0, Verdict.held), (360.1, .violated)])
  func theFirstAnswerComesWithinAMinuteOfTheNewKey(second: Double, verdict: Verdict) {
    let story = gap {
      $0.at(302)
      let message = $0.ask("ana")
      $0.at(second)
      $0.answer(message, $0.call("a2", for: message, ["d1"]), ["d1"])
    }
    #expect(story.judge("rotation-without-loss").verdict == verdict)
    #expect(story.judge("instant-revocation").verdict == .held)
    #expect(story.judge("uninterrupted-rotation").verdict == .inconclusive)
  }

  @Test func timeInWhichNobodyAskedDoesNotCount() {
    let story = gap {
      $0.at(2_000)
      $0.converse("ana", on: "a2", ["d1"])
    }
    #expect(story.judge("rotation-without-loss").verdict == .held)
  }

  @Test func noAnswerAtAllIsAViolation() {
    let story = gap {
      $0.at(310)
      $0.converseInVain("ana", on: "a2")
    }
    #expect(story.judge("rotation-without-loss").verdict == .violated)
  }

  @Test(arguments: [(true, Verdict.inconclusive), (false, .violated)])
  func whoAskedAmidAnOutageAloneShowsNothing(isOut: Bool, verdict: Verdict) {
    let story = gap {
      $0.at(310)
      if isOut { $0.record(.fault(Event.Fault(name: "outage", phase: .began))) }
      $0.at(311)
      $0.converseInVain("ana", on: "a2")
      $0.at(320)
      if isOut { $0.record(.fault(Event.Fault(name: "outage", phase: .ended))) }
    }
    #expect(story.judge("rotation-without-loss").verdict == verdict)
  }

  @Test func aGapInWhichNobodyAsksAfterwardsShowsNothing() {
    #expect(gap { _ in }.judge("rotation-without-loss").verdict == .inconclusive)
  }

  @Test(arguments: [(60.0, Verdict.held), (60.1, .violated)])
  func everyMessageOfTheGapIsRefusedInTime(delay: Double, verdict: Verdict) {
    let story = Chronicle.of {
      $0.at(10)
      $0.converse("ana")
      $0.at(100)
      $0.end("a1")
      $0.at(110)
      let message = $0.ask("ana")
      $0.at(110 + delay)
      $0.refuse(message)
      $0.create("a2")
      $0.at(300)
      $0.act(.installKey, "a2")
      $0.converse("ana", on: "a2")
      $0.at(900)
      $0.endStory()
    }
    #expect(story.judge("rotation-without-loss").verdict == verdict)
  }

  @Test func lostKnowledgeIsAViolation() {
    let story = gap {
      $0.at(310)
      $0.converse("ana", on: "a2")
    }
    let finding = story.judge("rotation-without-loss")
    #expect(finding.verdict == .violated)
    #expect(finding.sentence.contains("knowledge"))
  }

  // MARK: Crashes

  private func crash(_ write: (inout Chronicle) -> Void) -> Chronicle {
    Chronicle.of {
      $0.at(10)
      $0.converse("ana")
      $0.at(20)
      $0.record(.vendor(.crashed))
      $0.at(30)
      $0.record(.vendor(.started))
      write(&$0)
      $0.at(1000)
      $0.endStory()
    }
  }

  @Test func aRestartWithoutLossHolds() {
    #expect(crash { _ in }.judge("rotation-without-loss").verdict == .held)
  }

  @Test func anAcceptedMessageMayNotBeLost() {
    let lost = crash {
      $0.at(40)
      $0.deliver($0.ask("ana"))
    }
    #expect(lost.judge("rotation-without-loss").verdict == .violated)
  }

  @Test func whatCouldNotBeHandedOverIsNotTheVendors() {
    let story = Chronicle.of {
      $0.converse("ana")
      $0.at(20)
      $0.record(.vendor(.stopped))
      $0.deliver($0.ask("ana"), status: 0)
      $0.at(30)
      $0.record(.vendor(.started))
      $0.at(1000)
      $0.endStory()
    }
    #expect(story.judge("rotation-without-loss").verdict == .held)
  }

  @Test(arguments: [("ana", 1, Verdict.held), ("ana", 2, .violated), ("gus", 1, .violated)])
  func oneDuplicateForACrashAndNoneOnGoogleChat(person: String, surplus: Int, verdict: Verdict) {
    let story = Chronicle.of {
      $0.at(10)
      let message = $0.converse(person)
      $0.at(20)
      $0.record(.vendor(.crashed))
      $0.at(30)
      $0.record(.vendor(.started))
      for _ in 0..<surplus { $0.answer(message, "c1") }
      $0.at(1000)
      $0.endStory()
    }
    #expect(story.judge("rotation-without-loss").verdict == verdict)
  }

  @Test func aCrashBeforeTheFirstReplyExcusesNoSecond() {
    let story = crash {
      $0.at(40)
      let message = $0.converse("ana")
      $0.answer(message, "c2")
    }
    #expect(story.judge("rotation-without-loss").verdict == .violated)
  }
}
