import Evidence
import Guarantees
import Testing

/// A customer's administrator handed over a second key, for when the provider ends the first: to go
/// on with it is no breach, and it ends like any other.
@Suite struct StandbyTests {
  /// `a1` and `b1` serve ana, the latter as a standby from 100 s on.
  private func story(
    handedOver: Bool = true,
    _ write: (inout Chronicle) -> Void = { _ in }
  ) -> Chronicle {
    Chronicle.of { story in
      story.create("b1")
      if handedOver { story.act(.installStandby, "b1") }
      story.at(10)
      story.converse("ana")
      story.at(100)
      story.end("a1")
      story.at(110)
      story.converse("ana", on: "b1")
      write(&story)
      story.at(10_000)
      story.endStory()
    }
  }

  private func violated(_ story: Chronicle) -> [String] {
    Judge().findings(in: story.history).filter { $0.finding.verdict == .violated }.map(\.guarantee)
  }

  @Test func goingOnWithItIsNoBreach() {
    #expect(violated(story()).isEmpty)
    #expect(story().story.keys.revocations.isEmpty)
  }

  @Test func aKeyThatNobodyHandedOverIsOne() {
    #expect(violated(story(handedOver: false)).contains("instant-revocation"))
  }

  @Test func itsOwnEndIsARevocation() {
    let ended = story {
      $0.at(200)
      $0.end("b1")
      $0.at(210)
      $0.converse("ana", on: "b1")
    }
    #expect(ended.story.keys.revocations.count == 1)
    #expect(violated(ended).contains("instant-revocation"))
  }

  @Test func itIsGoneWithWhatIsRemovedInTheSettings() {
    let removed = story {
      $0.at(200)
      $0.act(.removeKey)
      $0.at(210)
      $0.converse("ana", on: "b1")
    }
    #expect(removed.story.keys.revocations.count == 1)
    #expect(violated(removed).contains("no-calls-after-revocation"))
  }
}
