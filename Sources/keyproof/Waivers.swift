import ArgumentParser
import Foundation
import Guarantees
import Reporting
import ScenarioFiles
import Worlds

/// The file of waivers that a run was given.
struct Waivers {
  let path: String

  /// - Throws: exit code 65 when the file is wrong, after every mistake was shown: before a long
  ///   run, not after it.
  func list(for loaded: [Scenario], paths: [String], terminal: Terminal) throws -> WaiverList {
    // A waiver may speak of a story of the library that this run does not play.
    let known = paths.isEmpty ? loaded : loaded + (try Library(paths: []).read().scenarios)
    let checks = known.flatMap { $0.checks.map { ReviewerChecks.prefix + $0.id } }
    let file = WaiverFile(
      at: path,
      knownGuarantees: Catalogue.guarantees.map(\.id) + checks,
      knownScenarios: known.map(\.file)
    )
    if !file.diagnostics.isEmpty { terminal.diagnostics(file.diagnostics.map(\.rendered)) }
    if file.hasErrors { throw ExitCode(ExitStatus.badScenario.rawValue) }
    return WaiverList(file, day: String(RunSession.wallClock.iso8601.prefix(10)))
  }
}
