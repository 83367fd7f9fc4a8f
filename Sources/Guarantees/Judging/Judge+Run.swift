package import Evidence

extension Judge {
  /// The whole run, judged.
  package func run(
    subject: String,
    seed: UInt64,
    challenge: String? = nil,
    scenarios: [ScenarioResult],
    calibration: CalibrationScore? = nil
  ) -> RunResult {
    let judgedWaivers = waivers?.judged(over: scenarios) ?? []
    let scenarios = excused(scenarios, by: judgedWaivers)
    let verdicts = verdicts(over: scenarios)
    var run = RunResult(
      subject: subject,
      seed: seed,
      scenarios: scenarios,
      guarantees: verdicts,
      exitStatus: exitStatus(scenarios, verdicts, judgedWaivers),
      calibration: calibration,
      problems: problems(in: scenarios) + judgedWaivers.compactMap(\.complaint)
    )
    run.challenge = challenge
    run.waiverList = waivers
    run.waivers = judgedWaivers
    run.allowedInconclusive = allowedInconclusive.sorted()
    return run
  }

  /// Internal error before an unreachable vendor, that before violated, violated before
  /// inconclusive, inconclusive before waived, that before held. A waiver that no longer stands is
  /// as bad as a violation.
  package func exitStatus(
    _ scenarios: [ScenarioResult],
    _ verdicts: [GuaranteeVerdict],
    _ waivers: [JudgedWaiver] = []
  ) -> ExitStatus {
    if scenarios.contains(where: { $0.hasFailedInternally }) { return .internalError }
    if scenarios.contains(where: { $0.couldNotReachVendor }) { return .vendorUnreachable }
    if verdicts.contains(where: { $0.verdict == .violated && !$0.isWaived }) { return .violated }
    if waivers.contains(where: \.fails) { return .violated }
    if scenarios.contains(where: { !unmet(in: $0).isEmpty || !mismatches(in: $0).isEmpty }) {
      return .violated
    }
    guard scenarios.contains(where: { $0.ending == .played }) else { return .inconclusive }
    if scenarios.contains(where: { !missedLimits(in: $0).isEmpty }) { return .inconclusive }
    let isOpen = verdicts.contains {
      $0.weighs && $0.verdict == .inconclusive && !allowedInconclusive.contains($0.guarantee)
    }
    if isOpen { return .inconclusive }
    return verdicts.contains { $0.verdict == .violated } ? .waived : .held
  }

  /// What failed apart from the guarantees, a line each, in the order of the scenarios.
  package func problems(in scenarios: [ScenarioResult]) -> [String] {
    scenarios.flatMap { scenario -> [String] in
      switch scenario.ending {
      case .notRun: return []
      case .internalError(let reason): return ["\(scenario.file): internal error: \(reason)"]
      case .unreachable(let reason): return ["\(scenario.file): vendor unreachable: \(reason)"]
      case .played:
        return unmet(in: scenario).map { expectation in
          "\(scenario.file):\(expectation.line): expected \(expectation.text); "
            + "observed \(expectation.observed)"
        } + mismatches(in: scenario)
          + missedLimits(in: scenario).map { limit in
            "\(scenario.file): it was to demonstrate \(limit.limit), and did not: \(limit.sentence)"
          }
      }
    }
  }

  /// Expectations of the story that were not met. Those of a control are written for an honest
  /// vendor, which it does not have; those of other stories do not weigh with every vendor.
  package func unmet(in scenario: ScenarioResult) -> [Event.Expectation] {
    guard scenario.ending == .played, !scenario.isControl, scenario.expectationsWeigh,
      let history = scenario.history
    else { return [] }
    return history.events.compactMap { event in
      if case .expectation(let expectation) = event.kind, !expectation.met { return expectation }
      return nil
    }
  }

  /// Limits that a story is there to demonstrate, and did not. A vendor of another kind may have
  /// reasons not to.
  package func missedLimits(in scenario: ScenarioResult) -> [LimitDemonstration] {
    guard scenario.ending == .played, !scenario.isControl, scenario.expectationsWeigh,
      let history = scenario.history
    else { return [] }
    return LimitDemonstration.all(in: history).filter { $0.outcome == .missed }
  }

  /// How a control came out otherwise than it must, a line for each guarantee.
  package func mismatches(in scenario: ScenarioResult) -> [String] {
    guard scenario.ending == .played else { return [] }
    return scenario.expectedVerdicts.compactMap { expected in
      let found = scenario.findings.first { $0.guarantee == expected.guarantee }?.finding.verdict
      guard found != expected.verdict else { return nil }
      return "\(scenario.file): the control must bring out \(expected.guarantee) as "
        + "\(expected.verdict.rawValue); it came out as \(found?.rawValue ?? "not judged")"
    }
  }
}

extension ScenarioResult {
  var couldNotReachVendor: Bool {
    if case .unreachable = ending { return true }
    return false
  }

  var hasFailedInternally: Bool {
    if case .internalError = ending { return true }
    return false
  }
}
