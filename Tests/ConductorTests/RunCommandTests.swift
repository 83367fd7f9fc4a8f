import Foundation
import Guarantees
import Testing

/// Where a run's report goes, and that it is there whole or not at all.
@Suite(.serialized, .timeLimit(.minutes(2))) struct RunCommandTests {
  static let planned = "Scenarios/rotation/planned-rotation.yaml"
  static let quick = "Scenarios/revocation/removed-in-the-settings.yaml"
  static let files = [
    "attestations", "catalogue.json", "evidence", "inputs", "junit.xml", "machine.json",
    "report.html", "report.json", "results.sarif", "summary.md",
  ]

  @Test func aRunLeavesAReportAndNothingElse() async throws {
    try await Bench.withDirectory { directory in
      let report = directory.appending(path: "report")
      let outcome = try await keyproof(
        ["run", Self.quick, "--filter", "instant-revocation", "--report", report.path],
        in: directory
      )
      #expect(outcome.status == ExitStatus.held.rawValue, "\(outcome.errors)")
      #expect(outcome.errors.isEmpty)
      #expect(outcome.output.contains("\(report.path)/report.html"))
      #expect(try Self.content(of: report) == Self.files)
      #expect(try Self.content(of: directory) == ["report"])
    }
  }

  @Test func aControlThatBringsOutItsRogueIsNoViolation() async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await keyproof(
        ["run", "Scenarios/controls", "--report", directory.path + "/report"],
        in: directory
      )
      let json = try Data(contentsOf: directory.appending(path: "report/report.json"))
      #expect(String(decoding: json, as: UTF8.self).contains("falls-back-to-own-key"))
      #expect(outcome.status != ExitStatus.violated.rawValue, "\(outcome.output)")
      #expect(outcome.status != ExitStatus.internalError.rawValue, "\(outcome.errors)")
    }
  }

  @Test func aRogueIsAViolation() async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await keyproof(
        ["run", Self.quick, "--vendor", "keeps-removed-key", "--report", directory.path + "/r"],
        in: directory
      )
      #expect(outcome.status == ExitStatus.violated.rawValue)
      #expect(try Self.content(of: directory.appending(path: "r")) == Self.files)
    }
  }

  @Test(arguments: ["plain/report", "plain/deeper/report", "plain"])
  func aReportCannotStandBelowAFile(path: String) async throws {
    try await Bench.withDirectory { directory in
      let plain = directory.appending(path: "plain")
      try Data("mine".utf8).write(to: plain)
      let place = "\(directory.path)/\(path)"
      let outcome = try await keyproof(["run", Self.planned, "--report", place], in: directory)
      #expect(outcome.status == ExitStatus.internalError.rawValue)
      #expect(outcome.errors.hasPrefix("keyproof: error: cannot write the report at \(place): "))
      // Said before anything is played, which may take long.
      #expect(outcome.output.isEmpty)
      #expect(try Self.content(of: directory) == ["plain"])
      #expect(try Data(contentsOf: plain) == Data("mine".utf8))
    }
  }

  @Test func aFolderOfSomethingElseIsLeftAlone() async throws {
    try await Bench.withDirectory { directory in
      let place = directory.appending(path: "holiday", directoryHint: .isDirectory)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try Data("beach".utf8).write(to: place.appending(path: "photo.txt"))
      let outcome = try await keyproof(
        ["run", Self.planned, "--report", place.path],
        in: directory
      )
      #expect(outcome.status == ExitStatus.internalError.rawValue)
      #expect(
        outcome.errors == "keyproof: error: cannot write the report at \(place.path): "
          + "it exists and is no report of Keyproof\n"
      )
      #expect(outcome.output.isEmpty)
      #expect(try Self.content(of: place) == ["photo.txt"])
      #expect(try Self.content(of: directory) == ["holiday"])
    }
  }

  @Test func anEarlierReportIsReplaced() async throws {
    try await Bench.withDirectory { directory in
      let place = directory.appending(path: "report", directoryHint: .isDirectory)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for name in ["report.json", "left-over.txt"] {
        try Data("old".utf8).write(to: place.appending(path: name))
      }
      _ = try await keyproof(["run", Self.quick, "--report", place.path], in: directory)
      #expect(try Self.content(of: place) == Self.files)
      #expect(try Self.content(of: directory) == ["report"])
    }
  }

  @Test func anInterruptLeavesEvidenceAndNoReport() async throws {
    try await Bench.withDirectory { directory in
      let place = directory.appending(path: "report")
      let outcome = try await Command(
        arguments: [
          "run", Self.quick, "Scenarios/rotation/quarterly-for-two-years.yaml", "--jobs", "2",
          "--report", place.path,
        ],
        directory: directory
      ).run { $0.contains("\n") }
      #expect(outcome.status == ExitStatus.interrupted.rawValue)
      let kept = place.path + ".incomplete"
      #expect(
        outcome.errors
          == "keyproof: error: interrupted; the evidence up to here is in \(kept)\n"
      )
      #expect(!outcome.output.contains("Report:"))
      #expect(try Self.content(of: directory) == ["report.incomplete"])
      let verified = try await keyproof(["verify", kept], in: directory)
      #expect(verified.status == ExitStatus.inconclusive.rawValue, "\(verified.errors)")
      #expect(verified.output.contains("the whole story"))
    }
  }

  private func keyproof(_ arguments: [String], in directory: URL) async throws -> Command.Outcome {
    try await Command(arguments: arguments, directory: directory).run()
  }

  /// Names in a folder, hidden ones with them: a half-written report is hidden while it is made.
  private static func content(of folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !$0.hasPrefix(Command.filePrefix) }.sorted()
  }
}
