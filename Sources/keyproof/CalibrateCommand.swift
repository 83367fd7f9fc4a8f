import ArgumentParser
import ChatPlatforms
import Conductor
import Foundation
import Guarantees
import Reporting
import Rogues
import ScenarioFiles
import Worlds

struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Plays the rogues and the innocents: who was caught by what."
  )

  @Option(help: "The seed of all randomness.")
  var seed: UInt64 = 1

  @Option(help: "How many scenarios are played at once.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Play everybody in every story, with every seed.")
  var full = false

  @Option(help: "How many seeds the honest and the innocent get: 10, or 200 with --full.")
  var seeds: Int?

  mutating func validate() throws {
    guard seeds ?? 1 > 0, jobs > 0 else {
      throw ValidationError("'--seeds' and '--jobs' want a number above 0.")
    }
  }

  mutating func run() async throws {
    let terminal = Terminal()
    let scenarios = try Library(paths: []).load(terminal: terminal)
    let workspace = try Workspace()
    defer { workspace.remove() }
    let interruption = Interruption(terminal: terminal, workspace: workspace)
    let settings = RunSettings(
      seed: seed,
      vendor: .honest,
      vendors: Vendor.all,
      issuerKeys: try await IssuerKeys.make(),
      directory: workspace.directory
    )
    let calibration = Calibration(settings: settings, scenarios: scenarios, jobs: jobs)
    let extent = Calibration.Extent(seeds: seeds ?? (full ? 200 : 10), isFull: full)
    let begin = ContinuousClock.now
    let rows = try await calibration.rows(extent) { done, all in
      terminal.progress("\(done) of \(all) portions played", isLast: done == all)
    }.map(\.tableRow)
    terminal.print(CalibrationTable(layout: terminal.layout).text(for: rows))
    let seconds = (ContinuousClock.now - begin).components.seconds
    let share =
      full || extent.seeds <= 1 + Calibration.furtherSeeds
      ? "" : "; the honest vendor plays each story with \(1 + Calibration.furtherSeeds) of them"
    terminal.print("\(extent.seeds) seeds\(share), \(seconds) s\n")
    let score = CalibrationTable.score(of: rows)
    try interruption.shielding { try CalibrationFile().store(score) }
    let isClean =
      score.caught == score.rogues && score.accused == 0
      && CalibrationTable.weaklyGuarded(rows, among: Catalogue.guarantees.map(\.id)).isEmpty
    throw ExitCode((isClean ? ExitStatus.held : .violated).rawValue)
  }
}

extension Calibration.Row {
  fileprivate var tableRow: CalibrationRow {
    CalibrationRow(
      vendor: vendor.name,
      kind: vendor.breaks.isEmpty ? .innocent : .rogue,
      breaks: vendor.breaks,
      accusations: accusations.map {
        CalibrationRow.Accusation(guarantee: $0.guarantee, scenario: $0.scenario, seed: $0.seed)
      },
      unproven: unproven
    )
  }
}
