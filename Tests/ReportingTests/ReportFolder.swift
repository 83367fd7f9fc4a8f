import Foundation
import Guarantees
import Reporting
import Worlds

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
    scan: @escaping @Sendable (String, Data) throws -> Void = { _, _ in }
  ) throws {
    let machine = MachineFacts(
      startedAt: Timestamp(unixSeconds: startedAt),
      endedAt: Timestamp(unixSeconds: startedAt + 4),
      operatingSystem: "Linux",
      processors: 2,
      toolVersion: "0.1.0",
      paces: [.init(file: "Scenarios/\(SampleRun.files[0])", wall: .milliseconds(200))]
    )
    try ReportWriter().write(
      run,
      catalogue: SampleRun.catalogue(),
      machine: machine,
      guard: ArtefactGuard(scan: scan),
      to: directory ?? place
    ) { Data("\($0.file)\n".utf8) }
  }
}
