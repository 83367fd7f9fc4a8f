import Foundation
import Guarantees
import Reporting
import Testing

/// A waived violation is called violated, and waived, in every artefact.
@Suite struct WaiverReportTests {
  private static let words = "waived until 2030-01-01 by ana@acme.example: known, see TICKET-1"

  private static func list(expires: String = "2030-01-01") -> WaiverList {
    WaiverList(
      text: "waivers: []\n",
      day: "2029-12-31",
      waivers: [
        Waiver(
          guarantee: "instant-revocation",
          scenario: SampleRun.files[0],
          reason: "known, see TICKET-1",
          owner: "ana@acme.example",
          expires: expires
        )
      ]
    )
  }

  /// The sample, judged again with its waivers; nothing else of it fails.
  private static func run(_ list: WaiverList?) throws -> RunResult {
    var scenarios = try SampleRun.run().scenarios
    for index in scenarios.indices { scenarios[index].expectationsWeigh = false }
    scenarios.removeAll { $0.isControl || $0.ending != .played }
    for index in scenarios.indices { scenarios[index].file = SampleRun.files[index] }
    let judge = Judge(
      guarantees: SampleRun.catalogue(),
      allowedInconclusive: Set(SampleRun.catalogue().map(\.id)),
      waivers: list
    )
    return judge.run(subject: "a vendor", seed: 1, scenarios: scenarios)
  }

  private static func written(_ run: RunResult, _ names: [String]) throws -> [String] {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try folder.write(run)
    return try names.map(folder.text)
  }

  @Test func everyArtefactSaysThatItIsViolatedAndWaived() throws {
    let run = try Self.run(Self.list())
    #expect(run.exitStatus == .waived)
    let texts = try Self.written(run, ["report.html", "summary.md", "report.json", "junit.xml"])
    #expect(texts[0].contains("violated, waived"))
    #expect(texts[0].contains("waived until 2030-01-01 by ana@acme.example"))
    #expect(texts[1].contains("violated, waived"))
    #expect(texts[1].contains("broken all the same"))
    #expect(texts[3].contains("message=\"violated, and \(Self.words)"))
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(texts[2].utf8)) as? [String: Any]
    )
    let promise = try #require(
      (report["guarantees"] as? [[String: Any]])?.first {
        $0["id"] as? String == "instant-revocation"
      }
    )
    #expect(promise["verdict"] as? String == "violated")
    #expect(promise["waived"] as? Bool == true)
    #expect((report["exit"] as? [String: Any])?["code"] as? Int == 3)
    let terminal = TerminalSummary(layout: TerminalText(isTerminal: false, colour: false))
      .text(for: run, catalogue: SampleRun.catalogue(), reportPath: nil)
    #expect(terminal.contains("✗ violated"))
    #expect(terminal.contains(Self.words))
    let annotations = GitHubAnnotations().text(for: run, catalogue: SampleRun.catalogue())
    #expect(annotations.contains("::violated, waived: "))
    #expect(!annotations.contains("::error "))
  }

  @Test func aSARIFResultStaysAndIsSuppressed() throws {
    let results = try Self.results(Self.run(Self.list()))
    let violated = try #require(results.first { $0["ruleId"] as? String == "instant-revocation" })
    #expect(violated["kind"] as? String == "fail")
    let suppression = try #require((violated["suppressions"] as? [[String: String]])?.first)
    #expect(suppression["kind"] == "external")
    #expect(suppression["status"] == "accepted")
    #expect(suppression["justification"]?.hasPrefix(Self.words) == true)
    // All results of a run have the property, or none has.
    #expect(results.allSatisfy { $0["suppressions"] != nil })
    #expect(try Self.results(Self.run(nil)).allSatisfy { $0["suppressions"] == nil })
  }

  @Test func anExpiredWaiverSuppressesNothingAndFails() throws {
    let run = try Self.run(Self.list(expires: "2029-12-30"))
    #expect(run.exitStatus == .violated)
    let violated = try #require(
      try Self.results(run).first { $0["ruleId"] as? String == "instant-revocation" }
    )
    #expect((violated["suppressions"] as? [[String: String]])?.first?["status"] == "rejected")
    let texts = try Self.written(run, ["junit.xml", "summary.md", "report.html"])
    #expect(texts[0].contains("<failure type=\"waiver\""))
    #expect(texts.allSatisfy { $0.contains("expired on 2029-12-30") })
  }

  @Test func aWaiverThatIsNoLongerNeededFailsEverywhere() throws {
    var list = Self.list()
    list.waivers[0].scenario = SampleRun.files[1]
    let run = try Self.run(list)
    #expect(run.waivers.map(\.state) == [.stale])
    let texts = try Self.written(run, ["junit.xml", "summary.md", "report.html", "results.sarif"])
    #expect(texts[0].contains("<failure type=\"waiver\""))
    #expect(texts.allSatisfy { $0.contains("is no longer needed") })
  }

  @Test func theFileIsInTheReport() throws {
    #expect(try Self.written(Self.run(Self.list()), ["waivers.yaml"]) == ["waivers: []\n"])
  }

  private static func results(_ run: RunResult) throws -> [[String: Any]] {
    let text = try written(run, ["results.sarif"])[0]
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let runs = try #require(document?["runs"] as? [[String: Any]])
    return try #require(runs.first?["results"] as? [[String: Any]])
  }
}

/// How results stand to an earlier report.
@Suite struct BaselineTests {
  @Test func everyResultHasAStateAndWhatIsAbsentIsListed() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    let old = folder.parent.appending(path: "old", directoryHint: .isDirectory)
    try folder.write(SampleRun.run(), to: old)
    var run = try SampleRun.run()
    let index = try #require(
      run.scenarios[0].findings.firstIndex { $0.guarantee == "instant-revocation" }
    )
    run.scenarios[0].findings[index].finding.verdict = .held
    let gone = run.scenarios.remove(at: 1)
    try folder.write(run, baseline: ReportSnapshot(at: old))
    let document = try JSONDecoder().decode(
      Document.self,
      from: Data(contentsOf: folder.place.appending(path: "results.sarif"))
    )
    let results = document.runs[0].results
    func states(_ rule: String, _ file: String) -> [String?] {
      results.filter {
        $0.ruleId == rule
          && $0.partialFingerprints.values.contains { $0.contains(file) }
      }.map(\.baselineState)
    }
    #expect(states("instant-revocation", run.scenarios[0].file) == ["updated"])
    #expect(states("direct-billing", gone.file) == ["absent"])
    #expect(results.allSatisfy { $0.baselineState != nil })
    #expect(results.contains { $0.baselineState == "unchanged" })
    #expect(try folder.text("changes.md").contains("### Fixed"))
    #expect(try folder.text("changes.json").contains("\"fixed\" : 1"))
    try folder.write(run)
    #expect(try !folder.text("results.sarif").contains("baselineState"))
  }

  private struct Document: Decodable { var runs: [Run] }
  private struct Run: Decodable { var results: [Result] }
  private struct Result: Decodable {
    var ruleId: String
    var baselineState: String?
    var partialFingerprints: [String: String]
  }
}
