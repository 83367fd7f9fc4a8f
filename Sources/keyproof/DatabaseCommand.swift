import ArgumentParser
import Foundation
import Guarantees
import Reporting
import Rogues

struct DatabaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "database",
    abstract: "Writes a report's evidence as an SQLite database, for questions of your own.",
    discussion: """
      The report is verified first. The database is made of it and proves nothing by itself.
      Exit codes: 0 written, 1 the report does not fit its evidence, 2 it is incomplete, 64 usage,
      70 internal error.
      """
  )

  @Argument(help: "The report's folder.")
  var directory: String

  @Option(help: "Where the database goes (default: beside the folder, with .sqlite behind it).")
  var output: String?

  func run() throws {
    let terminal = Terminal()
    let folder = URL(fileURLWithPath: directory).standardizedFileURL
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw ValidationError("there is no folder '\(directory)'")
    }
    let file = URL(fileURLWithPath: output ?? folder.path + ".sqlite")
    do {
      let account = try ReportVerifier(
        folder,
        catalogue: Catalogue.guarantees,
        knownVendors: Vendor.all.map(\.name)
      ).verify()
      try EvidenceDatabase(account.run).write(to: file)
      terminal.print(
        "\(account.events) events of \(Words.count(account.logs, "story", "stories")) are in "
          + "\(file.path)\n"
          + "  sqlite3 '\(file.path)' \"SELECT kind, count(*) FROM event GROUP BY kind\""
      )
    } catch let misfit as Misfit {
      terminal.error("the report does not fit its evidence: \(misfit)")
      throw ExitCode(ExitStatus.violated.rawValue)
    } catch let incomplete as IncompleteReport {
      terminal.print(incomplete.text)
      throw ExitCode(ExitStatus.inconclusive.rawValue)
    }
  }
}
