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
  /// - Parameter baseline: an earlier report, for what says how this one stands to it; no verdict
  ///   and no exit code knows it.
  /// - Parameter shards: of a merged report the statements of its parts.
  /// - Throws: `ReportFailure`. Nothing is left behind then, and an earlier report is as it was.
  package func write(
    _ run: RunResult,
    catalogue: [Guarantee],
    machine: MachineFacts,
    guard artefactGuard: ArtefactGuard,
    signedBy key: SigningKey,
    baseline: ReportSnapshot? = nil,
    mergedFrom shards: [ShardStatement] = [],
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
      try addLogs(digest.scenarios.compactMap(\.evidenceName), staged, artefactGuard, &subjects)
      for input in digest.inputs { try put("inputs/\(input.path)", Data(input.text.utf8)) }
      if let waivers = run.waiverList {
        try put(RunDigest.waiverFile, Data(waivers.text.utf8))
      }
      for (name, bytes) in try digest.reproducibleArtefacts() where name != StagedReport.reportFile
      {
        try put(name, bytes)
      }
      let sarif = SARIFDocument(digest: digest, machine: machine, baseline: baseline)
      try put("results.sarif", JSONBytes.encode(sarif))
      try put("machine.json", JSONBytes.encode(MachineDocument(machine, digest: digest)))
      let report = try JSONBytes.encode(ReportDocument(digest: digest))
      if let baseline {
        let comparison = ReportComparison(from: baseline, to: try ReportSnapshot(report))
        try put(ComparisonDocument.file, ComparisonDocument(comparison).encoded())
        try put(ComparisonText.file, Data(ComparisonText(comparison).markdown.utf8))
      }
      try put(StagedReport.reportFile, report)
      for shard in shards {
        for (name, bytes) in shard.files {
          try artefactGuard.check(name, shard.payload)
          try put(name, bytes)
        }
      }
      // Last, since it lists the digests of all others.
      let page = ReportPage(
        digest: digest,
        machine: machine,
        signer: key.verifying.id,
        digests: subjects.digests
      )
      try put("report.html", Data(page.render().utf8))
      let attestations = Attestations(digest: digest, subjects: subjects, mergedFrom: shards)
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

  private func addLogs(
    _ names: [String],
    _ staged: StagedReport,
    _ artefactGuard: ArtefactGuard,
    _ subjects: inout AttestedFiles
  ) throws {
    let digests = concurrentMap(names) { name in
      Result { try digestOfLog(name, staged, artefactGuard) }
    }
    for (name, digest) in zip(names, digests) { subjects.add(name, digest: try digest.get()) }
  }

  /// Searches a log, too. A piece at a time: no find reaches from one line into the next, since the
  /// digests of the chain stand between them.
  private func digestOfLog(
    _ name: String,
    _ staged: StagedReport,
    _ artefactGuard: ArtefactGuard
  ) throws -> String {
    var digest = SHA256Text()
    try staged.readLog(name) { piece in
      try artefactGuard.check(name, piece)
      digest.add(piece)
    }
    return digest.text
  }
}

extension RunDigest {
  /// What follows from the evidence and the scenario files alone, by the names of the files: the
  /// same for whoever works it out.
  func reproducibleArtefacts() throws -> [(name: String, bytes: Data)] {
    try (LatencyDocument(run).map { [(LatencyDocument.file, try JSONBytes.encode($0))] } ?? []) + [
      (BundledCatalogue.file, try JSONBytes.encode(BundledCatalogue(catalogue))),
      ("junit.xml", Data(JUnitDocument(digest: self).text.utf8)),
      ("summary.md", Data(MarkdownSummary(digest: self).text.utf8)),
      (StagedReport.reportFile, try JSONBytes.encode(ReportDocument(digest: self))),
    ]
  }
}
