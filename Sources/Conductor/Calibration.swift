import Evidence
import Foundation
import Guarantees
package import Rogues
package import ScenarioFiles
import Worlds

/// Plays vendors whose guilt or innocence is known: the proof that the instrument can tell.
package struct Calibration: Sendable {
  /// What one vendor was accused of, and where.
  package struct Row: Sendable {
    package struct Accusation: Sendable, Equatable {
      package var guarantee: String
      package var scenario: String
    }

    package var vendor: Vendor
    package var accusations: [Accusation]
  }

  private let settings: RunSettings
  private let scenarios: [Scenario]
  private let jobs: Int

  package init(settings: RunSettings, scenarios: [Scenario], jobs: Int) {
    self.settings = settings
    self.scenarios = scenarios
    self.jobs = jobs
  }

  /// One row for each vendor. Rogues are tried in the scenarios that show what they break; the
  /// honest and the innocent in the whole library.
  ///
  /// - Throws: `CalibrationError` when a scenario could not be played.
  package func rows() async throws -> [Row] {
    var rows: [Row] = []
    for vendor in settings.vendors { rows.append(try await row(for: vendor)) }
    return rows
  }

  private func row(for vendor: Vendor) async throws -> Row {
    let candidates = scenarios.filter { scenario in
      scenario.vendor == nil
        && (vendor.breaks.isEmpty
          ? scenario.playsIn != .loopback : isTried(vendor, in: scenario))
    }
    var settings = settings
    settings.vendor = vendor
    let parts = candidates.map { scenario in
      LibraryRun.Part(
        scenario: scenario,
        world: scenario.playsIn == .loopback ? .loopback : .simulated
      )
    }
    let (results, _) = await LibraryRun(settings: settings, judge: Judge(), jobs: jobs)
      .play(parts) { _, _ in }
    var accusations: [Row.Accusation] = []
    for result in results {
      switch result.ending {
      case .played, .notRun: break
      case .internalError(let reason), .unreachable(let reason):
        throw CalibrationError.notPlayed(
          vendor: vendor.name,
          scenario: result.file,
          reason: reason
        )
      }
      for finding in result.findings
      where finding.finding.verdict == .violated
        // Stories' own checks are written for the reference, like expectations.
        && !finding.guarantee.hasPrefix(ReviewerChecks.prefix)
      {
        accusations.append(.init(guarantee: finding.guarantee, scenario: result.file))
      }
    }
    return Row(vendor: vendor, accusations: accusations)
  }

  private func isTried(_ vendor: Vendor, in scenario: Scenario) -> Bool {
    vendor.triedIn.isEmpty
      ? scenario.shows.contains(where: vendor.breaks.contains)
      : vendor.triedIn.contains(scenario.file)
  }
}

package enum CalibrationError: Error, CustomStringConvertible {
  case notPlayed(vendor: String, scenario: String, reason: String)

  package var description: String {
    switch self {
    case .notPlayed(let vendor, let scenario, let reason):
      "\(scenario) could not be played with '\(vendor)': \(reason)"
    }
  }
}
