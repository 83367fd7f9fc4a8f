import Evidence
import Guarantees
import Testing
import Worlds

@Suite struct CallerTests {
  private func knock(
    _ trick: Event.Impostor.Trick,
    status: Int,
    _ write: (inout Chronicle, String) -> Void = { _, _ in }
  ) -> Finding {
    Chronicle.of {
      $0.converse("ana")
      let message = $0.ask("ana", id: "forged")
      $0.record(
        .impostor(
          Event.Impostor(message: message, trick: trick, platform: .teams, status: status)
        )
      )
      write(&$0, message)
    }.judge("authenticated-callers")
  }

  @Test(arguments: Event.Impostor.Trick.allCases.filter { $0 != .genuine })
  func everyTrickMustBeRefused(trick: Event.Impostor.Trick) {
    #expect(knock(trick, status: 401).verdict == .held)
    #expect(knock(trick, status: 403).verdict == .held)
    #expect(knock(trick, status: 200).verdict == .violated)
    #expect(knock(trick, status: 500).verdict == .violated)
  }

  @Test func neitherReplyNorCallMayFollow() {
    #expect(knock(.expired, status: 401) { $0.refuse($1) }.verdict == .violated)
    let called = knock(.expired, status: 401) { $0.call("a1", for: $1) }
    #expect(called.verdict == .violated)
    #expect(called.sentence.contains("call to the model"))
  }

  @Test func aGenuineCallerIsServed() {
    #expect(knock(.genuine, status: 401).verdict == .violated)
    #expect(knock(.genuine, status: 200).verdict == .inconclusive)
  }

  @Test func aRefusalProvesNothingWhereNobodyIsServed() {
    let closed = Chronicle.of {
      let message = $0.ask("ana")
      $0.record(
        .impostor(
          Event.Impostor(message: message, trick: .expired, platform: .teams, status: 401)
        )
      )
    }
    #expect(closed.judge("authenticated-callers").verdict == .inconclusive)
  }

  private func repeated(_ person: String, answers: Int, crashed: Bool) -> Verdict {
    Chronicle.of {
      let message = $0.converse(person)
      if crashed {
        $0.record(.vendor(.crashed))
        $0.record(.vendor(.started))
      }
      $0.deliver(message, attempt: 2)
      for _ in 1..<answers { $0.answer(message, "c1") }
    }.judge("authenticated-callers").verdict
  }

  @Test func aGenuineCallerGetsAReply() {
    let silent = knock(.genuine, status: 200) {
      $0.deliver($1)
      $0.at(61)
      $0.endStory()
    }
    #expect(silent.verdict == .violated)
  }

  @Test func aRepeatedActivityIsServedOnce() {
    #expect(repeated("ana", answers: 1, crashed: false) == .held)
    #expect(repeated("ana", answers: 2, crashed: false) == .violated)
    #expect(repeated("ana", answers: 2, crashed: true) == .held)
    #expect(repeated("ana", answers: 3, crashed: true) == .violated)
    #expect(repeated("gus", answers: 2, crashed: true) == .violated)
  }
}
