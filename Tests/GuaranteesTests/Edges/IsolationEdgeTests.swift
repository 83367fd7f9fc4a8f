import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

/// Boundaries of the isolation promises that mutants of their checkers slipped through.
@Suite struct IsolationEdgeTests {
  /// HR's `s1` and everybody's `p1`; ana gets both at 10 s.
  private func judge(_ write: (inout Chronicle) -> Void) -> Finding {
    Chronicle.of { story in
      story.addDocument("s1", "salaries")
      story.addDocument("p1", "policies")
      story.at(10)
      story.converse("ana", ["s1", "p1"])
      story.at(20)
      write(&story)
    }.judge("department-isolation")
  }

  @Test func `Whoever asks in vain has asked, by a call or by a reply`() {
    let silent = judge { _ = $0.ask("ben") }
    #expect(silent.verdict == .inconclusive)
    #expect(silent.sentence.hasPrefix("Nobody asked while there was a document"))
    let called = judge { story in story.call("a1", for: story.ask("ben")) }
    #expect(called.verdict == .held && called.exercise.map(\.count).first == 1)
    let refused = judge { story in story.refuse(story.ask("ben")) }
    #expect(refused.verdict == .held && refused.exercise.map(\.count).first == 1)
  }

  @Test func `A forged question is none, nor is another customer's`() {
    let other = judge { story in
      story.create("g1", .tenant("globex"))
      story.act(.installKey, "g1", tenant: "globex")
      story.converse("eve", on: "g1")
    }
    #expect(other.verdict == .inconclusive)
  }

  @Test func `A document that is gone bars nobody`() {
    let gone = judge { story in
      story.record(
        .documentChanged(
          Event.DocumentChanged(
            document: "s1",
            knowledge: "salaries",
            tenant: "acme",
            change: .removed
          )
        )
      )
      story.at(30)
      story.converse("ben")
    }
    #expect(gone.verdict == .inconclusive, "\(gone.sentence)")
  }

  @Test func `Nobody was shown anything, so nothing is proved`() {
    let finding = Chronicle.of { story in
      story.addDocument("s1", "salaries")
      story.at(20)
      story.converse("ben")
    }.judge("department-isolation")
    #expect(finding.sentence.hasPrefix("Nobody got a document"))
  }

  @Test func `Another customer's document is the other promise's matter`() {
    let chronicle = Chronicle.of { story in
      story.addDocument("s1", "salaries")
      story.addDocument("g1", "plans", tenant: "globex")
      story.at(10)
      story.converse("ana", ["s1"])
      story.at(20)
      story.converse("ben", ["g1"])
    }
    #expect(chronicle.judge("department-isolation").verdict == .held)
    #expect(chronicle.judge("tenant-isolation").verdict == .violated)
  }

  @Test func `Words that anybody may say prove no leak`() {
    func finding(_ canary: String) -> Finding {
      judge { story in
        let first = story.ask("ana", question: canary)
        story.answer(first, story.call("a1", for: first))
        story.at(30)
        let second = story.ask("ben")
        story.answer(second, story.call("a1", for: second, also: [canary]))
      }
    }
    #expect(finding("words/vacation").verdict == .held)
    #expect(finding("q-secret").verdict == .violated)
  }

  @Test func `What all readers took part in may be repeated to them, and no more`() {
    func finding(from source: String, to person: String, in place: String?) -> Finding {
      judge { story in
        let first = story.ask("ana", in: source, question: "q-first")
        story.answer(first, story.call("a1", for: first))
        story.at(30)
        let second = story.ask(person, in: place)
        story.answer(second, story.call("a1", for: second, also: ["q-first"]))
      }
    }
    // Both are members of the group; ben is not of ana's own conversation.
    #expect(finding(from: "group", to: "ben", in: nil).verdict != .violated)
    #expect(finding(from: "with-ana", to: "ben", in: nil).verdict == .violated)
    #expect(finding(from: "with-ana", to: "ana", in: "group").verdict == .violated)
    #expect(finding(from: "with-ana", to: "ana", in: "with-ana").verdict != .violated)
  }
}
