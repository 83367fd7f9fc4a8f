package import Foundation
package import Guarantees
package import ScenarioFiles

/// The scenario files that a report brings, read again as stories.
package struct BundledScenarios {
  private let folder: String
  private let loader: ScenarioLoader

  /// - Parameter report: the report's folder.
  package init(of report: URL, knownGuarantees: [String], knownVendors: [String]) {
    folder = report.resolvingSymlinksInPath().appending(path: "inputs").path
    loader = ScenarioLoader(
      root: folder,
      workingDirectory: folder,
      knownGuarantees: knownGuarantees,
      knownVendors: knownVendors
    )
  }

  /// The story of this name, as its file among the inputs tells it.
  ///
  /// - Throws: `Misfit`.
  package func scenario(_ file: String, family: String, inputs: [InputFile]) throws -> Scenario {
    guard let first = inputs.first else {
      throw Misfit(StagedReport.reportFile, "'\(PlainText.line(file, limit: 200))' has no files")
    }
    let (scenarios, diagnostics) = loader.load(paths: ["\(folder)/\(first.path)"])
    // A file may hold several stories, told apart behind the `#`.
    let variant = file.split(separator: "#", maxSplits: 1).dropFirst().first
    guard
      var scenario = scenarios.first(where: {
        $0.file.split(separator: "#", maxSplits: 1).dropFirst().first == variant
      })
    else {
      let why = diagnostics.first.map { PlainText.line($0.message, limit: 200) } ?? "no story"
      throw Misfit("inputs/\(first.path)", "it cannot be read as the scenario: \(why)")
    }
    // The name is part of the seed, also where the file stood in no library.
    scenario.file = file
    scenario.family = family
    return scenario
  }
}
