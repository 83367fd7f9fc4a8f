package import Foundation
package import Guarantees

/// Writes the folder of a report: whole, or not at all.
package struct ReportWriter: Sendable {
  package init() {}

  /// - Throws: `ReportFailure` when something stands at the place that no report may replace.
  package static func check(_ directory: URL) throws {
    try StagedReport.checkReplaceable(directory.standardizedFileURL)
  }

  /// Writes every artefact beside the evidence that stands in the folder already, has the guard
  /// look through all of them, signs them, and puts the folder into its place; a report that stands
  /// there already is replaced.
  ///
  /// - Throws: `ReportFailure`. Nothing is left behind then, and an earlier report is as it was.
  package func write(
    _ run: RunResult,
    catalogue: [Guarantee],
    machine: MachineFacts,
    guard artefactGuard: ArtefactGuard,
    signedBy key: SigningKey,
    into staged: StagedReport
  ) throws {
    do {
      let digest = RunDigest(run: run, catalogue: catalogue)
      var subjects = AttestedFiles()
      func check(_ name: String, _ bytes: Data) throws {
        try artefactGuard.check(name, bytes)
        subjects.add(name, bytes)
      }
      func put(_ name: String, _ bytes: Data) throws {
        try check(name, bytes)
        try staged.write(bytes, to: name)
      }
      for name in digest.scenarios.compactMap(\.evidenceName) {
        try check(name, staged.read(name))
      }
      for input in digest.inputs { try put("inputs/\(input.path)", Data(input.text.utf8)) }
      for (name, bytes) in try digest.reproducibleArtefacts() where name != StagedReport.reportFile
      {
        try put(name, bytes)
      }
      try put("results.sarif", JSONBytes.encode(SARIFDocument(digest: digest, machine: machine)))
      try put("machine.json", JSONBytes.encode(MachineDocument(machine, digest: digest)))
      try put(StagedReport.reportFile, JSONBytes.encode(ReportDocument(digest: digest)))
      let page = ReportPage(
        digest: digest,
        machine: machine,
        signer: key.verifying.id,
        digests: subjects.digests
      )
      try put("report.html", Data(page.render().utf8))
      let attestations = Attestations(digest: digest, subjects: subjects)
      // Before they are packed into envelopes, and after.
      for (name, payload) in try attestations.payloads() { try artefactGuard.check(name, payload) }
      for (name, bytes) in try attestations.files(signedBy: key) {
        try artefactGuard.check(name, bytes)
        try staged.write(bytes, to: name)
      }
      try staged.commit()
    } catch {
      staged.discard()
      throw error
    }
  }
}

extension RunDigest {
  /// What follows from the evidence and the scenario files alone, by the names of the files: the
  /// same for whoever works it out.
  func reproducibleArtefacts() throws -> [(name: String, bytes: Data)] {
    [
      (BundledCatalogue.file, try JSONBytes.encode(BundledCatalogue(catalogue))),
      ("junit.xml", Data(JUnitDocument(digest: self).text.utf8)),
      ("summary.md", Data(MarkdownSummary(digest: self).text.utf8)),
      (StagedReport.reportFile, try JSONBytes.encode(ReportDocument(digest: self))),
    ]
  }
}
