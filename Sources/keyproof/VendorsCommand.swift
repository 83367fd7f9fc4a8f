import ArgumentParser
import Foundation
import Reporting
import Rogues
import ScenarioFiles

struct VendorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vendors",
    abstract: "The vendors under test; with a name, what a story needs to catch that one."
  )

  @Argument(help: "The name of a vendor.")
  var name: String?

  func run() throws {
    let terminal = Terminal()
    if let name {
      let vendor = try Library.vendor(named: name)
      let sheet = VendorSheet(
        name: vendor.name,
        summary: vendor.summary,
        incident: vendor.incident,
        breaks: vendor.breaks,
        stories: stories(vendor)
      )
      terminal.print(sheet.text(terminal.layout))
      return
    }
    let width = Vendor.all.map(\.name.count).max() ?? 0
    for vendor in Vendor.all {
      let name = vendor.name.padding(toLength: width + 2, withPad: " ", startingAt: 0)
      terminal.print("\(name)\(vendor.summary) [\(vendor.kindInWords)]")
    }
  }

  private func stories(_ vendor: Vendor) -> [String] {
    let known = (try? Library(paths: []))?.read().scenarios ?? []
    return vendor.triedIn.map { file in
      guard let story = known.first(where: { $0.file == file }) else { return file }
      return "\(file) (\(story.title)): \(story.ingredients.joined(separator: "; "))"
    }
  }
}

extension Vendor {
  fileprivate var kindInWords: String {
    switch kind {
    case .honest: "honest"
    case .innocent: "innocent"
    case .rogue(let breaks): "breaks \(breaks.joined(separator: ", "))"
    }
  }
}
