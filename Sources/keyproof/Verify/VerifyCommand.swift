import ArgumentParser
import Foundation
import Guarantees
import Reporting
import Rogues

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Works a report out again from its evidence, and checks digests and signatures.",
    discussion: """
      Exit codes: 0 all fits (whatever the verdicts are), 1 something does not fit and is named,
      2 the run was interrupted and there are no verdicts, 64 usage, 70 internal error.
      """
  )

  @Argument(help: "The report's folder.")
  var directory: String

  @Option(help: "The signer's public key (PEM), from elsewhere than from the report.")
  var key: String?

  @Flag(help: "Plays the simulated stories again and compares their evidence.")
  var rerun = false

  @Option(help: "How many scenarios are played at once.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  mutating func run() async throws {
    let terminal = Terminal()
    let folder = URL(fileURLWithPath: directory)
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw ValidationError("there is no folder '\(directory)'")
    }
    let verifier = ReportVerifier(
      folder,
      catalogue: Catalogue.guarantees,
      knownVendors: Vendor.all.map(\.name),
      key: try key.map(Self.key)
    )
    do {
      let account = try verifier.verify()
      terminal.print(account.text)
      if rerun {
        let replay = BundleReplay(folder: folder, run: account.run, jobs: jobs)
        terminal.print(try await replay.text(terminal: terminal))
      }
    } catch let misfit as Misfit {
      terminal.error("the report does not fit its evidence: \(misfit)")
      throw ExitCode(ExitStatus.violated.rawValue)
    } catch let incomplete as IncompleteReport {
      terminal.print(incomplete.text)
      throw ExitCode(ExitStatus.inconclusive.rawValue)
    }
  }

  private static func key(_ path: String) throws -> VerifyingKey {
    do {
      return try VerifyingKey(file: URL(fileURLWithPath: path))
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
