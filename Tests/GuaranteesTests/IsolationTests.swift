import Evidence
import Guarantees
import Testing
import Worlds

@Suite struct IsolationTests {
  /// HR's `s1`, everybody's `p1`, the other customer's `g1`; ana gets hers.
  private func told(_ write: (inout Chronicle) -> Void) -> Finding {
    chronicle(write).judge("department-isolation")
  }

  private func chronicle(_ write: (inout Chronicle) -> Void) -> Chronicle {
    Chronicle.of {
      $0.addDocument("s1", "salaries")
      $0.addDocument("p1", "policies")
      $0.addDocument("g1", "plans", tenant: "globex")
      $0.at(10)
      $0.converse("ana", ["s1", "p1"])
      $0.at(20)
      write(&$0)
    }
  }

  @Test func everybodyGetsTheirsAndNoMore() {
    #expect(told { $0.converse("ben", ["p1"]) }.verdict == .held)
    // Several canaries of one document are told apart by what follows the mark.
    #expect(told { $0.converse("ben", ["p1#2"]) }.verdict == .held)
    #expect(told { $0.converse("ben", ["s1#2"]) }.verdict == .violated)
  }

  @Test func withoutAForbiddenQuestionOrAWorkingTrapNothingIsShown() {
    #expect(told { _ in }.verdict == .inconclusive)
    let noTrap = Chronicle.of {
      $0.addDocument("s1", "salaries")
      $0.converse("ben")
    }
    #expect(noTrap.judge("department-isolation").verdict == .inconclusive)
  }

  @Test func aForbiddenDocumentInAPromptOrAReplyIsAViolation() {
    let inPrompt = told {
      let message = $0.ask("ben")
      $0.answer(message, $0.call("a1", for: message, ["s1"]))
    }
    #expect(inPrompt.verdict == .violated)
    #expect(inPrompt.witnesses?.count == 1)
    let inReply = told {
      let message = $0.ask("ben")
      $0.answer(message, $0.call("a1", for: message), ["s1"])
    }
    #expect(inReply.verdict == .violated)
  }

  @Test func aGroupSeesWhatAllItsMembersMay() {
    #expect(told { $0.converse("ana", ["p1"], in: "group") }.verdict == .held)
    #expect(told { $0.converse("ana", ["s1"], in: "group") }.verdict == .violated)
  }

  @Test func whoIsInAGroupWhenSomebodyAsksDecides() {
    func story(benLeaves: Bool, benComesBack: Bool = false) -> Verdict {
      told {
        func change(_ isMember: Bool) -> Event.Kind {
          .memberChanged(
            Event.MemberChanged(person: "ben", conversation: "group", isMember: isMember)
          )
        }
        $0.converse("ben", ["p1"])
        $0.at(30)
        if benLeaves { $0.record(change(false)) }
        $0.at(40)
        if benComesBack { $0.record(change(true)) }
        $0.at(50)
        $0.converse("ana", ["s1"], in: "group")
      }.verdict
    }
    #expect(story(benLeaves: true) == .held)
    #expect(story(benLeaves: false) == .violated)
    #expect(story(benLeaves: true, benComesBack: true) == .violated)
  }

  @Test func aStrangerMayReadNothing() {
    #expect(told { $0.converse("mallory", ["p1"]) }.verdict == .violated)
  }

  @Test func whoMovedKeepsNothing() {
    func story(sentBeforeTheMove: Bool) -> Finding {
      told {
        $0.converse("ben", ["p1"])
        let early = $0.ask("ana")
        $0.at(30)
        $0.record(.personMoved(Event.PersonMoved(person: "ana", department: "sales")))
        $0.at(31)
        let message = sentBeforeTheMove ? early : $0.ask("ana")
        $0.answer(message, $0.call("a1", for: message, ["s1"]), ["s1"])
      }
    }
    #expect(story(sentBeforeTheMove: true).verdict == .held)
    #expect(story(sentBeforeTheMove: false).verdict == .violated)
  }

  @Test func whoMovedInMayReadAtOnce() {
    let finding = told {
      $0.converse("ben", ["p1"])
      $0.at(25)
      $0.record(.personMoved(Event.PersonMoved(person: "ben", department: "hr")))
      $0.at(26)
      $0.converse("ben", ["s1"])
    }
    #expect(finding.verdict == .held)
  }

  @Test func anotherPersonsQuestionMayNotShowUp() {
    let finding = told {
      let message = $0.ask("ben")
      $0.answer(message, $0.call("a1", for: message, ["p1"], also: ["q1"]), ["p1"])
    }
    #expect(finding.verdict == .violated)
    let sameGroup = told {
      $0.converse("ana", ["p1"], in: "group")
      let message = $0.ask("ben", in: "group")
      $0.answer(message, $0.call("a1", for: message, ["p1"], also: ["q2"]), ["p1", "q2"])
    }
    #expect(sameGroup.verdict == .held)
  }

  @Test func anAnswerFromAStoreSharedByDepartmentsIsAViolation() {
    let finding = told {
      $0.converse("ben", ["p1"])
      $0.answer($0.ask("ben"), "c1")
    }
    #expect(finding.verdict == .violated)
  }

  @Test func theSameWordsAtTheSameTimeAccuseNobody() {
    let finding = told {
      $0.converse("ben", ["p1"])
      let hers = $0.ask("ana", question: "same")
      let his = $0.ask("ben", question: "same")
      let forHer = $0.call("a1", for: hers, ["s1"])
      let forHim = $0.call("a1", for: his, ["p1"])
      $0.answer(hers, forHer, ["s1", "same"])
      $0.answer(his, forHim, ["p1", "same"])
    }
    #expect(finding.verdict == .held)
  }

  @Test(arguments: [("ana", Verdict.held), ("ben", .violated)])
  func earlierQuestionsBelongToTheConversationOfThePrompt(asker: String, verdict: Verdict) {
    let finding = told {
      $0.converse("ben", ["p1"])
      let earlier = $0.ask("ana", question: "words/1.0")
      $0.answer(earlier, $0.call("a1", for: earlier, ["s1"]), ["s1"])
      $0.at(30)
      let hers = $0.ask("ana", question: "words/2.0")
      let his = $0.ask("ben", question: "words/1.0")
      // With hers the prompt has what she asked before, and he asks just now.
      if asker == "ana" {
        $0.call("a1", for: hers, ["s1"], also: ["words/1.0"])
      } else {
        $0.call("a1", for: his, ["s1"])
      }
    }
    #expect(finding.verdict == verdict)
  }

  @Test func aKnownReplyTellsWhoseThePromptWas() {
    func finding(toldTo person: String) -> Finding {
      told {
        $0.converse("ben", ["p1"])
        let hers = $0.ask("ana", question: "words/1.0")
        let his = $0.ask("ben", question: "words/1.0")
        let completion = $0.call("a1", for: hers, ["s1"])
        $0.at(30)
        $0.answer(person == "ana" ? hers : his, completion)
      }
    }
    #expect(finding(toldTo: "ana").verdict == .held)
    #expect(finding(toldTo: "ben").verdict == .violated)
  }

  // MARK: Customers

  @Test func aSharedKeysTrafficIsWhosConversationItIs() {
    let story = chronicle {
      $0.create("k", .vendor)
      $0.act(.installKey, "k", tenant: "globex")
      $0.act(.installKey, "k", tenant: "acme")
      let earlier = $0.ask("eve", question: "words/1.0")
      $0.answer(earlier, $0.call("k", for: earlier))
      $0.at(30)
      let hers = $0.ask("eve", question: "words/2.0")
      $0.ask("ana", question: "words/1.0")
      $0.call("k", for: hers, also: ["words/1.0"])
    }.story
    #expect(story.calls.last?.tenants == ["globex"])
    #expect(story.calls.last?.message.map { story.messages[$0].of.person } == "eve")
  }

  private func twoCustomers(_ write: (inout Chronicle) -> Void) -> Finding {
    chronicle {
      $0.create("k", .tenant("globex"))
      $0.act(.installKey, "k", tenant: "globex")
      write(&$0)
    }.judge("tenant-isolation")
  }

  @Test func customersApartHold() {
    #expect(twoCustomers { $0.converse("eve", on: "k", ["g1"]) }.verdict == .held)
  }

  @Test func withoutASecondCustomersQuestionNothingIsShown() {
    #expect(twoCustomers { _ in }.verdict == .inconclusive)
    var alone = chronicle { _ in }
    alone.facts.tenants.removeLast()
    #expect(alone.judge("tenant-isolation").sentence.contains("one customer"))
  }

  @Test func anotherCustomersTextIsAViolation() {
    #expect(twoCustomers { $0.converse("eve", on: "k", ["p1"]) }.verdict == .violated)
    #expect(twoCustomers { $0.answer($0.ask("eve"), "c1") }.verdict == .violated)
    let question = twoCustomers {
      let message = $0.ask("eve")
      $0.answer(message, $0.call("k", for: message), ["q1"])
    }
    #expect(question.verdict == .violated)
  }

  @Test func theSameWordsOfTwoCustomersAccuseNobody() {
    let story = chronicle {
      $0.create("k", .tenant("globex"))
      $0.act(.installKey, "k", tenant: "globex")
      let hers = $0.ask("ana", question: "same")
      let others = $0.ask("eve", question: "same")
      let forHer = $0.call("a1", for: hers, ["p1"])
      let forOthers = $0.call("k", for: others, ["g1"])
      $0.answer(hers, forHer, ["p1", "same"])
      $0.answer(others, forOthers, ["g1", "same"])
    }
    #expect(story.judge("tenant-isolation").verdict == .held)
    #expect(story.judge("no-pooling").verdict == .held)
  }
}
