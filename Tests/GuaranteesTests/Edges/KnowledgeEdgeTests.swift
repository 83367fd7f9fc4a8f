import Evidence
import Guarantees
import Testing

/// What `rotation-without-loss` makes of answers that draw on nothing.
@Suite struct KnowledgeEdgeTests {
  /// Ben may read what is asked about in the group, or not: then no answer there can draw on it.
  @Test(arguments: [("policies", Verdict.violated), ("salaries", .held)])
  func `Only an answer that may draw on a document shows that knowledge was lost`(
    base: String,
    verdict: Verdict
  ) {
    let finding = Chronicle.of { story in
      story.addDocument("d1", base)
      story.at(10)
      story.converse("ana", ["d1"])
      story.at(100)
      story.end("a1")
      story.create("a2")
      story.at(300)
      story.act(.installKey, "a2")
      story.at(310)
      story.converse("ana", on: "a2", in: "group")
      story.at(10_000)
      story.endStory()
    }.judge("rotation-without-loss")
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }
}
