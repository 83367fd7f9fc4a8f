import Conductor
import Evidence
import Foundation
import Guarantees
import ScenarioFiles
import Testing
import Worlds

/// A vendor in a process of its own, judged from outside by the same checkers.
@Suite(.serialized, .timeLimit(.minutes(3))) struct ProcessTests {
  @Test(arguments: [
    "plain-day", "rotation", "killed-in-mid-answer", "stopped-in-mid-answer", "revocation",
  ])
  func theOrchestratorKeepsItsPromisesInAProcessOfItsOwn(name: String) async throws {
    let file = "process/\(name).yaml"
    let scenario = try Bench.scenario(file)
    let history = try await Bench.play(file, in: .loopback)
    let held = history.findings(.held)
    for guarantee in scenario.shows { #expect(held[guarantee] != nil, "\(guarantee)") }
    #expect(history.findings(.violated).isEmpty, "\(history.findings(.violated))")
    #expect(history.unmetExpectations.isEmpty, "\(history.unmetExpectations)")
    #expect(history.facts.vendor == "process")
    let searched = Set(
      history.events.compactMap { event -> Event.Surface? in
        if case .searched(let search) = event.kind { search.surface } else { nil }
      }
    )
    #expect(searched.isSuperset(of: [.environment, .arguments, .output, .storage, .log]))
  }

  @Test func aProcessThatDoesNotStartIsNoVerdict() async throws {
    let result = try await result(with: URL(fileURLWithPath: "/bin/false"))
    guard case .unreachable(let reason) = result.ending else {
      Issue.record("\(result.ending)")
      return
    }
    #expect(reason.contains("it ended at its start"))
    #expect(Judge().exitStatus([result], []) == .vendorUnreachable)
    let missing = try await self.result(with: URL(fileURLWithPath: "/nonexistent/vendor"))
    guard case .unreachable = missing.ending else {
      Issue.record("\(missing.ending)")
      return
    }
  }

  @Test func theLastWordsOfAProcessAreShown() async throws {
    try await Bench.withDirectory { directory in
      let program = directory.appending(path: "vendor")
      try Data("#!/bin/sh\necho 'no disk today' >&2\nexit 3\n".utf8).write(to: program)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755],
        ofItemAtPath: program.path
      )
      let result = try await result(with: program)
      guard case .unreachable(let reason) = result.ending else {
        Issue.record("\(result.ending)")
        return
      }
      #expect(reason.contains("no disk today"))
    }
  }

  @Test func theSimulatedWorldHasNoProcesses() throws {
    #expect(try Bench.scenario("process/plain-day.yaml").playsIn == .loopback)
  }

  private func result(with program: URL) async throws -> ScenarioResult {
    let part = LibraryRun.Part(
      scenario: try Bench.scenario("process/plain-day.yaml"),
      world: .loopback
    )
    return try await Bench.withDirectory { directory in
      var settings = try await Bench.settings(directory: directory)
      settings.program = program
      let results = await LibraryRun(settings: settings, judge: Judge(), jobs: 1)
        .play([part]) { _, _ in }.results
      return try #require(results.first)
    }
  }
}
