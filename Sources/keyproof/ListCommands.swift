import ArgumentParser
import Foundation
import Guarantees
import Rogues
import ScenarioFiles

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Checks scenario files: file:line:column: error: what is wrong."
  )

  @Argument(help: "Scenario files or folders (default: the whole library).")
  var paths: [String] = []

  @OptionGroup var place: LibraryOptions

  func run() throws {
    let terminal = Terminal()
    let scenarios = try Library(paths: paths, in: place).load(terminal: terminal)
    terminal.print(
      scenarios.count == 1
        ? "1 scenario is well-formed." : "\(scenarios.count) scenarios are well-formed."
    )
  }
}
