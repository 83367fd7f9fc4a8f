import ArgumentParser
import ChatPlatforms
import Conductor
import Exploration
import Foundation
import Guarantees
import Rogues
import ScenarioFiles

struct ExploreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Draws stories from seeds, plays them, and makes what fails as short as it gets."
  )

  @Option(help: "How many seeds are played (default: 1000, or no end with --for).")
  var seeds: Int?

  @Option(name: .customLong("for"), help: "Ends after so long, for instance 60s or 10m.")
  var time: String?

  @Option(help: "The first seed.")
  var from: UInt64 = 1

  @Option(help: "The vendor under test; see 'keyproof vendors'.")
  var vendor = Vendor.honest.name

  @Flag(help: "How many seeds it takes until each rogue is found: up to --seeds (200) for each.")
  var rogues = false

  @Option(help: "With --rogues: after how many finds the next rogue's turn is.")
  var finds = 3

  @Option(help: "How many stories are played at once.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "Where the stories go that fail.")
  var into = "Reports/explored"

  @Option(
    name: .customLong("shrink-plays"),
    help: "How many stories are played at most to make one shorter."
  )
  var shrinkPlays = 600

  @Flag(help: "Says of each seed what was drawn.")
  var verbose = false

  mutating func validate() throws {
    guard seeds ?? 1 > 0, jobs > 0, finds > 0, shrinkPlays >= 0, from > 0 else {
      throw ValidationError("'--seeds', '--from', '--finds' and '--jobs' want a number above 0.")
    }
    guard time.map({ DurationText.duration($0) != nil }) ?? true else {
      throw ValidationError("'--for' must be a duration such as 60s or 10m")
    }
    guard !rogues || time == nil, !rogues || vendor == Vendor.honest.name else {
      throw ValidationError("'--rogues' goes with '--seeds', and without '--for' and '--vendor'.")
    }
  }

  mutating func run() async throws {
    let terminal = Terminal()
    let vendor = try Library.vendor(named: vendor)
    let workspace = try Workspace()
    defer { workspace.remove() }
    let interruption = Interruption(terminal: terminal, workspace: workspace)
    let session = ExploreSession(
      settings: RunSettings(
        seed: 1,
        vendor: vendor,
        vendors: Vendor.all,
        issuerKeys: try await IssuerKeys.make(),
        directory: workspace.directory
      ),
      terminal: terminal,
      interruption: interruption,
      folder: into,
      jobs: jobs,
      isVerbose: verbose
    )
    let status: ExitStatus
    if rogues {
      status = try await session.hunt(from...(from + UInt64(seeds ?? 200) - 1), finds: finds)
    } else {
      let count = seeds.map { UInt64($0) } ?? (time == nil ? 1_000 : UInt64(Int32.max))
      status = try await session.explore(
        from...(from + count - 1),
        for: time.flatMap { DurationText.duration($0) },
        mostPlays: shrinkPlays
      )
    }
    withExtendedLifetime(interruption) {}
    throw ExitCode(status.rawValue)
  }
}
