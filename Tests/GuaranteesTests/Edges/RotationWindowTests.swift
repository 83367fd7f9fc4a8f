import Evidence
import Guarantees
import Testing
import Worlds

/// Which messages lie around a rotation: boundaries that mutants of `uninterrupted-rotation`
/// slipped through.
@Suite struct RotationWindowTests {
  private static let moment = 0.000_001

  /// `a2` is installed at 200 s, `a1` ends at 300 s.
  private func rotation(
    answeredBefore: Bool = true,
    answeredAfter: Double? = 310,
    beginning begin: (inout Chronicle) -> Void = { $0.begin() },
    then write: (inout Chronicle) -> Void = { _ in }
  ) -> Finding {
    var story = Chronicle()
    begin(&story)
    story.at(150)
    if answeredBefore { story.converse("ana") }
    story.create("a2")
    story.at(200)
    story.act(.installKey, "a2")
    story.at(300)
    story.end("a1")
    if let answeredAfter {
      story.at(answeredAfter)
      story.converse("ana", on: "a2")
    }
    write(&story)
    story.at(20_000)
    story.endStory()
    return story.judge("uninterrupted-rotation")
  }

  private func refused(_ person: String = "ben", at second: Double) -> (inout Chronicle) -> Void {
    { story in
      story.at(second)
      story.refuse(story.ask(person))
    }
  }

  @Test func `It begins two minutes before the new key is submitted`() {
    func verdict(_ second: Double) -> Verdict {
      rotation(beginning: { story in
        story.begin()
        refused(at: second)(&story)
      }).verdict
    }
    #expect(verdict(80) == .violated)
    #expect(verdict(80 - Self.moment) == .held)
  }

  @Test func `It begins no earlier than the customer's first key`() {
    func verdict(_ early: (inout Chronicle) -> Void) -> Verdict {
      rotation(beginning: { story in
        story.at(0)
        story.create("a1")
        story.create("g1", .tenant("globex"))
        early(&story)
        refused(at: 90)(&story)
        story.at(100)
        story.act(.installKey, "a1")
      }).verdict
    }
    #expect(verdict { _ in } == .held)
    #expect(verdict { $0.act(.installKey, "g1", tenant: "globex") } == .held)
    #expect(verdict { $0.act(.installKey, "a1", status: 400) } == .held)
    #expect(verdict { $0.act(.checkKey, "a1") } == .held)
    #expect(verdict { $0.act(.installKey, "a1") } == .violated)
  }

  @Test func `In a quiet story it lasts to the next message after the old key's end`() {
    func verdict(_ write: (inout Chronicle) -> Void) -> Verdict {
      rotation(
        answeredAfter: nil,
        then: { story in
          write(&story)
          refused(at: 5_000)(&story)
        }
      ).verdict
    }
    #expect(verdict { _ in } == .violated)
    // Neither another customer's, nor a forged one, nor one of the very moment is that message.
    #expect(verdict { refused("eve", at: 350)(&$0) } == .violated)
    #expect(
      verdict { story in
        story.at(350)
        let message = story.ask("ana", id: "forged")
        story.record(
          .impostor(.init(message: message, trick: .expired, platform: .teams, status: 401))
        )
      } == .violated
    )
    #expect(
      verdict { story in
        story.at(300)
        story.converse("ana", on: "a2")
      } == .violated
    )
    #expect(
      verdict { story in
        story.at(300 + Self.moment)
        story.converse("ana", on: "a2")
      } == .held
    )
  }

  @Test func `It wants answers on both sides of the old key's end`() {
    #expect(rotation().verdict == .held)
    #expect(rotation(answeredBefore: false).verdict == .inconclusive)
    #expect(rotation(answeredAfter: nil).verdict == .inconclusive)
  }
}
