import ArgumentParser
import Foundation
import Guarantees
import Rogues
import ScenarioFiles

/// Where the library is, for files that stand in none.
struct LibraryOptions: ParsableArguments {
  @Option(help: "Where worlds, questions and knowledge are that do not stand beside a file.")
  var library: String?

  mutating func validate() throws {
    guard let library else { return }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: library, isDirectory: &isDirectory),
      isDirectory.boolValue
    else { throw ValidationError("'\(library)' is no folder: --library takes a library's root") }
  }
}

/// The scenario files that a command was given, or the library of the working directory.
struct Library {
  static let folder = "Scenarios"
  let paths: [String]
  let root: String

  init(paths: [String], in place: LibraryOptions? = nil) throws {
    root = place?.library ?? Self.folder
    self.paths = paths.isEmpty ? [root] : paths
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
      root: root,
      knownGuarantees: Catalogue.guarantees.map(\.id),
      knownVendors: Vendor.all.map(\.name)
    ).load(paths: paths)
  }

  static func vendor(named name: String) throws -> Vendor {
    if let vendor = Vendor.all.first(where: { $0.name == name }) { return vendor }
    throw unknown("vendor", name, among: Vendor.all.map(\.name), listedBy: "vendors")
  }

  static func check(guarantees: [String]) throws {
    for id in guarantees where Catalogue.guarantee(id) == nil {
      throw unknown("guarantee", id, among: Catalogue.guarantees.map(\.id))
    }
  }

  /// What to say of an id that nothing has: the nearest one, where one is near.
  static func unknown(
    _ what: String,
    _ id: String,
    among known: [String],
    listedBy command: String = "guarantees"
  ) -> ValidationError {
    let nearest = NearestWord.nearest(to: id, among: known)
    return ValidationError(
      "there is no \(what) '\(id)'; "
        + (nearest.map { "did you mean '\($0)'? " } ?? "") + "See 'keyproof \(command)'."
    )
  }
}
