import Guarantees

extension ReportPage {
  func promise(_ verdict: GuaranteeVerdict) -> PromiseView {
    let guarantee = digest.guarantee(verdict.guarantee)
    return PromiseView(
      promiseID: ShownText(verdict.guarantee),
      promiseStyle: ShownText(verdict.verdict.rawValue),
      promiseSymbol: ShownText(verdict.verdict.symbol),
      promiseWord: ShownText(verdict.verdict.word),
      statement: ShownText(guarantee?.statement ?? verdict.guarantee),
      promiseSentence: ShownText(verdict.sentence),
      source: guarantee.map { [ShownText($0.source)] } ?? [],
      consequence: guarantee.map { [ShownText($0.consequence)] } ?? [],
      warns: verdict.verdict == .violated,
      basis: ShownText(EvidenceBasis(verdict.guarantee).words),
      deciding: verdict.scenarios.compactMap { file in
        digest.scenarios.first { $0.result.file == file }.map {
          StoryLinkView(
            linkTarget: ShownText("\($0.anchor)-\(verdict.guarantee)"),
            linkText: ShownText($0.result.title)
          )
        }
      },
      controlled: controls(of: verdict.guarantee)
    )
  }

  private func controls(of id: String) -> [ControlsView] {
    guard let supports = Catalogue.entry(id)?.supports, !supports.isEmpty else { return [] }
    let numbers = supports.map {
      "\($0.framework.shortTitle) \($0.numbers.joined(separator: ", "))"
    }
    return [
      ControlsView(
        controlNumbers: ShownText(numbers.joined(separator: "; ")),
        controlNotice: ShownText(ControlSupport.disclaimer)
      )
    ]
  }
}

extension EvidenceBasis {
  /// What a verdict rests on, for a reader.
  var words: String {
    switch self {
    case .events: "events of protocols, which the evidence holds in full."
    case .sightings:
      "sightings: what the harness found in files, prompts and replies that it did not keep."
    case .measurement: "a clock of the machine that it was measured on."
    }
  }
}
