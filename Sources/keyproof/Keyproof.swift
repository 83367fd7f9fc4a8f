import ArgumentParser
import Foundation
import Guarantees

/// The commands; each is wiring only.
@main
struct Keyproof: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keyproof",
    abstract: "Proves or disproves what a vendor promises with \"bring your own key\".",
    discussion: """
      Plays scenario files against the vendor under test, watches every wire, and writes a report.
      Exit codes: 0 all held, 1 a violation, 2 inconclusive or nothing selected, 3 only violations
      that waivers excuse, 64 usage, 65 a bad scenario, waiver or configuration file, 69 a vendor
      under test cannot be reached, 70 internal error, 130 interrupted.
      """,
    version: ToolVersion.text,
    subcommands: [
      RunCommand.self, ReplayCommand.self, NewCommand.self, ValidateCommand.self,
      ExplainCommand.self, SchemaCommand.self, GuaranteesCommand.self, VendorsCommand.self,
      CalibrateCommand.self, ExploreCommand.self, VerifyCommand.self, DiffCommand.self,
      MergeCommand.self, DatabaseCommand.self, MockCommand.self, ServeCommand.self,
    ]
  )

  /// As the library does it, but for errors that are not the user's: it would end with 1, which
  /// means a violation here.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      guard exitCode(for: error) == .failure, !(error is ExitCode) else { exit(withError: error) }
      Terminal().error("\(error)")
      exit(withError: ExitCode(ExitStatus.internalError.rawValue))
    }
  }
}

enum ToolVersion {
  static let text = "0.1.0"
}
