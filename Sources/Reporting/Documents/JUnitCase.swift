import Guarantees

/// One test case: a guarantee in a scenario that shows it, an expectation, or a control.
struct JUnitCase {
  enum Outcome {
    case passed
    case failure(type: String, message: String, details: String)
    case error(type: String, message: String, details: String)
    case skipped(message: String)

    var element: String? {
      switch self {
      case .passed: nil
      case .failure: "failure"
      case .error: "error"
      case .skipped: "skipped"
      }
    }
  }

  var className: String
  var name: String
  var time: Duration = .zero
  var outcome: Outcome

  var xml: String {
    let head =
      "    <testcase classname=\"\(XMLText.escape(className))\" name=\"\(XMLText.escape(name))\""
      + " time=\"\(Words.decimalSeconds(time))\""
    switch outcome {
    case .passed: return head + "/>"
    case .skipped(let message):
      return head + "><skipped message=\"\(XMLText.escape(message))\"/></testcase>"
    case .failure(let type, let message, let details), .error(let type, let message, let details):
      let element = outcome.element ?? "error"
      return head + "><\(element) type=\"\(type)\" message=\"\(XMLText.escape(message))\">"
        + "\(XMLText.escape(details))</\(element)></testcase>"
    }
  }

  /// The first case of a scenario carries its whole time, so that the sum is right.
  static func cases(of scenario: ScenarioDigest) -> [JUnitCase] {
    let result = scenario.result
    var outcomes: [(String, Outcome)] = []
    switch result.ending {
    case .notRun(let reason):
      outcomes = names(of: result).map { ($0, .skipped(message: "not run: \(reason)")) }
    case .unreachable(let reason):
      let error = Outcome.error(
        type: "vendor-unreachable",
        message: reason,
        details: result.replay
      )
      outcomes = names(of: result).map { ($0, error) }
    case .internalError(let reason):
      let error = Outcome.error(type: "internal-error", message: reason, details: result.replay)
      outcomes = names(of: result).map { ($0, error) }
    case .played:
      outcomes = result.isControl ? controls(of: scenario) : guarantees(of: scenario)
      outcomes += expectations(of: scenario)
      if outcomes.isEmpty { outcomes = [("played", .passed)] }
    }
    return outcomes.enumerated().map { index, outcome in
      JUnitCase(
        className: scenario.name,
        name: outcome.0,
        time: index == 0 ? scenario.duration : .zero,
        outcome: outcome.1
      )
    }
  }

  private static func names(of result: ScenarioResult) -> [String] {
    if result.isControl { return result.expectedVerdicts.map { "control \($0.guarantee)" } }
    return result.shows.isEmpty ? ["played"] : result.shows
  }

  private static func guarantees(of scenario: ScenarioDigest) -> [(String, Outcome)] {
    let result = scenario.result
    return result.findings.compactMap { found in
      let finding = found.finding
      // A violation counts wherever it is seen, also in a story that is about something else.
      guard result.shows.contains(found.guarantee) || finding.verdict == .violated else {
        return nil
      }
      let details = details(of: finding, in: scenario)
      switch finding.verdict {
      case .held: return (found.guarantee, .passed)
      case .notClaimed: return (found.guarantee, .skipped(message: finding.sentence))
      case .violated:
        if let waiver = found.waiver {
          let message = "violated, and \(waiver.words): \(finding.sentence)"
          return (found.guarantee, .skipped(message: message))
        }
        return (
          found.guarantee,
          .failure(type: "violated", message: finding.sentence, details: details)
        )
      case .inconclusive:
        return (
          found.guarantee,
          .error(type: "inconclusive", message: finding.sentence, details: details)
        )
      }
    }
  }

  /// Waivers as cases of their own, so that one that no longer stands fails.
  static func cases(of waivers: [JudgedWaiver]) -> [JUnitCase] {
    waivers.map { judged in
      let outcome: Outcome =
        if let complaint = judged.complaint {
          .failure(type: "waiver", message: complaint, details: judged.waiver.words)
        } else if judged.state == .notTried {
          .skipped(message: "no story that it names was played")
        } else {
          .passed
        }
      return JUnitCase(
        className: RunDigest.waiverFile,
        name: "\(judged.waiver.guarantee) in \(judged.waiver.scenario)",
        outcome: outcome
      )
    }
  }

  private static func controls(of scenario: ScenarioDigest) -> [(String, Outcome)] {
    scenario.controls.map { control in
      let name = "control \(control.guarantee)"
      guard !control.cameOut else { return (name, .passed) }
      let seen = control.actual?.word ?? "nothing"
      return (
        name,
        .failure(
          type: "control",
          message: "must be \(control.expected.word), was \(seen)",
          details: "\(scenario.result.file)\n\(scenario.result.replay)"
        )
      )
    }
  }

  private static func expectations(of scenario: ScenarioDigest) -> [(String, Outcome)] {
    scenario.expectations.map { tally in
      let name = "line \(tally.line): \(tally.text)"
      guard tally.failed > 0 else { return (name, .passed) }
      return (
        name,
        .failure(
          type: "expectation",
          message: tally.observed,
          details: "\(scenario.result.file):\(tally.line)\n"
            + "not met \(tally.failed) times, met \(tally.met) times\n\(scenario.result.replay)"
        )
      )
    }
  }

  private static func details(of finding: Finding, in scenario: ScenarioDigest) -> String {
    var lines = [scenario.result.file]
    lines += finding.exercise.map { "\($0.name): \($0.count)" }
    if let witnesses = finding.witnesses {
      lines.append("witnesses: \(witnesses.count)")
      for (name, witness) in witnesses.distinct {
        let ids = witness.events.map(String.init).joined(separator: ", ")
        lines.append("\(name): \(witness.what)" + (ids.isEmpty ? "" : " (events \(ids))"))
      }
    }
    lines.append(scenario.result.replay)
    return lines.joined(separator: "\n")
  }
}

extension Finding.Witnesses {
  /// First, worst and last, without repeating one that is two of them.
  var distinct: [(String, Finding.Witness)] {
    var kept: [(String, Finding.Witness)] = [("first", first)]
    if worst != first { kept.append(("worst", worst)) }
    if last != first, last != worst { kept.append(("last", last)) }
    return kept
  }
}
