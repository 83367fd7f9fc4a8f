import ChatPlatforms
import Conductor
import Evidence
import Foundation
import Guarantees
import ScenarioFiles
import Synchronization
import Testing
import Worlds

/// The same seed gives the same bytes of evidence, whatever else the machine does.
@Suite(.serialized) struct DeterminismTests {
  private static let file = "revocation/removed-in-the-settings.yaml"

  @Test func theSameSeedGivesTheSameBytes() async throws {
    let first = try await Self.bytes(seed: 7)
    // Keys of token issuers are made anew by every run of the program.
    let second = try await Self.bytes(seed: 7, keys: IssuerKeys.make())
    #expect(first.count > 10_000)
    #expect(first == second, "\(Self.firstDifference(first, second))")
  }

  @Test func anotherSeedGivesOtherBytes() async throws {
    let first = try await Self.bytes(seed: 7)
    let second = try await Self.bytes(seed: 8)
    #expect(first != second)
  }

  @Test func aStoryIsTheSameAloneAndBesideOthers() async throws {
    let files = [
      Self.file, "revocation/deletion-in-mid-stream.yaml", "rotation/crash-and-restart.yaml",
      "callers/impostors-in-teams.yaml",
    ]
    let parts = try files.map {
      LibraryRun.Part(scenario: try Bench.scenario($0), world: .simulated)
    }
    let alone = try await Self.bytes(seed: 7)
    let ended = Mutex<[String]>([])
    let results = try await Bench.withDirectory { directory in
      let settings = try await Bench.settings(seed: 7, directory: directory)
      return await LibraryRun(settings: settings, judge: Judge(), jobs: 4)
        .play(parts) { result, _ in ended.withLock { $0.append(result.file) } }.results
    }
    #expect(results.map(\.file) == files)
    #expect(results.allSatisfy { $0.ending == .played })
    #expect(ended.withLock { Set($0) } == Set(files))
    let history = try #require(results.first?.history)
    let beside = try EvidenceLog.data(of: history)
    #expect(alone == beside, "\(Self.firstDifference(alone, beside))")
  }

  /// Engineers see configurations with paths in them, and logs with what failed.
  @Test(arguments: [
    "custody/engineer-looks-around.yaml", "contracts/nothing-is-kept-in-trouble.yaml",
  ])
  func whereItIsPlayedDoesNotShow(file: String) async throws {
    let scenario = try Bench.scenario(file)
    let logs = try await Bench.withDirectory { directory in
      var logs: [Data] = []
      for name in ["a", String(repeating: "a-long-name/", count: 9)] {
        let place = directory.appending(path: name, directoryHint: .isDirectory)
        let settings = try await Bench.settings(seed: 7, directory: place)
        let history = try await onOwnThread {
          try ScenarioPlayer.history(of: scenario, in: .simulated, run: settings)
        }
        #expect(history.events.contains(where: Self.showsConfiguration))
        logs.append(try EvidenceLog.data(of: history))
      }
      return logs
    }
    #expect(logs[0] == logs[1], "\(Self.firstDifference(logs[0], logs[1]))")
  }

  @Test func theEvidenceCanBeReadBackAndJudgedAgain() async throws {
    let history = try await Bench.play(Self.file, seed: 7)
    let read = try EvidenceLog.read(EvidenceLog.data(of: history))
    #expect(read == history)
    #expect(Judge().findings(in: read) == Judge().findings(in: history))
  }

  private static func showsConfiguration(_ event: Event) -> Bool {
    guard case .inspection(let look) = event.kind else { return false }
    return look.tool == .configuration && look.answered && look.bytes > 1_000
  }

  private static func bytes(seed: UInt64, keys: IssuerKeys? = nil) async throws -> Data {
    try EvidenceLog.data(of: await Bench.play(file, seed: seed, keys: keys))
  }

  /// The lines where two logs part, for whoever has to find out why.
  private static func firstDifference(_ first: Data, _ second: Data) -> String {
    let lines = [first, second].map {
      String(decoding: $0, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }
    guard let index = zip(lines[0], lines[1]).enumerated().first(where: { $1.0 != $1.1 })?.offset
    else { return "one log is \(lines[0].count) lines long, the other \(lines[1].count)" }
    return "line \(index + 1):\n\(lines[0][index].prefix(400))\n\(lines[1][index].prefix(400))"
  }
}
