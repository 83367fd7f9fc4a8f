import Evidence
import Guarantees
import Testing
import Worlds

@Suite struct JudgeTests {
  private struct Broken: Error {}

  private static func guarantee(
    _ id: String,
    _ check: @escaping @Sendable (Story) throws -> Finding
  )
    -> Guarantee
  {
    Guarantee(id: id, statement: "", source: "", consequence: "", check: check)
  }

  private let judge = Judge(guarantees: [
    guarantee("g") { _ in Finding(verdict: .held, sentence: "held") },
    guarantee("h") { _ in throw Broken() },
  ])

  private func scenario(
    _ file: String,
    _ verdict: Verdict?,
    shows: Bool = true,
    ending: ScenarioResult.Ending = .played,
    expects: Verdict? = nil,
    met: Bool = true
  ) -> ScenarioResult {
    var story = Chronicle()
    story.record(
      .expectation(Event.Expectation(line: 9, text: "refused", met: met, observed: "given"))
    )
    return ScenarioResult(
      file: file,
      title: file,
      about: "",
      family: "",
      shows: shows ? ["g"] : [],
      ending: ending,
      history: story.history,
      findings: verdict.map {
        [GuaranteeFinding(guarantee: "g", finding: Finding(verdict: $0, sentence: "so"))]
      } ?? [],
      expectedVerdicts: expects.map { [GuaranteeExpectation(guarantee: "g", verdict: $0)] } ?? [],
      replay: ""
    )
  }

  private func verdict(_ scenarios: [ScenarioResult]) -> GuaranteeVerdict? {
    judge.verdicts(over: scenarios).first
  }

  @Test func aCheckerThatThrowsIsInconclusive() {
    let findings = judge.findings(in: Chronicle().history)
    #expect(findings.map(\.guarantee) == ["g", "h"])
    #expect(findings.map(\.finding.verdict) == [.held, .inconclusive])
    #expect(findings[1].finding.sentence.contains("Broken"))
  }

  @Test func whatIsNotClaimedIsObservedAndNotJudged() {
    var story = Chronicle()
    story.facts.claims = ["h"]
    #expect(
      judge.findings(in: story.history).map(\.finding.verdict) == [.notClaimed, .inconclusive]
    )
  }

  @Test func theRowsOfTheRuleOverScenarios() {
    #expect(
      verdict([scenario("a", .held), scenario("b", .violated, shows: false)])?.verdict
        == .violated
    )
    #expect(verdict([scenario("a", .inconclusive), scenario("b", .violated)])?.scenarios == ["b"])
    #expect(
      verdict([scenario("a", .held), scenario("b", .inconclusive)])?.verdict
        == .inconclusive
    )
    #expect(
      verdict([scenario("a", .held), scenario("b", .inconclusive, shows: false)])?.verdict
        == .held
    )
    #expect(verdict([scenario("a", .held, shows: false)])?.verdict == .held)
    #expect(verdict([scenario("a", .notClaimed)])?.verdict == .notClaimed)
    let mixed = verdict([
      scenario("a", .notClaimed), scenario("b", .inconclusive, shows: false),
    ])
    #expect(mixed?.verdict == .inconclusive && mixed?.weighs == false)
  }

  @Test func whatNobodyShowsHasNoWeight() {
    let unshown = verdict([scenario("a", .inconclusive, shows: false)])
    #expect(unshown?.verdict == .inconclusive)
    #expect(unshown?.weighs == false)
    #expect(verdict([scenario("a", .inconclusive)])?.weighs == true)
    let notRun = verdict([scenario("a", nil, ending: .notRun(reason: "world"))])
    #expect(notRun?.weighs == false)
    #expect(notRun?.sentence.hasPrefix("Not run") == true)
  }

  @Test func controlsHaveNoSayInVerdicts() {
    let verdict = verdict([scenario("a", .held), scenario("rogue", .violated, expects: .violated)])
    #expect(verdict?.verdict == .held)
  }

  private func status(
    _ scenarios: [ScenarioResult],
    allowing allowed: Set<String> = []
  ) -> Guarantees.ExitStatus {
    let judge = Judge(guarantees: [judge.guarantees[0]], allowedInconclusive: allowed)
    return judge.run(subject: "", seed: 1, scenarios: scenarios).exitStatus
  }

  @Test func theTableOfExitCodes() {
    #expect(status([scenario("a", .held)]) == .held)
    #expect(status([scenario("a", .violated)]) == .violated)
    #expect(status([scenario("a", .inconclusive)]) == .inconclusive)
    #expect(status([scenario("a", .inconclusive)], allowing: ["g"]) == .held)
    #expect(status([scenario("a", .violated)], allowing: ["g"]) == .violated)
    #expect(status([scenario("a", .inconclusive, shows: false)]) == .held)
    #expect(status([]) == .inconclusive)
    #expect(status([scenario("a", nil, ending: .notRun(reason: "filter"))]) == .inconclusive)
    #expect(status([scenario("a", .held, met: false)]) == .violated)
    #expect(
      status([scenario("a", .violated), scenario("b", nil, ending: .internalError("x"))])
        == .internalError
    )
    #expect(status([scenario("a", .violated), scenario("b", .inconclusive)]) == .violated)
  }

  @Test func aControlMustComeOutAsExpected() {
    #expect(status([scenario("rogue", .violated, expects: .violated, met: false)]) == .held)
    let escaped = scenario("rogue", .held, expects: .violated)
    #expect(status([escaped]) == .violated)
    #expect(judge.problems(in: [escaped]).first?.contains("must bring out g as violated") == true)
  }

  @Test func expectationsOfAnotherVendorDoNotWeigh() {
    var waived = scenario("a", .held, met: false)
    waived.expectationsWeigh = false
    #expect(status([waived]) == .held)
    #expect(judge.problems(in: [waived]).isEmpty)
    var broken = scenario("a", .violated, met: false)
    broken.expectationsWeigh = false
    #expect(status([broken]) == .violated)
  }

  @Test func problemsPointAtTheLine() {
    #expect(
      judge.problems(in: [
        scenario("a.yaml", .held, met: false),
        scenario("b.yaml", nil, ending: .internalError("stuck")),
      ]) == [
        "a.yaml:9: expected refused; observed given", "b.yaml: internal error: stuck",
      ]
    )
  }

  @Test func theCatalogueNamesEachPromiseOnce() {
    let ids = Catalogue.guarantees.map(\.id)
    #expect(ids.count == 18)
    #expect(Set(ids).count == 18)
    #expect(Catalogue.guarantee("no-pooling")?.id == "no-pooling")
    #expect(Catalogue.guarantee("nonsense") == nil)
    for guarantee in Catalogue.guarantees {
      #expect(!guarantee.statement.isEmpty && !guarantee.source.isEmpty)
    }
  }

  @Test func nothingIsHeldWhereNothingHappened() {
    let findings = Judge().findings(in: Chronicle().history)
    #expect(findings.allSatisfy { [.inconclusive, .notClaimed].contains($0.finding.verdict) })
    #expect(findings.contains { $0.finding.verdict == .inconclusive })
  }
}
