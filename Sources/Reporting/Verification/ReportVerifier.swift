import Evidence
package import Foundation
package import Guarantees
import ScenarioFiles

/// Checks a report's folder: every digest, the chain of each log, the signatures, and each verdict,
/// worked out anew by the checkers of this program.
package struct ReportVerifier {
  /// What was checked of a report that fits.
  package struct Account: Sendable {
    package var answer: String
    package var signer: String
    /// Whether the signer's key came from elsewhere than from the report itself.
    package var isSignerKnown: Bool
    package var files: Int
    package var logs: Int
    package var events: Int
    package var verdicts: Int
    package var challenge: String?
    package var seed: UInt64
    /// Of a merged report its parts, each with the id of the key that signed it.
    package var shards: [(shard: String, signer: String)]
    /// The report, worked out anew.
    package var run: RunResult
  }

  private let folder: BundleFolder
  private let judge: @Sendable (Set<String>) -> Judge
  private let catalogue: [Guarantee]
  private let knownVendors: [String]
  private let key: VerifyingKey?

  /// - Parameter key: the signer's, from elsewhere; nil takes the one that the report brings.
  package init(
    _ directory: URL,
    catalogue: [Guarantee],
    knownVendors: [String],
    key: VerifyingKey? = nil
  ) {
    folder = BundleFolder(directory)
    self.catalogue = catalogue
    judge = { Judge(guarantees: catalogue, allowedInconclusive: $0) }
    self.knownVendors = knownVendors
    self.key = key
  }

  /// - Throws: `Misfit` with the first thing that does not fit; `IncompleteReport`.
  package func verify() throws -> Account {
    try refuseIncomplete()
    let stated = try statedReport()
    let signer = try signer()
    let files = try folder.attestedFiles()
    try checkDigests(files, signer: signer)
    let run = try recomputed(stated)
    let shards = try ShardStatement.all(in: folder)
    try ShardStatement.check(shards, against: files, of: run)
    let digest = RunDigest(run: run, catalogue: catalogue)
    try compareArtefacts(digest)
    try compareStatements(digest, shards, files: files, signer: signer)
    return Account(
      answer: digest.answer,
      signer: signer.id,
      isSignerKnown: key != nil,
      files: files.digests.count,
      logs: run.scenarios.count { $0.seal != nil },
      events: run.scenarios.reduce(0) { $0 + ($1.history?.events.count ?? 0) },
      verdicts: run.scenarios.reduce(0) { $0 + $1.findings.count },
      challenge: run.challenge,
      seed: run.seed,
      shards: shards.map { ("\($0.shard)", $0.signer) },
      run: run
    )
  }

  private func statedReport() throws -> StatedReport {
    let stated: StatedReport = try folder.decode(StagedReport.reportFile)
    guard stated.format == ReportDocument.format else {
      throw Misfit(
        StagedReport.reportFile,
        "its format is \(PlainText.line(stated.format, limit: 40)), and this program reads "
          + ReportDocument.format
      )
    }
    return stated
  }

  private func signer() throws -> VerifyingKey {
    if let key { return key }
    do {
      return try VerifyingKey(pem: folder.read(Attestations.signerFile))
    } catch is SigningKeyError {
      throw Misfit(Attestations.signerFile, "it holds no Ed25519 key")
    }
  }

  /// Every file is one that the signed statements name, with its digest, and none of those is
  /// missing.
  private func checkDigests(_ files: AttestedFiles, signer: VerifyingKey) throws {
    for name in [Attestations.testResultFile, Attestations.verdictsFile] {
      let payload = try payload(of: name, signer: signer)
      guard let statement = try? JSONDecoder().decode(StatedSubjects.self, from: payload) else {
        throw Misfit(name, "its payload is no in-toto statement")
      }
      var missing = Set(files.digests.keys)
      for subject in statement.subject {
        guard missing.remove(subject.name) != nil else {
          throw Misfit(PlainText.line(subject.name, limit: 200), "it is signed for, and not there")
        }
        guard subject.digest["sha256"] == files.digests[subject.name] else {
          throw Misfit(subject.name, "its digest is not the one that was signed in \(name)")
        }
      }
      if let stranger = missing.min() { throw Misfit(stranger, "nobody signed for it in \(name)") }
    }
  }

  private struct StatedSubjects: Decodable {
    var subject: [ResourceDescriptor]
  }

  private func payload(of name: String, signer: VerifyingKey) throws -> Data {
    let envelope: Envelope = try folder.decode(name)
    do {
      return try envelope.payload(signedBy: signer)
    } catch {
      throw Misfit(name, "\(error)")
    }
  }

  private func recomputed(_ stated: StatedReport) throws -> RunResult {
    guard let seed = UInt64(stated.seed) else {
      throw Misfit(StagedReport.reportFile, "its seed is no number")
    }
    var judge = judge(Set(stated.allowedInconclusive))
    judge.waivers = try waivers(stated)
    let maker = ResultMaker(
      folder: folder,
      judge: judge,
      files: BundledScenarios(
        of: folder.directory,
        knownGuarantees: catalogue.map(\.id),
        knownVendors: knownVendors
      )
    )
    var run = judge.run(
      subject: stated.subject,
      seed: seed,
      challenge: stated.challenge,
      scenarios: try stated.scenarios.map(maker.result),
      calibration: stated.calibration
    )
    run.toolVersion = stated.toolVersion
    if let shard = stated.shard {
      run.shard = Shard(shard)
      guard run.shard != nil else {
        throw Misfit(StagedReport.reportFile, "its shard is none")
      }
    }
    return run
  }

  /// The waivers as their own file in the report says them.
  private func waivers(_ stated: StatedReport) throws -> WaiverList? {
    guard let waivers = stated.waivers else { return nil }
    let name = RunDigest.waiverFile
    let file = WaiverFile(
      text: String(decoding: try folder.read(name), as: UTF8.self),
      path: name,
      knownGuarantees: waivers.entries.map(\.guarantee),
      knownScenarios: waivers.entries.map(\.scenario)
    )
    guard !file.hasErrors else {
      let why = file.diagnostics.first.map { PlainText.line($0.message, limit: 200) } ?? ""
      throw Misfit(name, "it cannot be read as a file of waivers: \(why)")
    }
    return WaiverList(file, day: waivers.judgedOn)
  }

  private func compareArtefacts(_ digest: RunDigest) throws {
    // The report first: it names what the others only follow from.
    for (name, bytes) in try digest.reproducibleArtefacts().reversed() {
      let present = try folder.read(name)
      guard present != bytes else { continue }
      throw Misfit(name, JSONDifference.words(stated: present, recomputed: bytes))
    }
  }

  private func compareStatements(
    _ digest: RunDigest,
    _ shards: [ShardStatement],
    files: AttestedFiles,
    signer: VerifyingKey
  ) throws {
    let attestations = Attestations(digest: digest, subjects: files, mergedFrom: shards)
    for (name, expected) in try attestations.payloads() {
      let payload = try payload(of: name, signer: signer)
      guard payload != expected else { continue }
      throw Misfit(name, JSONDifference.words(stated: payload, recomputed: expected))
    }
  }

  private func refuseIncomplete() throws {
    guard folder.has(StagedReport.incompleteFile) else { return }
    throw try folder.incompleteReport()
  }
}

/// The first thing in a report that does not fit.
package struct Misfit: Error, Equatable, CustomStringConvertible {
  /// The file.
  package var place: String
  package var what: String

  package init(_ place: String, _ what: String) {
    self.place = place
    self.what = what
  }

  package var description: String { "\(place): \(what)" }
}

/// A run that was ended before its report was written: what there is of its evidence.
package struct IncompleteReport: Error {
  package var subject: String
  package var seed: String
  /// Each log with the number of events that are valid, and whether the story was over.
  package var logs: [(name: String, events: Int, isComplete: Bool)]
}
