import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

/// Boundaries of the two promises about rotation that mutants of their checkers slipped through.
@Suite struct RotationEdgeTests {
  private static let moment = 0.000_001

  /// `a2` is installed at 200 s, `a1` ends at 300 s; somebody is answered before and after.
  private func overlap(_ write: (inout Chronicle) -> Void) -> Finding {
    Chronicle.of { story in
      story.create("g1", .tenant("globex"))
      story.act(.installKey, "g1", tenant: "globex")
      story.at(150)
      story.converse("ana")
      story.create("a2")
      story.at(200)
      story.act(.installKey, "a2")
      story.at(300)
      story.end("a1")
      story.at(310)
      story.converse("ana", on: "a2")
      story.at(320)
      write(&story)
      story.at(10_000)
      story.endStory()
    }.judge("uninterrupted-rotation")
  }

  @Test func `Whoever is not the customer's known person does not count`() {
    for write in [
      { $0.refuse($0.ask("eve")) },
      { $0.refuse($0.ask("mallory")) },
    ] as [(inout Chronicle) -> Void] {
      let finding = overlap(write)
      #expect(finding.verdict == .held, "\(finding.sentence)")
      #expect(finding.exercise.map(\.count) == [1, 1, 2])
    }
    #expect(overlap { $0.refuse($0.ask("ben")) }.verdict == .violated)
  }

  @Test func `A message that never had an answer, and no reason for it, is lost and not answered`()
  {
    let finding = overlap { _ = $0.ask("ben") }
    #expect(finding.verdict == .violated && finding.exercise.map(\.count) == [1, 1, 2])
    #expect(finding.sentence == "A message of ben was lost during a rotation with overlap.")
  }

  @Test(arguments: [(9_940, Verdict.violated), (9_940 + moment, .held)] as [(Double, Verdict)])
  func `A message has a minute before it is lost`(second: Double, verdict: Verdict) {
    let finding = Chronicle.of { story in
      story.at(150)
      story.converse("ana")
      story.create("a2")
      story.at(200)
      story.act(.installKey, "a2")
      story.at(9_900)
      story.end("a1")
      story.at(9_910)
      story.converse("ana", on: "a2")
      story.at(second)
      let message = story.ask("ben")
      story.deliver(message)
      story.at(10_000)
      story.endStory()
    }.judge("uninterrupted-rotation")
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  /// Nobody asks within two minutes of the old key's end: the first who does is what counts.
  @Test func `In a quiet story the next message stands for the time after the end`() {
    func finding(_ write: (inout Chronicle) -> Void) -> Finding {
      Chronicle.of { story in
        story.create("g1", .tenant("globex"))
        story.act(.installKey, "g1", tenant: "globex")
        story.at(150)
        story.converse("ana")
        story.create("a2")
        story.at(200)
        story.act(.installKey, "a2")
        story.at(300)
        story.end("a1")
        story.at(2_000)
        write(&story)
        story.at(10_000)
        story.endStory()
      }.judge("uninterrupted-rotation")
    }
    #expect(finding { $0.converse("ana", on: "a2") }.verdict == .held)
    #expect(finding { $0.refuse($0.ask("ana")) }.verdict == .violated)
    #expect(finding { $0.converse("eve", on: "g1") }.verdict == .inconclusive)
    let later = finding { story in
      story.converse("ana", on: "a2")
      story.at(2_001)
      story.refuse(story.ask("ana"))
    }
    #expect(later.verdict == .held, "\(later.sentence)")
  }

  @Test func `A message at the very end of the old key comes after it`() {
    let finding = Chronicle.of { story in
      story.at(150)
      story.converse("ana")
      story.create("a2")
      story.at(200)
      story.act(.installKey, "a2")
      story.at(300)
      story.end("a1")
      story.converse("ana", on: "a2")
    }.judge("uninterrupted-rotation")
    #expect(finding.verdict == .held && finding.exercise.map(\.count) == [1, 1, 2])
  }

  @Test func `Without a key nobody can be answered, and the rotation is not to blame`() {
    func finding(removedAt: Double, until: Double, asked: Double, by tenant: String = "acme")
      -> Finding
    {
      Chronicle.of { story in
        story.create("g1", .tenant("globex"))
        story.act(.installKey, "g1", tenant: "globex")
        story.at(150)
        story.converse("ana")
        story.create("a2")
        story.at(200)
        story.act(.installKey, "a2")
        story.at(300)
        story.end("a1")
        story.at(310)
        story.converse("ana", on: "a2")
        let begin = { (story: inout Chronicle) in
          story.at(removedAt)
          story.act(.removeKey, tenant: tenant)
        }
        if removedAt <= asked { begin(&story) }
        if until < asked {
          story.at(until)
          story.act(.installKey, tenant == "acme" ? "a2" : "g1", tenant: tenant)
        }
        story.at(asked)
        let message = story.ask("ben")
        if removedAt > asked { begin(&story) }
        story.refuse(message)
        if until >= asked {
          story.at(until)
          story.act(.installKey, tenant == "acme" ? "a2" : "g1", tenant: tenant)
        }
        story.at(10_000)
        story.endStory()
      }.judge("uninterrupted-rotation")
    }
    #expect(finding(removedAt: 380, until: 400, asked: 390).verdict == .held)
    #expect(finding(removedAt: 380, until: 400, asked: 400).verdict == .held)
    #expect(finding(removedAt: 380, until: 400, asked: 400 + Self.moment).verdict == .violated)
    #expect(finding(removedAt: 390, until: 410, asked: 330).verdict == .held)
    #expect(finding(removedAt: 390 + Self.moment, until: 410, asked: 330).verdict == .violated)
    #expect(finding(removedAt: 380, until: 400, asked: 390, by: "globex").verdict == .violated)
  }

  @Test func `What was not exercised is named`() {
    let none = Chronicle.of { $0.converse("ana") }.judge("uninterrupted-rotation")
    #expect(none.sentence == "No key was replaced while it lived and ended afterwards.")
    let silent = Chronicle.of { story in
      story.create("a2")
      story.act(.installKey, "a2")
      story.at(300)
      story.end("a1")
    }.judge("uninterrupted-rotation")
    #expect(silent.sentence.hasPrefix("Nobody asked and was answered both before and after"))
  }

  // MARK: The key deleted first

  /// `a1` ends at 100 s; `a2` is submitted at 300 s and in place at 302 s.
  private func gap(
    _ during: (inout Chronicle) -> Void = { _ in },
    then write: (inout Chronicle) -> Void
  ) -> Finding {
    Chronicle.of { story in
      story.create("g1", .tenant("globex"))
      story.act(.installKey, "g1", tenant: "globex")
      story.addDocument("d1", "policies")
      story.at(10)
      story.converse("ana", ["d1"])
      story.at(100)
      story.end("a1")
      during(&story)
      story.create("a2")
      story.at(302)
      story.act(.installKey, "a2", took: 2)
      write(&story)
      story.at(10_000)
      story.endStory()
    }.judge("rotation-without-loss")
  }

  @Test func `Messages of the gap are the customer's, genuine, and between end and successor`() {
    let finding = gap { story in
      story.at(110)
      story.converseInVain("ana")
      story.converse("eve", on: "g1")
    } then: { story in
      story.at(303)
      story.converse("ana", on: "a2", ["d1"])
    }
    #expect(finding.verdict == .held, "\(finding.sentence)")
    #expect(finding.exercise.map(\.count) == [1, 1, 0, 0])
    #expect(
      finding.sentence == "The first answer came at most 2.0 s after a new key was submitted; "
        + "1 message of the gap had a reply in time."
    )
  }

  @Test func `Another customer's answer is no recovery, nor is a notice`() {
    let finding = gap { story in
      story.at(110)
      story.converseInVain("ana")
    } then: { story in
      story.at(303)
      story.converse("eve", on: "g1")
      let message = story.ask("ana")
      story.call("a2", for: message, status: 500)
      story.refuse(message)
    }
    #expect(finding.verdict == .violated)
    #expect(finding.sentence == "No answer came after the new key had been installed.")
  }

  @Test func `A message of the gap without a reply is worse than a late one`() {
    let finding = gap { story in
      story.at(110)
      let late = story.ask("ana")
      story.deliver(late)
      let lost = story.ask("ben")
      story.deliver(lost)
      story.at(200)
      story.refuse(late)
    } then: { story in
      story.at(303)
      story.converse("ana", on: "a2", ["d1"])
    }
    #expect(finding.witnesses?.count == 2)
    #expect(finding.sentence.hasPrefix("ben asked while there was no key and got a reply never."))
  }

  @Test func `Knowledge is lost when it is there, was used before, and never again`() {
    func finding(_ after: [String], by person: String = "ana", removed: Bool = false) -> Finding {
      gap { story in
        story.at(110)
        story.converseInVain("ana")
        if removed {
          story.record(
            .documentChanged(
              Event.DocumentChanged(
                document: "d1",
                knowledge: "policies",
                tenant: "acme",
                change: .removed
              )
            )
          )
        }
      } then: { story in
        story.at(303)
        story.converse(person, on: "a2", after)
      }
    }
    #expect(finding([]).verdict == .violated)
    #expect(finding(["d1"]).verdict == .held)
    #expect(finding([], removed: true).verdict == .held)
    // Ben never had an answer that drew on a document.
    #expect(finding([], by: "ben").verdict == .held)
    let late = gap { story in
      story.at(110)
      story.converseInVain("ana")
    } then: { story in
      story.at(303)
      story.converse("ana", on: "a2", ["d1"])
      story.at(310)
      story.converse("ana", on: "a2")
    }
    #expect(late.verdict == .held, "\(late.sentence)")
  }

  // MARK: Crashes and restarts

  private func restarted(
    _ change: Event.VendorChange = .crashed,
    _ write: (inout Chronicle) -> Void
  ) -> Finding {
    Chronicle.of { story in
      story.record(.vendor(.started))
      story.at(10)
      write(&story)
      story.at(100)
      story.record(.vendor(change))
      story.record(.vendor(.started))
      story.at(10_000)
      story.endStory()
    }.judge("rotation-without-loss")
  }

  @Test func `A stop is a crash or a restart, and messages must have come`() {
    let finding = restarted(.stopped) { $0.converse("ana") }
    #expect(finding.verdict == .held && finding.exercise.map(\.count) == [0, 0, 1, 1])
    #expect(finding.sentence == "1 stop of the vendor lost none of 1 message.")
    let silent = restarted { _ in }
    #expect(silent.verdict == .inconclusive)
    #expect(silent.sentence == "The vendor was restarted, but got no message.")
    let started = Chronicle.of { story in
      story.record(.vendor(.started))
      story.converse("ana")
    }.judge("rotation-without-loss")
    #expect(started.verdict == .inconclusive)
    #expect(started.sentence.hasPrefix("No key ended before another was installed"))
  }

  @Test func `Nothing is lost in a story without a stop, as far as this promise goes`() {
    let finding = Chronicle.of { story in
      story.record(.vendor(.started))
      story.deliver(story.ask("ana"))
      story.at(10_000)
      story.endStory()
    }.judge("rotation-without-loss")
    #expect(finding.verdict == .inconclusive)
    #expect(restarted { $0.deliver($0.ask("ana")) }.verdict == .violated)
  }

  @Test func `Only messages that were taken in count`() {
    let finding = restarted { story in
      story.converse("ana")
      let refused = story.ask("ben")
      story.deliver(refused, status: 503)
      story.refuse(refused)
    }
    #expect(finding.exercise.map(\.count) == [0, 0, 1, 1])
  }
}
