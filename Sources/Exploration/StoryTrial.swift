package import Conductor
import Evidence
import Foundation
import Guarantees
import Rogues
package import ScenarioFiles
import Worlds

/// Plays drawn stories as files: each is written in the language and read again, and what was read
/// is played, in the simulated world and with all checkers on.
package struct StoryTrial: Sendable {
  package struct Outcome: Sendable {
    package var failures: [Failure]
    /// How much happened: the fewer events, the faster the story.
    package var events: Int
  }

  let settings: RunSettings
  private let loader: ScenarioLoader

  /// - Parameter settings: with the vendor under test; each trial takes a directory in theirs.
  package init(settings: RunSettings) {
    self.settings = settings
    loader = ScenarioLoader(
      root: "Scenarios",
      knownGuarantees: Catalogue.guarantees.map(\.id),
      knownVendors: Vendor.all.map(\.name)
    )
  }

  /// The story's text, and the story as the reader has it.
  ///
  /// - Throws: `UnreadableStory` when there are no words for it, when the reader refuses the text,
  ///   or reads another story from it.
  package func written(_ scenario: Scenario) throws -> (text: String, scenario: Scenario) {
    let text: String
    do {
      text = try ScenarioText(scenario).text()
    } catch {
      throw UnreadableStory(description: "\(scenario.path): \(error)")
    }
    let (read, diagnostics) = loader.read(text, as: scenario.path)
    if let error = diagnostics.first(where: { $0.severity == .error }) {
      throw UnreadableStory(description: error.rendered)
    }
    guard read.count == 1, read[0].isSameStory(as: scenario) else {
      throw UnreadableStory(description: "\(scenario.path): another story is read from it")
    }
    return (text, read[0])
  }

  /// Blocks the calling thread, which must be one of its own.
  ///
  /// - Throws: `UnreadableStory`. What goes wrong in playing is a failure that was found.
  package func outcome(of scenario: Scenario) throws -> Outcome {
    let read = try written(scenario).scenario
    do {
      // Each with keys of its own to look for: they would become ever more.
      let own = RunSettings(
        seed: settings.seed,
        vendor: settings.vendor,
        vendors: settings.vendors,
        issuerKeys: settings.issuerKeys,
        directory: settings.directory
      )
      let history = try ScenarioPlayer.history(of: read, in: .simulated, run: own)
      return Outcome(failures: Failure.all(in: history), events: history.events.count)
    } catch {
      return Outcome(failures: [Failure(kind: .internalError, sentence: "\(error)")], events: 0)
    }
  }
}

/// A story that was drawn or shrunk and cannot be read as it was meant.
package struct UnreadableStory: Error, CustomStringConvertible {
  package let description: String
}

extension Scenario {
  /// Whether the same happens in the same world; lines and files aside.
  package func isSameStory(as other: Scenario) -> Bool {
    var (left, right) = (world, other.world)
    left.file = ""
    right.file = ""
    return left == right && timeline.map(\.withoutLine) == other.timeline.map(\.withoutLine)
      && pair == other.pair && vendor == other.vendor && shows == other.shows
      && title == other.title && about == other.about
  }
}

extension Step {
  fileprivate var withoutLine: Step {
    var step = self
    step.line = 0
    return step
  }
}
