import Foundation
import Guarantees
import Testing

/// A run in parts, and the one report that is made of them.
@Suite(.serialized, .timeLimit(.minutes(3))) struct MergeCommandTests {
  private static let stories = [
    "Scenarios/revocation/removed-in-the-settings.yaml",
    "Scenarios/rotation/planned-rotation.yaml",
    "Scenarios/controls/vendor-falls-back-to-own-key.yaml",
  ]

  @Test func whatIsMergedIsTheRunThatWasNotSplit() async throws {
    try await Bench.withDirectory { directory in
      let whole = directory.appending(path: "whole")
      let unsplit = try await run([], to: whole, in: directory)
      let parts = try await self.parts(of: 2, in: directory)
      let merged = directory.appending(path: "merged")
      // In another order than that of their numbers.
      let outcome = try await keyproof(
        ["merge", parts[1].path, parts[0].path, "--report", merged.path],
        in: directory
      )
      #expect(outcome.status == unsplit.status, "\(outcome.errors)")
      #expect(unsplit.status == ExitStatus.held.rawValue, "\(unsplit.output)")
      let names = try evidence(of: whole)
      #expect(names.count == Self.stories.count)
      #expect(try evidence(of: merged) == names)
      for name in names + ["report.json", "junit.xml", "summary.md", "results.sarif"] {
        #expect(
          try Data(contentsOf: whole.appending(path: name))
            == Data(contentsOf: merged.appending(path: name)),
          "\(name) is another one"
        )
      }
      let verified = try await keyproof(["verify", merged.path, "--rerun"], in: directory)
      #expect(verified.status == 0, "\(verified.errors)")
      #expect(verified.output.contains("Merged from parts"))
      #expect(verified.output.contains("1/2 by "))
    }
  }

  @Test func aPartIsAReportOfItsOwnAndSaysSo() async throws {
    try await Bench.withDirectory { directory in
      let parts = try await self.parts(of: 2, in: directory)
      for (number, part) in parts.enumerated() {
        let verified = try await keyproof(["verify", part.path], in: directory)
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(verified.output.contains("This is part \(number + 1) of 2 of a run"))
      }
      let played = try parts.map { try evidence(of: $0) }
      #expect(Set(played[0]).isDisjoint(with: played[1]))
      #expect(played[0].count + played[1].count == Self.stories.count)
    }
  }

  @Test func incompleteDoubledAndForeignPartsAreRefused() async throws {
    try await Bench.withDirectory { directory in
      let parts = try await self.parts(of: 3, in: directory).map(\.path)
      let foreign = directory.appending(path: "foreign")
      _ = try await run(["--shard", "3/3", "--seed", "2"], to: foreign, in: directory)
      let whole = directory.appending(path: "whole")
      _ = try await run([], to: whole, in: directory)
      let edited = directory.appending(path: "edited")
      try FileManager.default.copyItem(atPath: parts[2], toPath: edited.path)
      try edit(edited)
      let refusals: [([String], String)] = [
        ([parts[0], parts[2]], "2/3 is missing"),
        ([parts[1]], "1/3, 3/3 are missing"),
        ([parts[0], parts[1], parts[1], parts[2]], "are both part 2/3"),
        ([parts[0], parts[1], foreign.path], "differ: seed"),
        ([whole.path], "a report of its own, and no part of a run"),
        ([parts[0], parts[1], edited.path], "does not fit its evidence"),
        ([directory.path + "/none"], "does not fit its evidence"),
      ]
      let place = directory.appending(path: "merged")
      for (given, words) in refusals {
        let outcome = try await keyproof(
          ["merge"] + given + ["--report", place.path],
          in: directory
        )
        #expect(outcome.status == ExitStatus.badScenario.rawValue, "\(words)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: place.path))
      }
    }
  }

  @Test func aMergedReportWhosePartsWereChangedIsFoundOut() async throws {
    try await Bench.withDirectory { directory in
      let parts = try await self.parts(of: 2, in: directory).map(\.path)
      let merged = directory.appending(path: "merged")
      _ = try await keyproof(["merge"] + parts + ["--report", merged.path], in: directory)
      try FileManager.default.removeItem(at: merged.appending(path: "shards"))
      let verified = try await keyproof(["verify", merged.path], in: directory)
      #expect(verified.status == ExitStatus.violated.rawValue)
      #expect(verified.errors.contains("shards/1-of-2.dsse.json"), "\(verified.errors)")
    }
  }

  @Test(arguments: ["0/2", "3/2", "1/1", "2", "a/b", "+1/2", "1/02", "1/9"])
  func aPartThatCannotBeIsAUsageError(shard: String) async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await run(
        ["--shard", shard],
        to: directory.appending(path: "report"),
        in: directory
      )
      #expect(outcome.status == ExitStatus.usage.rawValue)
    }
  }

  /// The same stories in so many parts, each a report of its own.
  private func parts(of count: Int, in directory: URL) async throws -> [URL] {
    var parts: [URL] = []
    for number in 1...count {
      let part = directory.appending(path: "part-\(number)")
      let outcome = try await run(["--shard", "\(number)/\(count)"], to: part, in: directory)
      #expect(outcome.status == ExitStatus.held.rawValue, "\(outcome.errors)\(outcome.output)")
      parts.append(part)
    }
    return parts
  }

  private func evidence(of report: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: report.appending(path: "evidence").path)
      .sorted().map { "evidence/\($0)" }
  }

  private func edit(_ report: URL) throws {
    let log = report.appending(path: try evidence(of: report)[0])
    var bytes = try Data(contentsOf: log)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: log)
  }

  private func run(
    _ options: [String],
    to report: URL,
    in directory: URL
  ) async throws -> Command.Outcome {
    try await keyproof(
      ["run"] + Self.stories + options + ["--report", report.path],
      in: directory
    )
  }

  private func keyproof(_ arguments: [String], in directory: URL) async throws -> Command.Outcome {
    try await Command(arguments: arguments, directory: directory).run()
  }
}
