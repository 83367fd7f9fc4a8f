import Evidence
import Foundation
import Guarantees
import Secrets
import Testing

@testable import Reporting

/// A leak planted in each kind of artefact holds the whole report back.
@Suite struct GateTests {
  private static let key = "sk-proj-mock-" + String(repeating: "Aa9Zz0", count: 16)
  private static let marker = CanarySearch.marker(.question, digits: "00112233445566778899")

  static let files = [
    "report.html", "report.json", "junit.xml", "results.sarif", "summary.md", "machine.json",
    "catalogue.json", "inputs/outside/story.yaml", "evidence/rotation-two-years.jsonl",
    "attestations/verdicts.dsse.json", "waivers.yaml", "changes.json", "changes.md",
  ]

  @Test(arguments: files, [key, marker, Data(key.utf8).base64EncodedString()])
  func aLeakInAnArtefactHoldsTheReportBack(file: String, value: String) throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    let scanner = SurfaceScanner()
    scanner.add(Secret(Self.key), fingerprint: Fingerprint("a1"))
    var run = try SampleRun.run()
    run.subject += " \(value)"
    for index in run.scenarios.indices {
      run.scenarios[index].replay += " \(value)"
      run.scenarios[index].title += " \(value)"
      run.scenarios[index].inputs = [InputFile(path: "outside/story.yaml", text: value)]
      run.scenarios[index].history?.facts.vendor = value
    }
    run.waiverList = WaiverList(text: "# \(value)", day: "", waivers: [])
    let baseline = try ReportSnapshot(Self.report(of: run))
    // What is not as it was is told with its sentences.
    run.subject += " \(value)"
    run.scenarios.removeFirst()
    #expect(throws: ReportFailure.keyFound(file: file)) {
      try folder.write(run, planted: value, baseline: baseline) { name, bytes in
        // Only this one is looked at, so that no other one stops the report.
        let isLeaking =
          bytes.withUnsafeBytes { !scanner.scanForKeys($0).isEmpty }
          || bytes.withUnsafeBytes(CanarySearch.isFound)
        if name == file, isLeaking { throw Leak() }
      }
    }
    #expect(try folder.names().isEmpty)
    #expect(!"\(ReportFailure.keyFound(file: file))".contains(value))
  }

  /// The `report.json` of a run.
  private static func report(of run: RunResult) throws -> Data {
    try JSONBytes.encode(
      ReportDocument(digest: RunDigest(run: run, catalogue: SampleRun.catalogue()))
    )
  }

  private struct Leak: Error {}
}
