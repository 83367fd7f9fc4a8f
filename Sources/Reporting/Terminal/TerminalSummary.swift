package import Guarantees
import Worlds

/// What a person sees at the end of `keyproof run`.
package struct TerminalSummary: Sendable {
  private let layout: TerminalText

  package init(layout: TerminalText) {
    self.layout = layout
  }

  /// - Parameter reportPath: where the page was written; nil when nothing was.
  package func text(
    for run: RunResult,
    catalogue: [Guarantee],
    reportPath: String?
  ) -> String {
    let digest = RunDigest(run: run, catalogue: catalogue)
    var lines = layout.wrapped("This run speaks of \(run.subject).", indent: 0)
    lines += layout.wrapped(stories(digest), indent: 0)
    lines.append("")
    let idWidth = run.guarantees.map(\.guarantee.count).max() ?? 0
    lines += digest.verdictsBySeverity.filter { !$0.wasLeftOut }
      .flatMap { self.lines(for: $0, idWidth: idWidth) }
    lines += leftOut(run.guarantees.filter(\.wasLeftOut))
    lines += violations(digest) + controls(digest) + expectations(digest) + failures(digest)
    lines += section(
      "Waivers that no longer stand",
      run.waivers.compactMap(\.complaint).map { layout.wrapped($0, indent: 2) }
    )
    lines.append("")
    lines += layout.wrapped(digest.answer, indent: 0).map { layout.paint($0, ink(of: digest)) }
    if let waiver = digest.waiver { lines += layout.wrapped(waiver, indent: 0) }
    lines += layout.wrapped(calibration(run.calibration), indent: 0)
    if let reportPath { lines.append("Report: \(PlainText.line(reportPath))") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func stories(_ digest: RunDigest) -> String {
    var parts = [Words.count(digest.played, "story played", "stories played")]
    if digest.notRun > 0 { parts.append("\(digest.notRun) not run") }
    if digest.harnessFailures > 0 {
      parts.append("\(digest.harnessFailures) failed in the harness")
    }
    parts.append("seed \(digest.run.seed)")
    return parts.joined(separator: ", ")
  }

  /// One line where the promise held; what did not hold is never cut short.
  private func lines(for verdict: GuaranteeVerdict, idWidth: Int) -> [String] {
    let mark = TerminalText.padded("\(verdict.verdict.symbol) \(verdict.verdict.word)", 14)
    let id = TerminalText.padded(PlainText.line(verdict.guarantee), idWidth)
    let head = "  \(layout.paint(mark, verdict.verdict.ink))  \(id)  "
    let columns = 2 + 14 + 2 + idWidth + 2
    switch verdict.verdict {
    case .held, .notClaimed:
      return [head + layout.oneLine(verdict.sentence, after: columns)]
    case .violated, .inconclusive:
      let sentence = layout.wrapped(verdict.sentence, indent: columns)
      return sentence.enumerated().map { index, line in
        index == 0 ? head + line.dropFirst(columns) : line
      }
    }
  }

  /// Who plays one story is not told at length what it is not about.
  private func leftOut(_ verdicts: [GuaranteeVerdict]) -> [String] {
    guard !verdicts.isEmpty else { return [] }
    let names = verdicts.map { PlainText.line($0.guarantee) }.joined(separator: ", ")
    return layout.wrapped("Not shown by what was played: \(names).", indent: 2)
  }

  private func violations(_ digest: RunDigest) -> [String] {
    section(
      "Violations",
      digest.scenarios.filter { !$0.violations.isEmpty }.map { scenario in
        scenario.violations.flatMap { found -> [String] in
          var lines = layout.wrapped(
            "\(scenario.result.file): \(found.guarantee): \(found.finding.sentence)",
            indent: 2
          )
          if let waiver = found.waiver { lines += layout.wrapped(waiver.words, indent: 4) }
          if let witnesses = found.finding.witnesses {
            let ids = witnesses.first.events.prefix(8).map(String.init).joined(separator: ", ")
            let place = ids.isEmpty ? "" : " (events \(ids))"
            lines += layout.wrapped("first: \(witnesses.first.what)\(place)", indent: 4)
          }
          return lines
        } + [replay(scenario)]
      }
    )
  }

  private func controls(_ digest: RunDigest) -> [String] {
    section(
      "Controls that failed",
      digest.scenarios.filter { $0.controls.contains { !$0.cameOut } }.map { scenario in
        scenario.controls.filter { !$0.cameOut }.flatMap { control in
          layout.wrapped(
            "\(scenario.result.file): \(control.guarantee) must be \(control.expected.word), was "
              + (control.actual?.word ?? "not judged"),
            indent: 2
          )
        } + [replay(scenario)]
      }
    )
  }

  private func expectations(_ digest: RunDigest) -> [String] {
    section(
      "Expectations not met",
      digest.scenarios.filter { !$0.failedExpectations.isEmpty }.map { scenario in
        scenario.failedExpectations.flatMap { tally in
          layout.wrapped(
            "\(scenario.result.file):\(tally.line): \(tally.text): \(tally.observed)"
              + (tally.failed > 1 ? " (\(tally.failed) times)" : ""),
            indent: 2
          )
        } + [replay(scenario)]
      }
    )
  }

  private func failures(_ digest: RunDigest) -> [String] {
    section(
      "The harness failed",
      digest.scenarios.compactMap { scenario in
        scenario.harnessFailure.map {
          layout.wrapped("\(scenario.result.file): \($0)", indent: 2) + [replay(scenario)]
        }
      }
    )
  }

  private func section(_ title: String, _ entries: [[String]]) -> [String] {
    entries.isEmpty ? [] : ["", layout.paint(title, .bold)] + entries.flatMap { $0 }
  }

  /// Never wrapped: it is there to be copied.
  private func replay(_ scenario: ScenarioDigest) -> String {
    layout.paint("    again: \(PlainText.line(scenario.result.replay))", .faint)
  }

  private func calibration(_ score: CalibrationScore?) -> String {
    score.map { "Calibration: \($0.sentence)" } ?? "Not calibrated: run `keyproof calibrate`."
  }

  private func ink(of digest: RunDigest) -> TerminalText.Ink {
    switch digest.tone {
    case .held: .green
    case .violated: .red
    case .inconclusive: .yellow
    }
  }
}

extension Verdict {
  var ink: TerminalText.Ink {
    switch self {
    case .held: .green
    case .violated: .red
    case .inconclusive: .yellow
    case .notClaimed: .faint
    }
  }
}

extension CalibrationScore {
  /// The score in one sentence, the same on the page and in the terminal.
  var sentence: String {
    "\(caught) of \(Words.count(rogues, "rogue vendor", "rogue vendors")) caught, \(accused) of "
      + "\(Words.count(innocents, "innocent vendor", "innocent vendors")) accused."
  }
}
