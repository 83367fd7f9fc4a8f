import Guarantees

/// `summary.md`: the run on one screen, for the comment of a pull request or a job's summary.
struct MarkdownSummary {
  private static let shownProblems = 20

  private let digest: RunDigest

  init(digest: RunDigest) {
    self.digest = digest
  }

  var text: String {
    var lines = ["## Keyproof: \(Self.escaped(digest.answer))", ""]
    lines.append("This run speaks of \(Self.escaped(digest.run.subject)).")
    lines += ["", "| verdict | promise | what was seen |", "|---|---|---|"]
    lines += digest.verdictsBySeverity.map { verdict in
      "| \(verdict.verdict.symbol) \(verdict.shownWord) | `\(verdict.guarantee)` "
        + "| \(Self.escaped(verdict.sentence)) |"
    }
    let complaints = digest.run.waivers.compactMap(\.complaint)
    let problems =
      complaints.map { "- \(Self.escaped($0))" } + digest.scenarios.flatMap(problems)
    if !problems.isEmpty {
      lines += ["", "### What to look at", ""] + problems.prefix(Self.shownProblems)
      if problems.count > Self.shownProblems {
        lines.append("- … and \(problems.count - Self.shownProblems) more, in `report.html`")
      }
    }
    lines += ["", counts]
    if let waiver = digest.waiver { lines += ["", Self.escaped(waiver)] }
    return lines.joined(separator: "\n") + "\n"
  }

  private var counts: String {
    var parts = [
      Words.count(digest.played, "story played", "stories played"), "\(digest.notRun) not run",
      "seed \(digest.run.seed)",
    ]
    if let score = digest.run.calibration {
      parts.append(
        "calibrated: \(score.caught) of \(score.rogues) rogue vendors caught, "
          + "\(score.accused) of \(score.innocents) innocent ones accused"
      )
    } else {
      parts.append("not calibrated")
    }
    return parts.joined(separator: " · ")
  }

  private func problems(of scenario: ScenarioDigest) -> [String] {
    let result = scenario.result
    var texts: [String] = []
    if let failure = scenario.harnessFailure { texts.append("the harness failed: \(failure)") }
    texts += scenario.violations.map { found in
      let waiver = found.waiver.map { " (\($0.words))" } ?? ""
      return "`\(found.guarantee)` violated\(waiver): \(found.finding.sentence)"
    }
    texts += result.findings.filter {
      scenario.outcome(of: $0.guarantee) == .verdict(.inconclusive)
    }.map { "`\($0.guarantee)` inconclusive: \($0.finding.sentence)" }
    texts += scenario.controls.filter { !$0.cameOut }.map {
      "control `\($0.guarantee)` must be \($0.expected.word), was \($0.actual?.word ?? "nothing")"
    }
    texts += scenario.failedExpectations.map { "line \($0.line): \($0.text): \($0.observed)" }
    return texts.map { text in
      "- **\(Self.escaped(result.file))**: \(Self.escaped(text, keepsCode: true))"
    }
  }

  /// On one line, and with nothing in it that a page would read as markup or as a mention.
  static func escaped(_ text: String, keepsCode: Bool = false) -> String {
    var result = ""
    for character in PlainText.line(text, limit: 600) {
      switch character {
      case "`" where keepsCode: result.append(character)
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "@": result += "&#64;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!":
        result.append("\\")
        result.append(character)
      default: result.append(character)
      }
    }
    return result
  }
}
