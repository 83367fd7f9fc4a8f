package import Guarantees

/// What did not pass, as workflow commands: GitHub shows them at the lines of the scenario files.
package struct GitHubAnnotations: Sendable {
  /// GitHub shows ten errors and ten warnings of a step; the rest would be lost silently.
  private static let shown = 10

  package init() {}

  /// - Returns: a command a line; empty when all is well.
  package func text(for run: RunResult, catalogue: [Guarantee]) -> String {
    let digest = RunDigest(run: run, catalogue: catalogue)
    let results = digest.scenarios.flatMap { scenario in
      SARIFResult.results(of: scenario, in: run).map { (scenario, $0) }
    }
    let complaints = run.waivers.compactMap(\.complaint).map { "::error::\(data($0))" }
    let levels: [(String, (SARIFResult) -> Bool)] = [
      ("error", { $0.kind == .fail && !$0.isWaived }),
      ("warning", { $0.kind == .open || $0.isWaived }),
    ]
    let commands = levels.flatMap { level, isMeant in
      let found = results.filter { isMeant($0.1) }
      let rest = found.count - Self.shown
      return found.prefix(Self.shown).map { command(level, $0.0, $0.1) }
        + (rest > 0 ? ["::notice::\(rest) more of level \(level): see results.sarif"] : [])
    }
    return (complaints + commands).map { $0 + "\n" }.joined()
  }

  private func command(
    _ level: String,
    _ scenario: ScenarioDigest,
    _ result: SARIFResult
  ) -> String {
    let line = result.locations.first?.physicalLocation.region.startLine ?? 1
    let file = property(scenario.result.place.path)
    return "::\(level) file=\(file),line=\(line),title=\(property(result.ruleId))::"
      + data(
        "\(result.properties.verdict)\(result.isWaived ? ", waived" : ""): "
          + "\(result.message.text)\n\(result.properties.replay)"
      )
  }

  private func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private func property(_ text: String) -> String {
    data(PlainText.line(text)).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
