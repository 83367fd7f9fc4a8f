import ArgumentParser
import Evidence
import Foundation
import Guarantees
import Reporting
import Rogues

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Makes one report of the parts of a run ('keyproof run --shard 2/8').",
    discussion: """
      Each part is verified first. Refused unless all of them are there, each once, with the same
      seed, challenge, version, promises, waivers and scenarios. report.json and the evidence are
      then those of the run that was not split. Exit codes: those of 'run'; 65 refused.
      """
  )

  @Argument(help: "The reports of all parts, in any order.")
  var directories: [String]

  @Option(help: "Where the report goes (default: a new folder under Reports/).")
  var report: String?

  @Option(
    name: .customLong("signing-key"),
    help: "The Ed25519 key to sign with (default: one of your own, made on first use)."
  )
  var signingKey: String?

  @Option(help: "An earlier report, or its report.json, to say what has changed since.")
  var baseline: String?

  func run() throws {
    let terminal = Terminal()
    let baseline = try baseline.map { try DiffCommand.snapshot($0, terminal) }
    let place = try ReportPlace(report)
    let key = try SigningKeyPlace(signingKey).key(terminal: terminal)
    let merged: ShardMerger.Merged
    do {
      merged = try ShardMerger(
        catalogue: Catalogue.guarantees,
        knownVendors: Vendor.all.map(\.name)
      ).merge(directories.map { URL(fileURLWithPath: $0) })
    } catch let refusal as MergeRefusal {
      terminal.error("not merged: \(refusal)")
      throw ExitCode(ExitStatus.badScenario.rawValue)
    }
    let staged = try place.stage()
    do {
      try merged.copyLogs(into: staged)
    } catch {
      staged.discard()
      throw error
    }
    try place.write(
      merged.run,
      machine: merged.machine,
      guard: Self.artefactGuard,
      signedBy: key,
      baseline: baseline,
      mergedFrom: merged.shards,
      into: staged
    )
    try terminal.tell(merged.run, at: place, baseline: baseline)
    throw ExitCode(merged.run.exitStatus.rawValue)
  }

  /// Whoever merges knows no key of the runs. Each part was searched for its own before it was
  /// written; here anything that looks like a key or a marker is enough to stop.
  private static let artefactGuard = ArtefactGuard { _, bytes in
    let isLeaking = bytes.withUnsafeBytes {
      MockKeySearch.isFound($0) || CanarySearch.isFound(in: $0)
    }
    if isLeaking { throw KeyInArtefact() }
  }
}
