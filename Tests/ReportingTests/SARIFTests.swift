import Evidence
import Foundation
import Guarantees
import Testing

@testable import Reporting

@Suite struct SARIFTests {
  @Test func kindsSayWhatAVerdictIsAndOnlyAFailureHasALevel() throws {
    let results = try written().results
    func kind(_ rule: String, _ file: String) -> [String] {
      results.filter { $0.ruleId == rule && $0.file.hasSuffix(file) }.map(\.kind)
    }
    #expect(kind("instant-revocation", "revocation/deleted-under-traffic.yaml") == ["fail"])
    #expect(kind("no-calls-after-revocation", "revocation/deleted-under-traffic.yaml") == ["open"])
    #expect(kind("expectation", "revocation/deleted-under-traffic.yaml") == ["fail"])
    #expect(kind("direct-billing", "rotation/two-years.yaml") == ["pass"])
    #expect(kind("department-isolation", "rotation/two-years.yaml") == [])
    #expect(Set(kind("control", "controls/fallback.yaml")) == ["pass", "fail"])
    #expect(kind("latency-neutrality", "latency/pairs.yaml") == ["notApplicable"])
    #expect(kind("direct-billing", "rotation/broken.yaml") == ["open"])
    for result in results {
      #expect(result.level == (result.kind == "fail" ? "error" : "none"))
    }
  }

  @Test func everyRuleThatIsNamedIsThereAndFingerprintsAreOneToAFinding() throws {
    let document = try written()
    let named = Set(document.results.map(\.ruleId))
    #expect(named.isSubset(of: document.rules))
    #expect(Set(document.results.map(\.fingerprint)).count == document.results.count)
  }

  @Test func aBrokenHarnessIsNoSuccessfulExecution() throws {
    #expect(try written().succeeded == false)
    var run = try SampleRun.run()
    run.scenarios.removeAll { if case .internalError = $0.ending { true } else { false } }
    #expect(try written(run).succeeded)
  }

  @Test func aViolationLeadsToItsLinesOfTheEvidence() throws {
    let run = try SampleRun.run()
    let violated = try #require(
      try written(run).results.first { $0.ruleId == "instant-revocation" && $0.kind == "fail" }
    )
    let history = try #require(run.scenarios[0].history)
    let witness = try #require(
      run.scenarios[0].findings.first { $0.finding.verdict == .violated }?.finding.witnesses
    ).first
    let index = try #require(history.events.firstIndex { $0.id == witness.events[0] })
    #expect(violated.evidence.first?.line == index + 2)
    #expect(violated.evidence.first?.uri == "evidence/revocation-deleted-under-traffic.jsonl")
  }

  @Test func aResultStandsAtTheLineThatNamesThePromise() throws {
    var run = try SampleRun.run()
    run.scenarios[0].place = ScenarioPlace(
      path: "my stories/a:b%.yaml",
      guaranteeLines: ["instant-revocation": 7]
    )
    let results = try written(run).results
    let violated = try #require(results.first { $0.ruleId == "instant-revocation" })
    #expect(violated.line == 7)
    #expect(violated.file == "my%20stories/a%3Ab%25.yaml")
    #expect(results.first { $0.ruleId == "no-calls-after-revocation" }?.line == 1)
  }

  @Test func textOfOthersIsNoMarkup() {
    let link = SARIFMessage("see [this](https://x.example)")
    #expect(link.text == #"see \[this\](https://x.example)"#)
    #expect(SARIFMessage("a {0} b").text == "a {{0}} b")
    #expect(SARIFMessage("a [1] {b}").text == "a [1] {b}")
    #expect(SARIFMessage("").text == "–")
  }

  private func written(_ run: RunResult? = nil) throws -> WrittenSARIF {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try folder.write(try run ?? SampleRun.run())
    return try WrittenSARIF(Data(contentsOf: folder.place.appending(path: "results.sarif")))
  }
}

@Suite struct MarkdownSummaryTests {
  @Test func saysTheAnswerEveryPromiseAndWhatToLookAt() throws {
    let text = try written()
    for verdict in try SampleRun.run().guarantees {
      #expect(text.contains("`\(verdict.guarantee)`"))
    }
    #expect(text.hasPrefix("## Keyproof: 1 of "))
    #expect(text.contains("`instant-revocation` violated"))
    #expect(text.contains("calibrated: 9 of 9 rogue vendors caught"))
  }

  @Test func hostileTextsStayText() throws {
    let text = try written()
    #expect(!text.contains("<script"))
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
    #expect(rows.allSatisfy { $0.replacing(#"\|"#, with: "").count { $0 == "|" } == 4 })
    #expect(MarkdownSummary.escaped("a|b @me [x](y)\n# z") == ##"a\|b &#64;me \[x\](y) \# z"##)
  }

  private func written() throws -> String {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try folder.write(SampleRun.run())
    return try folder.text("summary.md")
  }
}

@Suite struct GitHubAnnotationTests {
  @Test func aFailureIsAnErrorAtItsLineAndWhatIsOpenAWarning() throws {
    var run = try SampleRun.run()
    run.scenarios[0].place = ScenarioPlace(
      path: "a,b:c.yaml",
      guaranteeLines: ["instant-revocation": 7]
    )
    let lines = GitHubAnnotations().text(for: run, catalogue: SampleRun.catalogue())
      .split(separator: "\n")
    #expect(
      lines.contains {
        $0.hasPrefix("::error file=a%2Cb%3Ac.yaml,line=7,title=instant-revocation::violated: ")
      }
    )
    #expect(lines.contains { $0.hasPrefix("::warning file=") })
    #expect(lines.allSatisfy { $0.hasPrefix("::") })
  }

  @Test func whatHeldIsNotAnnotated() throws {
    var run = try SampleRun.run()
    run.scenarios = [try SampleRun.honest()]
    #expect(GitHubAnnotations().text(for: run, catalogue: SampleRun.catalogue()).isEmpty)
  }
}

/// The parts of a written document that the tests ask about.
private struct WrittenSARIF {
  struct Result {
    var ruleId: String
    var kind: String
    var level: String
    var file: String
    var line: Int
    var fingerprint: String
    var evidence: [(uri: String, line: Int)]
  }

  let results: [Result]
  let rules: Set<String>
  let succeeded: Bool

  init(_ bytes: Data) throws {
    let run = try JSONDecoder().decode(Document.self, from: bytes).runs[0]
    rules = Set(run.tool.driver.rules.map(\.id))
    succeeded = run.invocations[0].executionSuccessful
    results = run.results.map { result in
      let place = result.locations[0].physicalLocation
      return Result(
        ruleId: result.ruleId,
        kind: result.kind,
        level: result.level,
        file: place.artifactLocation.uri,
        line: place.region.startLine,
        fingerprint: result.partialFingerprints["keyproofFinding/v1"] ?? "",
        evidence: (result.codeFlows ?? []).flatMap(\.threadFlows).flatMap(\.locations).map {
          let place = $0.location.physicalLocation
          return (place.artifactLocation.uri, place.region.startLine)
        }
      )
    }
  }

  private struct Document: Decodable { var runs: [Run] }
  private struct Run: Decodable {
    var tool: Tool
    var invocations: [Invocation]
    var results: [Found]
  }
  private struct Tool: Decodable { var driver: Driver }
  private struct Driver: Decodable { var rules: [Rule] }
  private struct Rule: Decodable { var id: String }
  private struct Invocation: Decodable { var executionSuccessful: Bool }
  private struct Found: Decodable {
    var ruleId: String
    var kind: String
    var level: String
    var locations: [Place]
    var codeFlows: [Flow]?
    var partialFingerprints: [String: String]
  }
  private struct Flow: Decodable { var threadFlows: [Thread] }
  private struct Thread: Decodable { var locations: [Step] }
  private struct Step: Decodable { var location: Place }
  private struct Place: Decodable { var physicalLocation: Physical }
  private struct Physical: Decodable {
    var artifactLocation: Artifact
    var region: Region
  }
  private struct Artifact: Decodable { var uri: String }
  private struct Region: Decodable { var startLine: Int }
}
