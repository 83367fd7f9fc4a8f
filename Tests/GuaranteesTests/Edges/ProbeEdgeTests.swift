import Evidence
import Guarantees
import Testing

/// What `no-pooling` makes of calls that carry nobody's texts.
@Suite struct ProbeEdgeTests {
  /// A call for ana is answered with `status` at 100 s; one without texts succeeds at `second`.
  @Test(
    arguments: [
      (401, 160, Verdict.held), (403, 160, .held), (401, 159.999_999, .violated),
      (200, 160, .violated), (500, 160, .violated),
    ] as [(Int, Double, Verdict)]
  )
  func `A key that was refused may be tried after a minute`(
    status: Int,
    second: Double,
    verdict: Verdict
  ) {
    let finding = Chronicle.of { story in
      story.at(10)
      story.converse("ana")
      story.at(100)
      story.call("a1", for: story.ask("ana"), status: status)
      story.at(second)
      story.call("a1", for: nil)
      story.at(10_000)
      story.endStory()
    }.judge("no-pooling")
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  @Test func `One try is enough`() {
    let finding = Chronicle.of { story in
      story.at(10)
      story.converse("ana")
      story.at(100)
      story.call("a1", for: story.ask("ana"), status: 401)
      for second in [160.0, 220] {
        story.at(second)
        story.call("a1", for: nil)
      }
      story.at(10_000)
      story.endStory()
    }.judge("no-pooling")
    #expect(finding.verdict == .violated, "\(finding.sentence)")
  }
}
