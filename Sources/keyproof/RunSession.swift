import ChatPlatforms
import Conductor
import Evidence
import Foundation
import Guarantees
import Reporting
import Rogues
import ScenarioFiles
import Synchronization
import Worlds

/// One run from its parts to its report.
struct RunSession {
  let parts: [LibraryRun.Part]
  let seed: UInt64
  let challenge: String?
  let vendor: Vendor
  let library: String?
  let jobs: Int
  let allowInconclusive: Set<String>
  let waivers: WaiverList?
  let baseline: ReportSnapshot?
  let shard: Shard?
  let terminal: Terminal
  let workspace: Workspace
  let interruption: Interruption
  let calibration: CalibrationScore?
  let key: SigningKey

  func play(writingTo place: ReportPlace) async throws -> ExitStatus {
    let startedAt = Self.wallClock
    let judge = Judge(allowedInconclusive: allowInconclusive, waivers: waivers)
    let keys = try await IssuerKeys.make()
    var settings = RunSettings(
      seed: seed,
      vendor: vendor,
      vendors: Vendor.all,
      issuerKeys: keys,
      directory: workspace.directory,
      program: FileManager.default.isExecutableFile(atPath: "/proc/self/exe")
        ? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath() : nil
    )
    settings.library = library
    settings.challenge = challenge
    let staged = try stage(place)
    let total = parts.count { $0.leftOut == nil }
    let progress = Progress(total: total, terminal: terminal)
    let logs = evidenceFiles(in: staged)
    let (results, paces) = await LibraryRun(
      settings: settings,
      judge: judge,
      jobs: jobs,
      evidence: { logs[$0] }
    ).play(parts) { result, wall in progress.finished(result, wall: wall) }
    var run = judge.run(
      subject: Self.subject(of: vendor),
      seed: seed,
      challenge: challenge,
      scenarios: results,
      calibration: calibration
    )
    run.toolVersion = ToolVersion.text
    run.shard = shard
    let machine = MachineFacts(
      startedAt: startedAt,
      endedAt: Self.wallClock,
      operatingSystem: ProcessInfo.processInfo.operatingSystemVersionString,
      processors: ProcessInfo.processInfo.activeProcessorCount,
      toolVersion: ToolVersion.text,
      paces: paces.map { .init(file: $0.file, wall: $0.wall) }
    )
    let artefactGuard = ArtefactGuard { [keys = settings.keys] _, bytes in
      if keys.isFound(in: bytes) || bytes.withUnsafeBytes(CanarySearch.isFound) {
        throw KeyInArtefact()
      }
    }
    try interruption.shielding {
      try place.write(
        run,
        machine: machine,
        guard: artefactGuard,
        signedBy: key,
        baseline: baseline,
        into: staged
      )
    }
    try terminal.tell(run, at: place, baseline: baseline)
    return run.exitStatus
  }

  /// The folder that evidence goes into from now on, with a note of what it is.
  private func stage(_ place: ReportPlace) throws -> StagedReport {
    let staged = try place.stage()
    do {
      try staged.mark(
        subject: Self.subject(of: vendor),
        seed: seed,
        challenge: challenge,
        version: ToolVersion.text
      )
    } catch {
      staged.discard()
      throw error
    }
    interruption.keeps(staged.directory)
    return staged
  }

  /// Where each part's log goes, in the order of the parts.
  private func evidenceFiles(in staged: StagedReport) -> [URL] {
    var names = EvidenceNames()
    return parts.map { part in
      staged.evidenceFile(names.name(file: part.scenario.file, family: part.scenario.family))
    }
  }

  /// What the report speaks of, so that no reader takes it for more.
  private static func subject(of vendor: Vendor) -> String {
    vendor.name == Vendor.honest.name
      ? "the reference orchestrator of this build, and no other product"
      : "the vendor '\(vendor.name)' made of this build's reference orchestrator, "
        + "and no other product"
  }

  static var wallClock: Timestamp {
    Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000) * 1_000_000)
  }
}

/// Stops a report that would carry a key or a marker.
struct KeyInArtefact: Error {}

/// Prints a line as each scenario ends.
final class Progress: Sendable {
  private let finishedCount = Mutex(0)
  private let total: Int
  private let terminal: Terminal

  init(total: Int, terminal: Terminal) {
    self.total = total
    self.terminal = terminal
  }

  func finished(_ result: ScenarioResult, wall: Duration) {
    if case .notRun = result.ending { return }
    let number = finishedCount.withLock { count in
      count += 1
      return count
    }
    terminal.print(
      ProgressLine(layout: terminal.layout).text(
        for: result,
        number: number,
        of: total,
        wall: wall
      )
    )
  }
}
