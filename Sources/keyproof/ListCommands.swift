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

  func run() throws {
    let terminal = Terminal()
    let scenarios = try Library(paths: paths).load(terminal: terminal)
    terminal.print("\(scenarios.count) scenarios are well-formed.")
  }
}

struct GuaranteesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guarantees",
    abstract: "The catalogue; with an id, all about one."
  )

  @Argument(help: "The id of a guarantee.")
  var id: String?

  func run() throws {
    let terminal = Terminal()
    guard let id else {
      let width = Catalogue.guarantees.map(\.id.count).max() ?? 0
      for guarantee in Catalogue.guarantees {
        let name = guarantee.id.padding(toLength: width + 2, withPad: " ", startingAt: 0)
        terminal.print(name + guarantee.statement)
      }
      return
    }
    try Library.check(guarantees: [id])
    guard let guarantee = Catalogue.guarantee(id) else { return }
    let scenarios = Library.scenariosShowing(id)
    let rogues = Vendor.all.filter { $0.breaks.contains(id) }.map(\.name)
    terminal.print(
      """
      \(guarantee.id)

      The promise:     \(guarantee.statement)
      The guide says:  "\(guarantee.source)"
      If it fails:     \(guarantee.consequence)
      Shown by:        \(scenarios.isEmpty ? "no scenario here" : scenarios.joined(separator: ", "))
      Broken by:       \(rogues.isEmpty ? "no rogue yet" : rogues.joined(separator: ", "))
      """
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

extension Library {
  /// Files of the library that show a guarantee; none when there is no library here.
  static func scenariosShowing(_ id: String) -> [String] {
    guard let library = try? Library(paths: []) else { return [] }
    return library.read().scenarios.filter { $0.shows.contains(id) }.map(\.file)
  }
}
