import Evidence
import Guarantees
import Testing

/// A waiver excuses, and hides nothing.
@Suite struct WaiverTests {
  private static let day = "2026-11-29"

  private func waiver(
    _ scenario: String = "a.yaml",
    of guarantee: String = "g",
    expires: String = WaiverTests.day
  ) -> Waiver {
    Waiver(
      guarantee: guarantee,
      scenario: scenario,
      reason: "known",
      owner: "ana",
      expires: expires
    )
  }

  private func scenario(
    _ file: String,
    _ verdict: Verdict,
    of guarantee: String = "g",
    isControl: Bool = false,
    ending: ScenarioResult.Ending = .played
  ) -> ScenarioResult {
    ScenarioResult(
      file: file,
      title: file,
      about: "",
      family: "",
      shows: [guarantee],
      ending: ending,
      history: Chronicle().history,
      findings: ending == .played
        ? [GuaranteeFinding(guarantee: guarantee, finding: Finding(verdict: verdict, sentence: ""))]
        : [],
      expectedVerdicts: isControl
        ? [GuaranteeExpectation(guarantee: guarantee, verdict: verdict)] : [],
      replay: ""
    )
  }

  private func run(_ scenarios: [ScenarioResult], _ waivers: [Waiver]) -> RunResult {
    let guarantees = ["g", "h"].map { id in
      Guarantee(id: id, statement: "", source: "", consequence: "") { _ in
        Finding(verdict: .held, sentence: "")
      }
    }
    return Judge(
      guarantees: guarantees,
      waivers: WaiverList(text: "", day: Self.day, waivers: waivers)
    ).run(subject: "", seed: 1, scenarios: scenarios)
  }

  @Test func whatIsExcusedIsViolatedAllTheSame() {
    let run = run([scenario("a.yaml", .violated)], [waiver()])
    #expect(run.guarantees[0].verdict == .violated)
    #expect(run.guarantees[0].isWaived)
    #expect(run.guarantees[0].sentence.hasSuffix("waived until 2026-11-29 by ana: known."))
    #expect(run.scenarios[0].findings[0].finding.verdict == .violated)
    #expect(run.scenarios[0].findings[0].waiver == waiver())
    #expect(run.waivers.map(\.state) == [.excuses])
    #expect(run.exitStatus == .waived)
    #expect(run.problems.isEmpty)
  }

  @Test func aSecondViolationIsNotExcusedByTheFirstOnesWaiver() {
    let run = run([scenario("a.yaml", .violated), scenario("b.yaml", .violated)], [waiver()])
    #expect(!run.guarantees[0].isWaived)
    #expect(run.guarantees[0].sentence.contains("In 1 of them known and waived"))
    #expect(run.exitStatus == .violated)
  }

  @Test func anotherPromiseIsNotExcused() {
    let run = run(
      [scenario("a.yaml", .violated), scenario("a.yaml", .violated, of: "h")],
      [waiver()]
    )
    #expect(run.guarantees.map(\.isWaived) == [true, false])
    #expect(run.exitStatus == .violated)
  }

  @Test(arguments: [Verdict.violated, .held])
  func anExpiredWaiverFails(verdict: Verdict) {
    let run = run([scenario("a.yaml", verdict)], [waiver(expires: "2026-11-28")])
    #expect(run.waivers.map(\.state) == [.expired])
    #expect(!run.guarantees[0].isWaived)
    #expect(run.exitStatus == .violated)
    #expect(
      run.problems == ["the waiver of g in a.yaml (ana) expired on 2026-11-28"]
    )
  }

  @Test(arguments: [Verdict.held, .inconclusive, .notClaimed])
  func aWaiverThatIsNoLongerNeededFails(verdict: Verdict) {
    let run = run([scenario("a.yaml", verdict)], [waiver()])
    #expect(run.waivers.map(\.state) == [.stale])
    #expect(run.exitStatus == .violated)
    #expect(run.problems.count == 1)
  }

  @Test func whatWasNotPlayedSaysNothingOfAWaiver() {
    let run = run(
      [scenario("a.yaml", .held, ending: .notRun(reason: "")), scenario("b.yaml", .held)],
      [waiver()]
    )
    #expect(run.waivers.map(\.state) == [.notTried])
    #expect(run.exitStatus == .held)
  }

  @Test func aFileStandsForAllItsStories() {
    let stories = [scenario("a.yaml#m=1", .violated), scenario("a.yaml#m=2", .violated)]
    #expect(run(stories, [waiver()]).exitStatus == .waived)
    #expect(run(stories, [waiver("a.yaml#m=1")]).exitStatus == .violated)
    #expect(run([scenario("a.yaml2", .violated)], [waiver()]).exitStatus == .violated)
  }

  @Test func aControlIsNotExcused() {
    let run = run([scenario("a.yaml", .violated, isControl: true)], [waiver()])
    #expect(run.scenarios[0].findings[0].waiver == nil)
    #expect(run.waivers.map(\.state) == [.notTried])
  }

  @Test func anythingWorseComesFirst() {
    let waived = scenario("a.yaml", .violated)
    let open = scenario("b.yaml", .inconclusive, of: "h")
    let failed = scenario("c.yaml", .held, ending: .internalError(""))
    #expect(run([waived, open], [waiver()]).exitStatus == .inconclusive)
    #expect(run([waived, open, failed], [waiver()]).exitStatus == .internalError)
  }
}
