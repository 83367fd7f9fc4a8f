import ArgumentParser
import Guarantees
import Reporting
import Rogues
import ScenarioFiles

struct GuaranteesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guarantees",
    abstract: "The catalogue of promises and limits; with an id, all about one."
  )

  @Argument(help: "The id of a promise or a limit.")
  var id: String?

  @Flag(help: "For machines: a JSON document.")
  var json = false

  func run() throws {
    let terminal = Terminal()
    let entries = try id.map { [try Self.entry($0)] } ?? Catalogue.entries
    if json {
      let document = CatalogueDocument(entries.map(Self.sheet))
      terminal.print(String(decoding: try document.encoded(), as: UTF8.self))
    } else if id == nil {
      terminal.print(CatalogueSheet.list(entries))
    } else {
      terminal.print(entries.map { Self.sheet($0).text(terminal.layout) }.joined())
    }
  }

  private static func entry(_ id: String) throws -> CatalogueEntry {
    if let entry = Catalogue.entry(id) { return entry }
    throw Library.unknown("promise or limit", id, among: Catalogue.entries.map(\.id))
  }

  /// With what names the entry elsewhere: the scenarios of a library, if there is one here, and
  /// the vendors.
  private static func sheet(_ entry: CatalogueEntry) -> CatalogueSheet {
    let scenarios = (try? Library(paths: []))?.read().scenarios ?? []
    return CatalogueSheet(
      entry: entry,
      scenarios: scenarios.filter {
        $0.shows.contains(entry.id) || $0.demonstrates.contains(entry.id)
      }.map(\.file),
      rogues: Vendor.all.filter { $0.breaks.contains(entry.id) }.map {
        CatalogueSheet.Rogue(name: $0.name, summary: $0.summary, incident: $0.incident)
      }
    )
  }
}
