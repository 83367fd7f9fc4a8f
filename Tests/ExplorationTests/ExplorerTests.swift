import ChatPlatforms
import Conductor
import Exploration
import Foundation
import Rogues
import ScenarioFiles
import Testing
import Worlds

enum Bench {
  /// Made once, since they cost the better part of a second.
  private static let keys = Task { try await IssuerKeys.make() }

  static func trial(
    vendor: Vendor = .honest,
    directory: URL = FileManager.default.temporaryDirectory
  ) async throws -> StoryTrial {
    StoryTrial(
      settings: RunSettings(
        seed: 1,
        vendor: vendor,
        vendors: Vendor.all,
        issuerKeys: try await keys.value,
        directory: directory
      )
    )
  }

  static func withExplorer<Result>(
    of vendor: Vendor,
    _ body: (Explorer, StoryTrial) async throws -> Result
  ) async throws -> Result {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "keyproof-explored-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let trial = try await trial(vendor: vendor, directory: directory)
    let explorer = Explorer(trial: trial, drawer: StoryDrawer(folder: "explored"), jobs: 2)
    return try await body(explorer, trial)
  }

  static func vendor(_ name: String) throws -> Vendor {
    try #require(Vendor.all.first { $0.name == name })
  }
}

@Suite struct ExplorerTests {
  @Test func nothingIsFoundWithTheHonestVendor() async throws {
    try await Bench.withExplorer(of: .honest) { explorer, _ in
      var seeds: [UInt64] = []
      try await explorer.explore(
        1...40,
        isOver: { false },
        played: { played in
          seeds.append(played.story.seed)
          #expect(played.failures == [], "seed \(played.story.seed)")
          #expect(played.events > 10)
          return true
        }
      )
      #expect(seeds.sorted() == Array(1...40))
    }
  }

  @Test func aRogueIsFoundAndItsStoryGetsShort() async throws {
    let vendor = try Bench.vendor("falls-back-to-own-key")
    try await Bench.withExplorer(of: vendor) { explorer, trial in
      let kind = Failure.Kind.guarantee("instant-revocation")
      var failing: [Explorer.Played] = []
      try await explorer.explore(
        1...60,
        isOver: { false },
        played: { played in
          if played.failures.contains(where: { $0.kind == kind }) { failing.append(played) }
          return failing.count < 2
        }
      )
      let fastest = try #require(Explorer.fastest(failing).first { $0.kind == kind })
      let finding = try await explorer.shrink(fastest.played, to: kind, mostPlays: 200)
      #expect(finding.failure.kind == kind)
      #expect(finding.scenario.timeline.count <= 4)
      #expect(finding.scenario.timeline.count < fastest.played.story.scenario.timeline.count)
      #expect(finding.scenario.vendor == vendor.name)
      #expect(finding.scenario.shows == ["instant-revocation"])
      // What the file says is what was played.
      let again = try await onOwnThread { try trial.outcome(of: finding.scenario) }
      #expect(again.failures.contains { $0.kind == kind })
      #expect(try trial.written(finding.scenario).text == finding.text)
    }
  }

  @Test func theSameSeedComesOutTheSame() async throws {
    let vendor = try Bench.vendor("refuses-vaguely")
    func outcomes() async throws -> [String] {
      try await Bench.withExplorer(of: vendor) { explorer, _ in
        var outcomes: [UInt64: String] = [:]
        try await explorer.explore(
          1...12,
          isOver: { false },
          played: { played in
            outcomes[played.story.seed] = "\(played.events) \(played.failures)"
            return true
          }
        )
        return outcomes.keys.sorted().compactMap { outcomes[$0] }
      }
    }
    #expect(try await outcomes() == outcomes())
  }

  @Test func whoeverIsOverdueEndsIt() async throws {
    try await Bench.withExplorer(of: .honest) { explorer, _ in
      try await explorer.explore(
        1...1_000,
        isOver: { true },
        played: { _ in
          Issue.record("nothing was to be played")
          return true
        }
      )
    }
  }

  @Test func theMedianIsThatOfTheWaits() {
    func row(_ waits: [Int]) -> RogueHunt.Row {
      .init(vendor: "v", breaks: [], waits: waits, seeds: 100, foundBy: [])
    }
    #expect(row([5, 1, 40]).median == 5)
    #expect(row([3]).median == 3)
    #expect(row([]).median == nil)
  }

  @Test func whyAVendorIsHardToFindIsSaidOfVendorsThatThereAre() {
    let names = Set(Vendor.all.map(\.name))
    #expect(RogueHunt.namesWithHindrances.allSatisfy(names.contains))
    for vendor in Vendor.all where !vendor.breaks.isEmpty && !RogueHunt.isHunted(vendor) {
      #expect(vendor.breaks == ["latency-neutrality"])
      #expect(RogueHunt.hindrance(of: vendor)?.contains("sockets") == true)
    }
  }
}
