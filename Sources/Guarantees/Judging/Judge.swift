package import Evidence

/// From histories to findings, from findings to verdicts, from verdicts to the way the program
/// ends. Pure: the same input gives the same result.
package struct Judge: Sendable {
  package var guarantees: [Guarantee]
  /// Guarantees whose *inconclusive* the user has accepted. A violation can not be accepted.
  package var allowedInconclusive: Set<String>
  /// Excuses for violations that are known; nil without any.
  package var waivers: WaiverList?

  package init(
    guarantees: [Guarantee] = Catalogue.guarantees,
    allowedInconclusive: Set<String> = [],
    waivers: WaiverList? = nil
  ) {
    self.guarantees = guarantees
    self.allowedInconclusive = allowedInconclusive
    self.waivers = waivers
  }

  /// One finding for every guarantee, in the order of the catalogue, and then one for each check of
  /// the scenario's own.
  package func findings(in history: History) -> [GuaranteeFinding] {
    let story = Story(history)
    let isHybrid = history.facts.tenants.contains { $0.deployment == .hybrid }
    return findings(
      in: story,
      modelCalls: isHybrid ? Story(history.withoutVendorsEmbeddings) : nil
    ) + ReviewerChecks(story).findings()
  }

  /// - Parameter modelCalls: the story without what was embedded on the vendor's own account,
  ///   where that differs.
  package func findings(in story: Story, modelCalls: Story? = nil) -> [GuaranteeFinding] {
    let deployments = Set(story.facts.tenants.map(\.deployment))
    return guarantees.map { guarantee in
      var finding = finding(of: guarantee, in: story)
      let whole = Finding.Observed(verdict: finding.verdict, sentence: finding.sentence)
      switch guarantee.scope(in: story.facts, deployments) {
      case .everything?: break
      case .modelCalls?:
        guard let modelCalls else { break }
        finding = self.finding(of: guarantee, in: modelCalls)
        guard finding.verdict != whole.verdict else { break }
        finding.sentence +=
          " The vendor's own embeddings are no part of the claim; with them: "
          + whole.sentence
        finding.observed = whole
      case nil:
        finding.verdict = .notClaimed
        finding.observed = whole
      }
      // Without a list of claims the vendor claims all that its model does; what is not claimed is
      // observed all the same, and shown beside the claim.
      if !story.facts.claims.isEmpty, !story.facts.claims.contains(guarantee.id) {
        finding.verdict = .notClaimed
        finding.observed = whole
      }
      return GuaranteeFinding(guarantee: guarantee.id, finding: finding)
    }
  }

  private func finding(of guarantee: Guarantee, in story: Story) -> Finding {
    do {
      return try guarantee.check(story)
    } catch {
      return Finding(verdict: .inconclusive, sentence: "The checker failed: \(error)")
    }
  }

  /// The verdict of each guarantee over all scenarios, in the order of the catalogue, and of the
  /// scenarios' own checks. Controls have no say: they are judged against what they are to bring
  /// out.
  package func verdicts(over scenarios: [ScenarioResult]) -> [GuaranteeVerdict] {
    var checks: [String] = []
    for scenario in scenarios where !scenario.isControl {
      checks += scenario.shows.filter { id in
        id.hasPrefix(ReviewerChecks.prefix) && !checks.contains(id)
      }
    }
    return (guarantees.map(\.id) + checks).map { verdict(of: $0, over: scenarios) }
  }

  private func verdict(of id: String, over scenarios: [ScenarioResult]) -> GuaranteeVerdict {
    let judged = scenarios.filter { $0.ending == .played && !$0.isControl }.compactMap { result in
      result.findings.first { $0.guarantee == id }.map { (result, $0) }
    }
    func verdict(
      _ verdict: Verdict,
      _ deciding: [(ScenarioResult, GuaranteeFinding)],
      weighs: Bool = true
    ) -> GuaranteeVerdict {
      GuaranteeVerdict(
        guarantee: id,
        verdict: verdict,
        sentence: sentence(verdict, deciding.map { ($0, $1.finding) }, weighs: weighs),
        scenarios: deciding.map(\.0.file),
        weighs: weighs
      )
    }
    let violated = judged.filter { $0.1.finding.verdict == .violated }
    if !violated.isEmpty {
      var broken = verdict(.violated, violated)
      let waived = violated.filter { $0.1.waiver != nil }
      broken.isWaived = waived.count == violated.count
      broken.sentence += waiverSentence(waived, of: violated.count)
      return broken
    }
    let unshown = judged.filter { $0.0.shows.contains(id) && $0.1.finding.verdict == .inconclusive }
    if !unshown.isEmpty { return verdict(.inconclusive, unshown) }
    let held = judged.filter { $0.1.finding.verdict == .held }
    // The stories made to show it speak first.
    let made = held.filter { $0.0.shows.contains(id) }
    let speaking = made + held.filter { !$0.0.shows.contains(id) }
    if !held.isEmpty { return verdict(.held, speaking) }
    let unclaimed = judged.filter { $0.1.finding.verdict == .notClaimed }
    // Claimed in one story and shown in none is not shown: other stories without the claim do not
    // hide that.
    guard unclaimed.isEmpty || unclaimed.count < judged.count else {
      return verdict(.notClaimed, unclaimed, weighs: false)
    }
    return verdict(.inconclusive, [], weighs: false)
  }

  private func waiverSentence(
    _ waived: [(ScenarioResult, GuaranteeFinding)],
    of all: Int
  ) -> String {
    guard let first = waived.first, let waiver = first.1.waiver else { return "" }
    let scope =
      waived.count == all
      ? "Known and \(waiver.words)" : "In \(waived.count) of them known and \(waiver.words)"
    return " " + scope + (scope.hasSuffix(".") ? "" : ".")
  }

  private func sentence(
    _ verdict: Verdict,
    _ deciding: [(ScenarioResult, Finding)],
    weighs: Bool
  ) -> String {
    guard let (first, finding) = deciding.first else {
      return "Not run: no scenario that was played shows it."
    }
    switch verdict {
    case .held:
      return deciding.count == 1
        ? "Held in \(first.title): \(finding.sentence)"
        : "Held in \(deciding.count) scenarios. \(first.title): \(finding.sentence)"
    case .violated:
      return "Violated in \(deciding.count.of("scenario")). \(first.title): \(finding.sentence)"
    case .inconclusive:
      return "Not shown in \(deciding.count.of("scenario")) made to show it. \(first.title): "
        + finding.sentence
    case .notClaimed:
      return "The vendor does not claim it. \(first.title): \(finding.sentence)"
    }
  }
}

extension Guarantee {
  /// How far the promise goes in a story; nil where nobody there makes it.
  fileprivate func scope(in facts: Facts, _ deployments: Set<Facts.Deployment>) -> Claims.Scope? {
    guard claims.isByContract else { return claims.scope(ofAll: deployments) }
    return facts.tenants.contains { $0.contracts?.contains(id) ?? false } ? .everything : nil
  }
}
