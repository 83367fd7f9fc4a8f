import ArgumentParser
import Foundation
import Rogues
import ScenarioFiles

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Checks scenario files: file:line:column: error: what is wrong."
  )

  @Argument(help: "Scenario files or folders (default: the whole library).")
  var paths: [String] = []

  func run() throws {
    let terminal = Terminal()
    let scenarios = try Library(paths: paths).load(terminal: terminal)
    terminal.print(
      scenarios.count == 1
        ? "1 scenario is well-formed." : "\(scenarios.count) scenarios are well-formed."
    )
  }
}

struct VendorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vendors",
    abstract: "The honest vendor, the rogues, and the innocents."
  )

  func run() {
    let terminal = Terminal()
    let width = Vendor.all.map(\.name.count).max() ?? 0
    for vendor in Vendor.all {
      let name = vendor.name.padding(toLength: width + 2, withPad: " ", startingAt: 0)
      let kind =
        switch vendor.kind {
        case .honest: "honest"
        case .innocent: "innocent"
        case .rogue(let breaks): "breaks \(breaks.joined(separator: ", "))"
        }
      terminal.print("\(name)\(vendor.summary) [\(kind)]")
    }
  }
}
