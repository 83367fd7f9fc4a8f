import Foundation
import Guarantees
import Reporting

/// Where a run's report goes: the folder that the user named, or a new one under `Reports/`.
struct ReportPlace {
  let directory: URL
  private let isNamedByUser: Bool

  /// - Throws: `ReportFailure` when nothing can be written there: said before a long run, not
  ///   after it.
  init(_ given: String?) throws {
    isNamedByUser = given != nil
    directory = URL(fileURLWithPath: given ?? "Reports/\(Self.newName())")
    let parent = directory.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    } catch {
      throw ReportFailure.unwritable(path: directory.path, reason: "no folder can be made there")
    }
    guard FileManager.default.isWritableFile(atPath: parent.path) else {
      throw ReportFailure.unwritable(path: directory.path, reason: "the folder is read-only")
    }
    try ReportWriter.check(directory)
  }

  /// As a person in the working directory would type it.
  var shown: String {
    let here = FileManager.default.currentDirectoryPath + "/"
    let path = directory.path
    return (path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path) + "/report.html"
  }

  /// Makes the folder that the evidence goes into while stories are played.
  ///
  /// - Throws: `ReportFailure`.
  func stage() throws -> StagedReport { try StagedReport(for: directory) }

  func write(
    _ run: RunResult,
    machine: MachineFacts,
    guard artefactGuard: ArtefactGuard,
    signedBy key: SigningKey,
    baseline: ReportSnapshot?,
    mergedFrom shards: [ShardStatement] = [],
    into staged: StagedReport
  ) throws {
    try ReportWriter().write(
      run,
      catalogue: Catalogue.guarantees,
      machine: machine,
      guard: artefactGuard,
      signedBy: key,
      baseline: baseline,
      mergedFrom: shards,
      into: staged
    )
    if !isNamedByUser {
      try LatestLink(at: URL(fileURLWithPath: "Reports/latest")).point(to: directory)
    }
  }

  /// The wall clock and the process: two runs at once do not meet.
  private static func newName() -> String {
    let stamp = Date().ISO8601Format().filter { $0.isNumber || $0 == "T" }
    return "\(stamp)-\(ProcessInfo.processInfo.processIdentifier)"
  }
}
