import Evidence
import Foundation
import Guarantees
import Testing

@testable import Reporting

@Suite struct ComparisonTests {
  private static let first = "Scenarios/\(SampleRun.files[0])"

  private func snapshot(_ change: (inout RunResult) -> Void = { _ in }) throws -> ReportSnapshot {
    var run = try SampleRun.run()
    change(&run)
    let digest = RunDigest(run: run, catalogue: SampleRun.catalogue())
    return try ReportSnapshot(JSONBytes.encode(ReportDocument(digest: digest)))
  }

  /// Makes another verdict of the first story's finding about a promise.
  private func judge(_ run: inout RunResult, _ guarantee: String, _ verdict: Verdict) throws {
    let index = try #require(
      run.scenarios[0].findings.firstIndex { $0.guarantee == guarantee }
    )
    run.scenarios[0].findings[index].finding.verdict = verdict
    run.scenarios[0].findings[index].finding.sentence = "now \(verdict)"
  }

  private func changes(
    from old: ReportSnapshot,
    to new: ReportSnapshot
  ) -> [[String]] {
    ReportComparison(from: old, to: new).changes.map { change in
      [change.kind.rawValue, change.effect.rawValue, change.key?.rule ?? ""]
    }
  }

  @Test func theSameReportTwiceHasNoChanges() throws {
    let comparison = ReportComparison(from: try snapshot(), to: try snapshot())
    #expect(comparison.changes.isEmpty)
    #expect(comparison.exitStatus == .held)
    #expect(comparison.unchanged > 0)
    #expect(comparison.remaining.contains { $0.key.rule == "instant-revocation" })
    #expect(ComparisonText(comparison).markdown.contains("Nothing has changed."))
    #expect(ComparisonText(comparison).markdown.contains("### Still broken"))
  }

  @Test(arguments: [
    (Verdict.held, Verdict.violated, ["new", "worse"], Guarantees.ExitStatus.violated),
    (.inconclusive, .violated, ["new", "worse"], .violated),
    (.notClaimed, .violated, ["new", "worse"], .violated),
    (.violated, .held, ["fixed", "better"], .held),
    (.inconclusive, .held, ["fixed", "better"], .held),
    (.violated, .inconclusive, ["changed", "less"], .inconclusive),
    (.violated, .notClaimed, ["changed", "less"], .inconclusive),
    (.held, .inconclusive, ["changed", "less"], .inconclusive),
    (.held, .notClaimed, ["changed", "less"], .inconclusive),
    (.notClaimed, .held, ["changed", "better"], .held),
  ])
  func verdictsThatChange(
    before: Verdict,
    after: Verdict,
    expected: [String],
    status: Guarantees.ExitStatus
  ) throws {
    let old = try snapshot { try? judge(&$0, "instant-revocation", before) }
    let new = try snapshot { try? judge(&$0, "instant-revocation", after) }
    #expect(changes(from: old, to: new) == [expected + ["instant-revocation"]])
    #expect(ReportComparison(from: old, to: new).exitStatus == status)
  }

  @Test func aViolationThatLooksOtherwiseIsChangedAndNotWorse() throws {
    let old = try snapshot()
    let new = try snapshot { try? judge(&$0, "instant-revocation", .violated) }
    #expect(changes(from: old, to: new) == [["changed", "none", "instant-revocation"]])
  }

  @Test func aViolationIsNotFixedByLeavingItsStoryOut() throws {
    let old = try snapshot()
    let gone = try snapshot { $0.scenarios.removeFirst() }
    let comparison = ReportComparison(from: old, to: gone)
    #expect(comparison.changes(.fixed).isEmpty)
    #expect(comparison.changes(.gone).contains { $0.key?.rule == "instant-revocation" })
    #expect(comparison.exitStatus == .inconclusive)
    let skipped = try snapshot { run in
      run.scenarios[0].ending = .notRun(reason: "left out")
      run.scenarios[0].history = nil
    }
    #expect(ReportComparison(from: old, to: skipped).changes(.fixed).isEmpty)
    #expect(ReportComparison(from: old, to: skipped).exitStatus == .inconclusive)
  }

  @Test func aStoryThatIsNewBringsItsOwn() throws {
    let old = try snapshot { $0.scenarios.removeFirst() }
    let comparison = ReportComparison(from: old, to: try snapshot())
    let effects = comparison.changes(.new).map { [$0.key?.rule, $0.effect.rawValue] }
    #expect(effects.contains(["instant-revocation", "worse"]))
    #expect(comparison.exitStatus == .violated)
  }

  @Test func anExpectationThatIsMetNowIsFixed() throws {
    let old = try snapshot()
    let new = try snapshot { run in
      let events = run.scenarios[0].history?.events ?? []
      run.scenarios[0].history?.events = events.filter { !"\($0.kind)".hasPrefix("expectation") }
    }
    let back = changes(from: new, to: old)
    #expect(changes(from: old, to: new).contains(["fixed", "better", "expectation"]))
    #expect(back.contains(["new", "worse", "expectation"]))
  }

  @Test func whatAWaiverExcusesIsNewAllTheSame() throws {
    let old = try snapshot { try? judge(&$0, "instant-revocation", .held) }
    let new = try snapshot { excuse(&$0) }
    let comparison = ReportComparison(from: old, to: new)
    #expect(changes(from: old, to: new) == [["new", "waived", "instant-revocation"]])
    #expect(comparison.exitStatus == .waived)
    #expect(ComparisonText(comparison).markdown.contains("violated, waived"))
    // A waiver that falls away is worse.
    #expect(ReportComparison(from: new, to: try snapshot()).exitStatus == .violated)
  }

  private func excuse(_ run: inout RunResult) {
    for index in run.scenarios[0].findings.indices
    where run.scenarios[0].findings[index].finding.verdict == .violated {
      run.scenarios[0].findings[index].waiver = Waiver(
        guarantee: "instant-revocation",
        scenario: Self.first,
        reason: "known",
        owner: "ana",
        expires: "2030-01-01"
      )
    }
  }

  @Test func otherSeedsAreSaid() throws {
    let comparison = ReportComparison(from: try snapshot(), to: try snapshot { $0.seed = 3 })
    #expect(comparison.particulars.map(\.name) == ["seed"])
    #expect(ComparisonText(comparison).markdown.contains("other seed"))
  }

  @Test func theDocumentHasTheSameCounts() throws {
    let comparison = ReportComparison(
      from: try snapshot { try? judge(&$0, "instant-revocation", .held) },
      to: try snapshot()
    )
    let bytes = try ComparisonDocument(comparison).encoded()
    let object = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    #expect(object["format"] as? String == "keyproof-changes/1")
    #expect(object["code"] as? Int == 1)
    #expect((object["counts"] as? [String: Int])?["new"] == 1)
    #expect((object["changes"] as? [Any])?.count == 1)
  }

  @Test func whatIsNoReportIsRefused() throws {
    #expect(throws: UnreadableReport.self) { try ReportSnapshot(Data("{}".utf8)) }
    #expect(throws: UnreadableReport.self) {
      try ReportSnapshot(Data(#"{"format":"keyproof-report/9"}"#.utf8))
    }
    #expect(throws: UnreadableReport.self) {
      try ReportSnapshot(at: URL(fileURLWithPath: "/nowhere"))
    }
  }

  @Test func hostileTextIsNoMarkup() throws {
    let old = try snapshot()
    let new = try snapshot { run in
      run.scenarios[0].findings[0].finding.verdict = .violated
      run.scenarios[0].findings[0].finding.sentence = SampleRun.hostile
    }
    let comparison = ReportComparison(from: old, to: new)
    #expect(!ComparisonText(comparison).markdown.contains("<script>"))
    let layout = TerminalText(isTerminal: true, colour: false)
    #expect(!ComparisonText(comparison).terminal(layout).contains("\u{1B}"))
  }
}
