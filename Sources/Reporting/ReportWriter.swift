package import Foundation
package import Guarantees

/// Writes the folder of a report: whole, or not at all.
package struct ReportWriter: Sendable {
  package init() {}

  /// - Throws: `ReportFailure` when something stands at the place that no report may replace.
  package static func check(_ directory: URL) throws {
    try StagedDirectory.checkReplaceable(directory.standardizedFileURL)
  }

  /// Writes `report.json`, `machine.json`, `junit.xml`, `results.sarif`, `summary.md`,
  /// `report.html` and the evidence of each played scenario. They are made beside the directory,
  /// looked through by the guard, and renamed into place together; a report that stands there
  /// already is replaced.
  ///
  /// - Parameters:
  ///   - evidence: gives the bytes of the evidence log of a played scenario.
  ///   - directory: where the report will stand.
  /// - Throws: `ReportFailure`, or what `evidence` throws. Nothing is left behind then, and an
  ///   earlier report is as it was.
  package func write(
    _ run: RunResult,
    catalogue: [Guarantee],
    machine: MachineFacts,
    guard artefactGuard: ArtefactGuard,
    to directory: URL,
    evidence: (ScenarioResult) throws -> Data
  ) throws {
    let digest = RunDigest(run: run, catalogue: catalogue)
    let staged = try StagedDirectory(for: directory)
    do {
      func put(_ name: String, _ bytes: Data) throws {
        try artefactGuard.check(name, bytes)
        try staged.write(bytes, to: name)
      }
      for scenario in digest.scenarios {
        guard let name = scenario.evidenceName else { continue }
        try put(name, evidence(scenario.result))
      }
      try put("junit.xml", Data(JUnitDocument(digest: digest).text.utf8))
      try put("results.sarif", JSONBytes.encode(SARIFDocument(digest: digest, machine: machine)))
      try put("summary.md", Data(MarkdownSummary(digest: digest).text.utf8))
      try put("machine.json", JSONBytes.encode(MachineDocument(machine, digest: digest)))
      try put("report.html", Data(ReportPage(digest: digest, machine: machine).render().utf8))
      try put(StagedDirectory.reportFile, JSONBytes.encode(ReportDocument(digest: digest)))
      try staged.commit()
    } catch {
      staged.discard()
      throw error
    }
  }
}
