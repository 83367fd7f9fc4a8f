import Evidence
import Foundation
import Guarantees
import Worlds

@testable import Reporting

/// A temporary place for the reports of one test.
struct ReportFolder {
  let parent: URL

  init() throws {
    parent = FileManager.default.temporaryDirectory
      .appending(path: "reporting-tests-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
  }

  var place: URL { parent.appending(path: "report", directoryHint: .isDirectory) }

  func remove() {
    try? FileManager.default.removeItem(at: parent)
  }

  /// Everything in the parent, hidden files included.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: parent.path).sorted()
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: place.appending(path: name)), as: UTF8.self)
  }

  func write(
    _ run: RunResult,
    to directory: URL? = nil,
    startedAt: Int64 = 1_790_000_000,
    planted: String = "",
    baseline: ReportSnapshot? = nil,
    mergedFrom shards: [ShardStatement] = [],
    scan: @escaping @Sendable (String, Data) throws -> Void = { _, _ in }
  ) throws {
    let machine = MachineFacts(
      startedAt: Timestamp(unixSeconds: startedAt),
      endedAt: Timestamp(unixSeconds: startedAt + 4),
      operatingSystem: "Linux" + planted,
      processors: 2,
      toolVersion: "0.1.0",
      paces: [.init(file: "Scenarios/\(SampleRun.files[0])", wall: .milliseconds(200))]
    )
    let staged = try StagedReport(for: directory ?? place)
    try ReportWriter().write(
      try sealed(run, in: staged),
      catalogue: SampleRun.catalogue(planted: planted),
      machine: machine,
      guard: ArtefactGuard(scan: scan),
      signedBy: Self.key,
      baseline: baseline,
      mergedFrom: shards,
      into: staged
    )
  }

  static let key = SigningKey()

  /// The run with the log of each played story in its place, as the conductor leaves it.
  func sealed(_ run: RunResult, in staged: StagedReport) throws -> RunResult {
    var run = run
    var names = EvidenceNames()
    for index in run.scenarios.indices {
      let scenario = run.scenarios[index]
      let name = names.name(file: scenario.file, family: scenario.family)
      guard scenario.ending == .played, let history = scenario.history else { continue }
      run.scenarios[index].seal = try EvidenceFile(at: staged.evidenceFile(name)).finish(history)
    }
    return run
  }
}
