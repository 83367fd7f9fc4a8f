import Evidence
import Foundation
import Guarantees
import Testing

@Suite(.serialized, .timeLimit(.minutes(2))) struct DatabaseCommandTests {
  private static let quick = RunCommandTests.quick

  @Test func theEvidenceIsThereForQuestions() async throws {
    try await Bench.withDirectory { directory in
      let report = directory.appending(path: "report")
      _ = try await keyproof(["run", Self.quick, "--report", report.path], in: directory)
      let log = try EvidenceLog.read(
        Data(
          contentsOf: report.appending(
            path: "evidence/revocation-removed-in-the-settings.jsonl"
          )
        )
      )
      var databases: [Data] = []
      for _ in 0..<2 {
        let outcome = try await keyproof(["database", report.path], in: directory)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("\(log.events.count) events of 1 story"))
        databases.append(try Data(contentsOf: directory.appending(path: "report.sqlite")))
      }
      #expect(databases[0] == databases[1])
      #expect(databases[0].starts(with: Data("SQLite format 3\u{0}".utf8)))
      // The report is as it was.
      let verified = try await keyproof(["verify", report.path], in: directory)
      #expect(verified.status == 0)
    }
  }

  @Test func somethingElseIsNotReplaced() async throws {
    try await Bench.withDirectory { directory in
      let report = directory.appending(path: "report")
      _ = try await keyproof(["run", Self.quick, "--report", report.path], in: directory)
      let letter = directory.appending(path: "letter")
      try Data("dear".utf8).write(to: letter)
      let outcome = try await keyproof(
        ["database", report.path, "--output", letter.path],
        in: directory
      )
      #expect(outcome.status == ExitStatus.internalError.rawValue)
      #expect(try Data(contentsOf: letter) == Data("dear".utf8))
    }
  }

  @Test func aReportThatDoesNotFitGivesNone() async throws {
    try await Bench.withDirectory { directory in
      let report = directory.appending(path: "report")
      _ = try await keyproof(["run", Self.quick, "--report", report.path], in: directory)
      try Data("{}".utf8).write(to: report.appending(path: "machine.json"))
      let outcome = try await keyproof(["database", report.path], in: directory)
      #expect(outcome.status == ExitStatus.violated.rawValue)
      #expect(!FileManager.default.fileExists(atPath: report.path + ".sqlite"))
    }
  }

  private func keyproof(_ arguments: [String], in directory: URL) async throws -> Command.Outcome {
    try await Command(arguments: arguments, directory: directory).run()
  }
}
