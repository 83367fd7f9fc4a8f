import ArgumentParser
import Foundation
import Guarantees
import Rogues
import ScenarioFiles

/// The scenario files that a command was given, or the library of the working directory.
struct Library {
  static let folder = "Scenarios"
  let paths: [String]

  init(paths: [String]) throws {
    self.paths = paths.isEmpty ? [Self.folder] : paths
  }

  /// - Throws: exit code 65 when a file is wrong, after every mistake was shown.
  func load(terminal: Terminal) throws -> [Scenario] {
    let (scenarios, diagnostics) = read()
    if !diagnostics.isEmpty { terminal.diagnostics(diagnostics.map(\.rendered)) }
    if diagnostics.contains(where: { $0.severity == .error }) {
      throw ExitCode(ExitStatus.badScenario.rawValue)
    }
    return scenarios
  }

  func read() -> (scenarios: [Scenario], diagnostics: [Diagnostic]) {
    ScenarioLoader(
      root: Self.folder,
      knownGuarantees: Catalogue.guarantees.map(\.id),
      knownVendors: Vendor.all.map(\.name)
    ).load(paths: paths)
  }

  static func vendor(named name: String) throws -> Vendor {
    if let vendor = Vendor.all.first(where: { $0.name == name }) { return vendor }
    throw ValidationError("there is no vendor '\(name)'; see 'keyproof vendors'")
  }

  static func check(guarantees: [String]) throws {
    for id in guarantees where Catalogue.guarantee(id) == nil {
      throw unknown("guarantee", id, among: Catalogue.guarantees.map(\.id))
    }
  }

  /// What to say of an id that nothing has: the nearest one, where one is near.
  static func unknown(_ what: String, _ id: String, among known: [String]) -> ValidationError {
    let nearest = NearestWord.nearest(to: id, among: known)
    return ValidationError(
      "there is no \(what) '\(id)'; "
        + (nearest.map { "did you mean '\($0)'? " } ?? "") + "See 'keyproof guarantees'."
    )
  }
}
