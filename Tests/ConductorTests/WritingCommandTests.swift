import Foundation
import Guarantees
import Testing

/// The commands that help while a scenario is written.
@Suite(.serialized, .timeLimit(.minutes(2))) struct WritingCommandTests {
  private func keyproof(
    _ arguments: [String],
    in directory: URL,
    interruptedWhen: ((String) -> Bool)? = nil
  ) async throws -> Command.Outcome {
    try await Command(arguments: arguments, directory: directory)
      .run(interruptedWhen: interruptedWhen)
  }

  @Test func whatNewWritesIsGoodPlaysAndIsToldAndReplayed() async throws {
    try await Bench.withDirectory { directory in
      let file = directory.appending(path: "my-story.yaml").path
      let written = try await keyproof(
        ["new", directory.appending(path: "my-story").path],
        in: directory
      )
      #expect(written.status == 0)
      #expect(written.output.contains("keyproof run \(file)"))
      let again = try await keyproof(["new", file], in: directory)
      #expect(again.status == ExitStatus.usage.rawValue)
      #expect(again.errors.contains("is there already"))
      let valid = try await keyproof(["validate", file], in: directory)
      #expect(valid.output == "1 scenario is well-formed.\n")
      #expect(valid.errors.isEmpty)
      let told = try await keyproof(["explain", file], in: directory)
      #expect(told.output.hasPrefix("my story\n"))
      #expect(
        told.output.contains("  5m        acme deletes the key 'first' at the provider (deleted)")
      )
      let report = directory.appending(path: "report").path
      let run = "keyproof run \(file) --world simulated --seed 2 --report \(report)"
      let replayed = try await keyproof(["replay", run], in: directory)
      // What it does not show is not run, and has no weight.
      #expect(replayed.status == ExitStatus.held.rawValue, "\(replayed.output)\(replayed.errors)")
      #expect(replayed.output.contains("check:nothing-on-the-old-key"))
      #expect(replayed.output.contains("seed 2"))
      let apart = try await keyproof(
        ["replay"] + run.split(separator: " ").map(String.init),
        in: directory
      )
      #expect(apart.status == ExitStatus.held.rawValue)
    }
  }

  @Test(arguments: [["keyproof"], ["keyproof validate x"], ["rm -rf x"], [""]])
  func onlyRunsAreReplayed(_ words: [String]) async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await keyproof(["replay"] + words, in: directory)
      #expect(outcome.status == ExitStatus.usage.rawValue)
    }
  }

  @Test func oneStoryOfAMatrixIsPlayedAlone() async throws {
    try await Bench.withDirectory { directory in
      let report = directory.appending(path: "report").path
      let outcome = try await keyproof(
        [
          "replay",
          "keyproof run Scenarios/custody/rotation-in-every-manager.yaml --world simulated "
            + "--variant 'manager=aws' --report \(report)",
        ],
        in: directory
      )
      #expect(outcome.status == ExitStatus.held.rawValue, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains("1 story played, 2 not run"))
    }
  }

  @Test func watchingPlaysAgainAtASaveAndEndsWhenInterrupted() async throws {
    try await Bench.withDirectory { directory in
      let file = directory.appending(path: "watched.yaml")
      _ = try await keyproof(["new", file.path], in: directory)
      let text = try String(contentsOf: file, encoding: .utf8)
      let report = directory.appending(path: "report").path
      var saves = 0
      let outcome = try await keyproof(
        ["run", file.path, "--watch", "--report", report],
        in: directory,
        interruptedWhen: { output in
          let rounds = output.components(separatedBy: "Watching; Ctrl-C ends it.").count - 1
          if rounds == 1, saves == 0 {
            saves = 1
            try? Data((text + "# saved\n").utf8).write(to: file)
          }
          return rounds == 2
        }
      )
      #expect(outcome.status == ExitStatus.interrupted.rawValue)
      #expect(saves == 1)
    }
  }
}
