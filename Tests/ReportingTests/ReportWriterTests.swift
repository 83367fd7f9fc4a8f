import Evidence
import Foundation
import Guarantees
import Reporting
import Testing

@Suite struct ReportWriterTests {
  @Test func writesEveryArtefactAndNothingElse() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try folder.write(SampleRun.run())
    #expect(try folder.names() == ["report"])
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.place.path).sorted()
    #expect(
      files == [
        "attestations", "catalogue.json", "evidence", "junit.xml", "machine.json", "report.html",
        "report.json", "results.sarif", "summary.md",
      ]
    )
    let evidence = try FileManager.default
      .contentsOfDirectory(atPath: folder.place.appending(path: "evidence").path).sorted()
    #expect(
      evidence == [
        "controls-fallback.jsonl", "leakage-injected-instruction.jsonl",
        "revocation-deleted-under-traffic.jsonl", "revocation-honest.jsonl",
        "rotation-two-years.jsonl",
      ]
    )
    let log = try Data(
      contentsOf: folder.place.appending(path: "evidence/rotation-two-years.jsonl")
    )
    #expect(try EvidenceLog.read(log).facts.scenario == "Quarterly rotation over two years")
  }

  @Test func sameRunGivesSameBytesWhateverTheClock() throws {
    let first = try ReportFolder()
    let second = try ReportFolder()
    defer {
      first.remove()
      second.remove()
    }
    try first.write(SampleRun.run(), startedAt: 1_790_000_000)
    try second.write(SampleRun.run(), startedAt: 1_800_000_000)
    for name in ["report.json", "junit.xml"] {
      #expect(try first.text(name) == second.text(name))
    }
    #expect(try first.text("machine.json") != second.text("machine.json"))
  }

  @Test(arguments: [
    "report.html", "report.json", "junit.xml", "machine.json", "evidence/rotation-two-years.jsonl",
    "results.sarif", "summary.md", "catalogue.json", "attestations/test-result.dsse.json",
    "attestations/verdicts.dsse.json", "attestations/signer.pem",
  ])
  func aKeyInAnArtefactHoldsTheReportBack(name: String) throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    #expect(throws: ReportFailure.keyFound(file: name)) {
      try folder.write(SampleRun.run()) { file, _ in
        if file == name { throw Leak(value: "sk-proj-mock-value") }
      }
    }
    #expect(try folder.names().isEmpty)
    #expect(!"\(ReportFailure.keyFound(file: name))".contains("sk-proj"))
  }

  @Test func aFailureLeavesTheEarlierReportAlone() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try folder.write(SampleRun.run())
    let before = try folder.text("report.html")
    #expect(throws: ReportFailure.self) {
      try folder.write(SampleRun.run(), startedAt: 1_800_000_000) { file, _ in
        if file == "report.json" { throw Leak(value: "x") }
      }
    }
    #expect(try folder.text("report.html") == before)
    #expect(try folder.names() == ["report"])
  }

  @Test func anEarlierReportGivesWay() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try folder.write(SampleRun.run(), startedAt: 1_790_000_000)
    let before = try folder.text("machine.json")
    try folder.write(SampleRun.run(), startedAt: 1_800_000_000)
    #expect(try folder.text("machine.json") != before)
    #expect(try folder.names() == ["report"])
  }

  /// Between the two steps of that, too: whoever is killed there leaves the earlier one aside.
  @Test func anEarlierReportThatWasLeftAsideComesBack() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try folder.write(SampleRun.run())
    let before = try folder.text("report.html")
    let aside = folder.parent.appending(path: ".report.incomplete.old")
    try FileManager.default.moveItem(at: folder.place, to: aside)
    #expect(throws: ReportFailure.self) {
      try folder.write(SampleRun.run(), startedAt: 1_800_000_000) { _, _ in throw Leak(value: "") }
    }
    #expect(try folder.text("report.html") == before)
    try FileManager.default.copyItem(at: folder.place, to: aside)
    try folder.write(SampleRun.run(), startedAt: 1_800_000_000)
    #expect(try folder.text("report.html") != before)
    #expect(try folder.names() == ["report"])
  }

  @Test func somethingElseIsNeverReplaced() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try FileManager.default.createDirectory(at: folder.place, withIntermediateDirectories: true)
    let letter = folder.place.appending(path: "letter.txt")
    try Data("dear".utf8).write(to: letter)
    #expect(throws: ReportFailure.occupied(path: folder.place.path)) {
      try folder.write(SampleRun.run())
    }
    #expect(try Data(contentsOf: letter) == Data("dear".utf8))
    #expect(try folder.names() == ["report"])
  }

  @Test func anUnwritablePlaceIsNamed() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    let file = folder.parent.appending(path: "file")
    try Data().write(to: file)
    let place = file.appending(path: "report")
    let failure = try #require(throws: ReportFailure.self) {
      try folder.write(SampleRun.run(), to: place)
    }
    guard case .unwritable(let path, let reason) = failure else {
      Issue.record("not the failure of an unwritable place: \(failure)")
      return
    }
    #expect(path == place.path)
    #expect(!reason.isEmpty)
    #expect(try folder.names() == ["file"])
  }

  @Test func theLatestLinkIsSwapped() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    let link = folder.parent.appending(path: "latest")
    for name in ["one", "two"] {
      let report = folder.parent.appending(path: name, directoryHint: .isDirectory)
      try folder.write(SampleRun.run(), to: report)
      try LatestLink(at: link).point(to: report)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == name)
    }
    #expect(try folder.names() == ["latest", "one", "two"])
  }

  @Test func theLatestLinkReplacesNoFolder() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    #expect(throws: ReportFailure.occupied(path: folder.parent.path)) {
      try LatestLink(at: folder.parent).point(to: folder.place)
    }
  }

  private struct Leak: Error {
    var value: String
  }
}
