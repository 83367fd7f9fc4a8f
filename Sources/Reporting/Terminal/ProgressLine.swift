import Evidence
package import Guarantees
import Worlds

/// The line that appears when a scenario has finished.
package struct ProgressLine: Sendable {
  private let layout: TerminalText

  package init(layout: TerminalText) {
    self.layout = layout
  }

  /// - Parameters:
  ///   - number: how many have finished, this one included.
  ///   - wall: how long it took on the wall clock.
  package func text(
    for scenario: ScenarioResult,
    number: Int,
    of total: Int,
    wall: Duration? = nil
  ) -> String {
    let digest = ScenarioDigest(number: number, result: scenario, name: "")
    let width = String(total).count
    let place = String(repeating: " ", count: max(0, width - String(number).count)) + "\(number)"
    let (symbol, ink, words) = outcome(of: digest)
    let head = "[\(place)/\(total)] "
    let body = layout.oneLine(
      "\(scenario.file)  \(words)\(pace(of: digest, wall: wall))",
      after: head.count + 2
    )
    return head + layout.paint(symbol, ink) + " " + body
  }

  private func outcome(of digest: ScenarioDigest) -> (String, TerminalText.Ink, String) {
    switch digest.result.ending {
    case .notRun(let reason): return ("○", .faint, "not run: \(reason)")
    case .unreachable(let reason):
      return ("!", .red, "the vendor could not be reached: \(reason)")
    case .internalError(let reason): return ("!", .red, "the harness failed: \(reason)")
    case .played: break
    }
    if digest.result.isControl {
      return digest.controls.allSatisfy(\.cameOut)
        ? ("✓", .green, "control came out") : ("✗", .red, "control failed")
    }
    var news: [String] = digest.violations.map(\.guarantee)
    if !digest.failedExpectations.isEmpty {
      news.append(
        Words.count(digest.failedExpectations.count, "expectation missed", "expectations missed")
      )
    }
    if !news.isEmpty { return ("✗", .red, news.joined(separator: ", ")) }
    return digest.hasNews ? ("?", .yellow, "inconclusive") : ("✓", .green, "held")
  }

  private func pace(of digest: ScenarioDigest, wall: Duration?) -> String {
    guard let history = digest.result.history else { return "" }
    let crashes = history.facts.crashes.map { ", \(Words.count($0, "crash", "crashes")) tried" }
    let played = Words.count(history.events.count, "event", "events") + (crashes ?? "")
    let time = wall.map { " in \(Words.roughly($0))" } ?? ""
    return "  (\(played), \(Words.roughly(digest.duration))\(time))"
  }
}
