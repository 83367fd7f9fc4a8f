import ArgumentParser
import Foundation
import Guarantees
import Reporting

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Says what has changed from one report to another.",
    discussion: """
      It compares what the reports say; 'keyproof verify' checks that they fit their evidence.
      Exit codes: 0 nothing is worse, 1 something is worse, 2 nothing is worse but less is shown
      than before, 3 what is worse is excused by waivers, 64 usage, 65 no report stands there.
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case markdown
    case json
  }

  @Argument(help: "The earlier report: its folder, or its report.json.")
  var old: String

  @Argument(help: "The later one.")
  var new: String

  @Option(help: "How it is printed.")
  var format = Format.text

  func run() throws {
    let terminal = Terminal()
    let comparison = ReportComparison(
      from: try Self.snapshot(old, terminal),
      to: try Self.snapshot(new, terminal)
    )
    switch format {
    case .text: terminal.print(ComparisonText(comparison).terminal(terminal.layout))
    case .markdown: terminal.print(ComparisonText(comparison).markdown)
    case .json:
      let bytes = try ComparisonDocument(comparison).encoded()
      terminal.print(String(decoding: bytes, as: UTF8.self))
    }
    throw ExitCode(comparison.exitStatus.rawValue)
  }

  /// - Throws: exit code 65, after it was said what is wrong.
  static func snapshot(_ path: String, _ terminal: Terminal) throws -> ReportSnapshot {
    do {
      return try ReportSnapshot(at: URL(fileURLWithPath: path))
    } catch let error as UnreadableReport {
      terminal.error("\(error)")
      throw ExitCode(ExitStatus.badScenario.rawValue)
    }
  }
}
