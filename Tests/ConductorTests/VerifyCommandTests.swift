import Foundation
import Guarantees
import Testing

/// Reports that are checked again, by the program as it is shipped; and what is left when a run
/// could not come to its end.
@Suite(.serialized, .timeLimit(.minutes(3))) struct VerifyCommandTests {
  private static let quick = RunCommandTests.quick
  private static let long = "Scenarios/rotation/quarterly-for-two-years.yaml"

  @Test func aReportFitsItsEvidenceAndComesAboutAgain() async throws {
    try await Bench.withDirectory { directory in
      let report = directory.appending(path: "report").path
      let played = try await keyproof(
        ["run", Self.quick, "--challenge", "It's mine", "--report", report],
        in: directory
      )
      #expect(played.status == ExitStatus.held.rawValue, "\(played.errors)")
      let verified = try await keyproof(["verify", report, "--rerun"], in: directory)
      #expect(verified.status == ExitStatus.held.rawValue, "\(verified.errors)")
      #expect(verified.output.contains("The report fits its evidence"))
      #expect(verified.output.contains("“It's mine”"))
      #expect(verified.output.contains("byte for byte"))
    }
  }

  @Test func aRoguesReportFitsToo() async throws {
    try await Bench.withDirectory { directory in
      let report = directory.appending(path: "report").path
      _ = try await keyproof(
        ["run", Self.quick, "--vendor", "keeps-removed-key", "--report", report],
        in: directory
      )
      let verified = try await keyproof(["verify", report], in: directory)
      #expect(verified.status == ExitStatus.held.rawValue, "\(verified.errors)")
    }
  }

  @Test func anEditedLogIsNamed() async throws {
    try await Bench.withDirectory { directory in
      let report = directory.appending(path: "report")
      _ = try await keyproof(["run", Self.quick, "--report", report.path], in: directory)
      let log = report.appending(path: "evidence/revocation-removed-in-the-settings.jsonl")
      let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
      try Data(text.replacing("\"status\":200", with: "\"status\":201", maxReplacements: 1).utf8)
        .write(to: log)
      let verified = try await keyproof(["verify", report.path], in: directory)
      #expect(verified.status == ExitStatus.violated.rawValue)
      #expect(verified.errors.contains("evidence/revocation-removed-in-the-settings.jsonl"))
    }
  }

  @Test func theChallengeChangesTheEvidence() async throws {
    try await Bench.withDirectory { directory in
      var logs: Set<Data> = []
      for challenge in ["one", "two"] {
        let report = directory.appending(path: challenge)
        _ = try await keyproof(
          ["run", Self.quick, "--challenge", challenge, "--report", report.path],
          in: directory
        )
        let log = report.appending(path: "evidence/revocation-removed-in-the-settings.jsonl")
        logs.insert(try Data(contentsOf: log))
      }
      #expect(logs.count == 2)
    }
  }

  @Test func thereIsNothingToVerifyWhereNothingIs() async throws {
    try await Bench.withDirectory { directory in
      let verified = try await keyproof(["verify", directory.path + "/none"], in: directory)
      #expect(verified.status == ExitStatus.usage.rawValue)
      let empty = try await keyproof(["verify", directory.path], in: directory)
      #expect(empty.status == ExitStatus.violated.rawValue)
      #expect(empty.errors.contains("report.json: it is missing"))
    }
  }

  @Test func aKilledRunLeavesItsEvidenceAndTheEarlierReport() async throws {
    try await Bench.withDirectory { directory in
      let place = directory.appending(path: "report").path
      _ = try await keyproof(["run", Self.quick, "--report", place], in: directory)
      let killed = try await Command(
        arguments: ["run", Self.quick, Self.long, "--jobs", "2", "--report", place],
        directory: directory
      ).run(signal: SIGKILL) { $0.contains("\n") }
      #expect(killed.status == nil)
      let left = try await keyproof(["verify", place + ".incomplete"], in: directory)
      #expect(left.status == ExitStatus.inconclusive.rawValue, "\(left.errors)")
      #expect(left.output.contains("valid events"))
      let earlier = try await keyproof(["verify", place], in: directory)
      #expect(earlier.status == ExitStatus.held.rawValue, "\(earlier.errors)")
    }
  }

  @Test func twoRunsAtOnceLeaveOneWholeReport() async throws {
    try await Bench.withDirectory { directory in
      let place = directory.appending(path: "report").path
      try await withThrowingTaskGroup(of: Command.Outcome.self) { group in
        for _ in 0..<2 {
          group.addTask {
            try await keyproof(["run", Self.quick, "--report", place], in: directory)
          }
        }
        for try await outcome in group {
          #expect(outcome.status == ExitStatus.held.rawValue, "\(outcome.errors)")
        }
      }
      let content = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        .filter { !$0.hasPrefix(Command.filePrefix) }
      #expect(content == ["report"])
      let verified = try await keyproof(["verify", place], in: directory)
      #expect(verified.status == ExitStatus.held.rawValue, "\(verified.errors)")
    }
  }

  private func keyproof(_ arguments: [String], in directory: URL) async throws -> Command.Outcome {
    try await Command(arguments: arguments, directory: directory).run()
  }
}
