import Foundation
import Guarantees
import Testing

/// Reports beside each other, and violations that are known, by the program as it is shipped.
@Suite(.serialized, .timeLimit(.minutes(3))) struct OverTimeCommandTests {
  private static let quick = RunCommandTests.quick
  private static let rogue = "keeps-removed-key"

  private static func waivers(
    _ guarantees: [String],
    expires: String = "2200-01-01"
  ) -> String {
    "waivers:\n"
      + guarantees.map { guarantee in
        """
          - guarantee: \(guarantee)
            scenario: revocation/removed-in-the-settings.yaml
            reason: Mended in the next release.
            owner: ana
            expires: \(expires)

        """
      }.joined()
  }

  @Test func changesAreSaidWithTheirExitCodes() async throws {
    try await Bench.withDirectory { directory in
      let (honest, broken) = (directory.path + "/honest", directory.path + "/broken")
      _ = try await keyproof(["run", Self.quick, "--report", honest], in: directory)
      let run = try await keyproof(
        [
          "run", Self.quick, "--vendor", Self.rogue, "--baseline", honest, "--report", broken,
        ],
        in: directory
      )
      #expect(run.status == Guarantees.ExitStatus.violated.rawValue, "\(run.errors)")
      #expect(run.output.contains("Worse than before."))
      #expect(try sarif(broken).contains("\"baselineState\" : \"updated\""))
      let verified = try await keyproof(["verify", broken], in: directory)
      #expect(verified.status == 0, "\(verified.errors)")

      let same = try await keyproof(["diff", honest, honest], in: directory)
      #expect(same.status == 0)
      #expect(same.output.contains("Nothing has changed."))
      let worse = try await keyproof(["diff", honest, broken + "/report.json"], in: directory)
      #expect(worse.status == Guarantees.ExitStatus.violated.rawValue)
      #expect(worse.output.contains("New\n"))
      let better = try await keyproof(
        ["diff", broken, honest, "--format", "markdown"],
        in: directory
      )
      #expect(better.status == 0)
      #expect(better.output.contains("### Fixed"))
      let json = try await keyproof(["diff", broken, honest, "--format", "json"], in: directory)
      #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    }
  }

  @Test(arguments: ["nowhere", "."])
  func whatIsNoReportIsSaid(place: String) async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await keyproof(["diff", place, place], in: directory)
      #expect(outcome.status == Guarantees.ExitStatus.badScenario.rawValue)
      #expect(outcome.errors.contains("there is no"))
    }
  }

  @Test func aKnownViolationIsWaivedAndTheReportVerifies() async throws {
    try await Bench.withDirectory { directory in
      let place = directory.path + "/report"
      let first = try await waived([], in: directory)
      let broken = first.output.split(separator: "\n").filter { $0.hasPrefix("  ✗ violated") }
        .compactMap { $0.split(separator: " ").dropFirst(2).first.map(String.init) }
      #expect(!broken.isEmpty)
      let run = try await waived(broken, in: directory)
      let verified = try await keyproof(["verify", place], in: directory)
      #expect(verified.status == 0, "\(verified.errors)")
      // Expectations of the story that were not met are nobody's to excuse.
      let missed = run.output.contains("Expectations not met")
      let expected: Guarantees.ExitStatus = missed ? .violated : .waived
      #expect(run.status == expected.rawValue, "\(run.output)")
      #expect(run.output.contains("waived until 2200-01-01 by ana: Mended in the next release."))
    }
  }

  @Test func anExpiredWaiverFailsTheRun() async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await waived(
        ["instant-revocation"],
        expires: "2020-01-01",
        vendor: "honest",
        in: directory
      )
      #expect(outcome.status == Guarantees.ExitStatus.violated.rawValue)
      #expect(outcome.output.contains("expired on 2020-01-01"))
    }
  }

  @Test func aWaiverThatIsNotNeededFailsTheRun() async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await waived(["instant-revocation"], vendor: "honest", in: directory)
      #expect(outcome.status == Guarantees.ExitStatus.violated.rawValue)
      #expect(outcome.output.contains("is no longer needed"))
    }
  }

  @Test func aMistakeInTheFileIsShownAtItsPlace() async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await waived(["instant-revocatin"], in: directory)
      #expect(outcome.status == Guarantees.ExitStatus.badScenario.rawValue)
      #expect(outcome.errors.contains("waivers.yaml:2:16: error: unknown guarantee"))
      #expect(outcome.errors.contains("did you mean 'instant-revocation'?"))
    }
  }

  private func waived(
    _ guarantees: [String],
    expires: String = "2200-01-01",
    vendor: String = Self.rogue,
    in directory: URL
  ) async throws -> Command.Outcome {
    let file = directory.appending(path: "waivers.yaml")
    let text = guarantees.isEmpty ? "waivers: []\n" : Self.waivers(guarantees, expires: expires)
    try Data(text.utf8).write(to: file)
    return try await keyproof(
      [
        "run", Self.quick, "--vendor", vendor, "--waivers", file.path, "--report",
        directory.path + "/report",
      ],
      in: directory
    )
  }

  private func sarif(_ report: String) throws -> String {
    try String(contentsOfFile: report + "/results.sarif", encoding: .utf8)
  }

  private func keyproof(_ arguments: [String], in directory: URL) async throws -> Command.Outcome {
    try await Command(arguments: arguments, directory: directory).run()
  }
}
