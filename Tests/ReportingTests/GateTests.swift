import Evidence
import Foundation
import Guarantees
import Secrets
import Synchronization
import Testing

@testable import Reporting

/// A leak planted in each kind of artefact holds the whole report back.
@Suite struct GateTests {
  private static let key = "sk-proj-mock-" + String(repeating: "Aa9Zz0", count: 16)
  private static let marker = CanarySearch.marker(.question, digits: "00112233445566778899")

  /// An artefact of each kind that a report can have.
  static let files = [
    "report.html", "report.json", "junit.xml", "results.sarif", "summary.md", "machine.json",
    "catalogue.json", "inputs/outside/story.yaml", "evidence/rotation-two-years.jsonl",
    "attestations/verdicts.dsse.json", "attestations/test-result.dsse.json", "waivers.yaml",
    "changes.json", "changes.md", "latency.json", "shards/1-of-2.dsse.json",
  ]
  /// Made of a public key alone, or read as one: there is no room in them for anything else.
  private static let keyFiles = ["attestations/signer.pem", "shards/1-of-2.pem"]

  @Test(arguments: files, [key, marker, Data(key.utf8).base64EncodedString()])
  func aLeakInAnArtefactHoldsTheReportBack(file: String, value: String) throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    let scanner = SurfaceScanner()
    scanner.add(Secret(Self.key), fingerprint: Fingerprint("a1"))
    #expect(throws: ReportFailure.keyFound(file: file)) {
      try Self.write(in: folder, planting: value) { name, bytes in
        // Only this one is looked at, so that no other one stops the report.
        let isLeaking =
          bytes.withUnsafeBytes { !scanner.scanForKeys($0).isEmpty }
          || bytes.withUnsafeBytes(CanarySearch.isFound)
        if name == file, isLeaking { throw Leak() }
      }
    }
    #expect(try folder.names() == [Self.part])
    #expect(!"\(ReportFailure.keyFound(file: file))".contains(value))
  }

  /// What is in no list above, or reaches the folder unseen, fails here.
  @Test func everyKindOfArtefactIsSearchedAndHasALeakPlanted() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    let seen = Mutex<Set<String>>([])
    try Self.write(in: folder, planting: "nothing") { name, _ in
      _ = seen.withLock { $0.insert(name) }
    }
    let searched = seen.withLock { $0 }
    let written = try FileManager.default.subpathsOfDirectory(atPath: folder.place.path)
      .filter { name in
        var isDirectory: ObjCBool = false
        let path = folder.place.appending(path: name).path
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
          && !isDirectory.boolValue
      }
    #expect(searched == Set(written))
    #expect(Set(written.map(Self.kind)) == Set((Self.files + Self.keyFiles).map(Self.kind)))
  }

  /// Logs, inputs and statements of shards are many of one kind.
  private static func kind(of file: String) -> String {
    let folders = ["evidence/", "inputs/", "shards/"]
    guard let folder = folders.first(where: file.hasPrefix) else { return file }
    return folder + (file.split(separator: ".").last ?? "")
  }

  /// Where a part of a run stands that the report is merged from.
  private static let part = "part"

  /// Writes a report that has an artefact of each kind, with the value in all of them.
  private static func write(
    in folder: ReportFolder,
    planting value: String,
    scan: @escaping @Sendable (String, Data) throws -> Void
  ) throws {
    var run = try SampleRun.run()
    run.subject += " \(value)"
    run.guarantees.append(
      GuaranteeVerdict(guarantee: value, verdict: .held, sentence: "", scenarios: [])
    )
    for index in run.scenarios.indices {
      run.scenarios[index].replay += " \(value)"
      run.scenarios[index].title += " \(value)"
      run.scenarios[index].inputs = [InputFile(path: "outside/story.yaml", text: value)]
      run.scenarios[index].history?.facts.vendor = value
    }
    run.scenarios[2].file += " \(value)"
    run.scenarios[2].history?.events.append(SampleRun.latencyPair)
    run.waiverList = WaiverList(text: "# \(value)", day: "", waivers: [])
    let baseline = try ReportSnapshot(report(of: run))
    let place = folder.parent.appending(path: part, directoryHint: .isDirectory)
    run.shard = Shard(1, of: 2)
    try folder.write(run, to: place)
    run.shard = nil
    // What is not as it was is told with its sentences.
    run.subject += " \(value)"
    run.scenarios.removeFirst()
    try folder.write(
      run,
      planted: value,
      baseline: baseline,
      mergedFrom: [ShardStatement(ofPart: BundleFolder(place))],
      scan: scan
    )
  }

  /// The `report.json` of a run.
  private static func report(of run: RunResult) throws -> Data {
    try JSONBytes.encode(
      ReportDocument(digest: RunDigest(run: run, catalogue: SampleRun.catalogue()))
    )
  }

  private struct Leak: Error {}
}
