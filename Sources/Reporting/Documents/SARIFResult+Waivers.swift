import Guarantees

extension SARIFResult {
  /// The results of a scenario; in a run with waivers each says whether one excuses it.
  static func results(of scenario: ScenarioDigest, in run: RunResult) -> [SARIFResult] {
    let results = results(of: scenario)
    guard run.waiverList != nil else { return results }
    return results.map { result in
      var result = result
      result.suppressions = run.waivers.filter { judged in
        judged.waiver.guarantee == result.ruleId && result.kind == .fail
          && judged.violatedIn.contains(scenario.result.file)
      }.map { judged in
        Suppression(
          status: judged.state == .excuses ? "accepted" : "rejected",
          justification: PlainText.line(
            "\(judged.waiver.words) (\(judged.state == .excuses ? "in force" : "expired"))"
          )
        )
      }
      return result
    }
  }

  /// Whether a waiver excuses it.
  var isWaived: Bool { suppressions?.contains { $0.status == "accepted" } ?? false }
}
