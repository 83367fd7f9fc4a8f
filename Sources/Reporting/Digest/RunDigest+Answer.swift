import Guarantees

extension RunDigest {
  /// How an answer is to be taken at a glance.
  enum Tone: String {
    case held
    case violated
    case inconclusive
  }

  var tone: Tone {
    let failing =
      failedExpectations > 0 || failedControls > 0 || run.waivers.contains(where: \.fails)
    if count(.violated) > 0 || failing { return .violated }
    if harnessFailures > 0 || count(.inconclusive) > 0 || count(.held) == 0 {
      return .inconclusive
    }
    return .held
  }

  /// The whole run in a sentence or two.
  var answer: String { ([headline] + reservations).joined(separator: " ") }

  /// What must be said in the same breath as the answer.
  var reservations: [String] {
    var sentences: [String] = []
    if let shard = run.shard {
      sentences.append(
        "This is part \(shard.number) of \(shard.count) of a run: the other stories are in the "
          + "other parts ('keyproof merge')."
      )
    }
    if harnessFailures > 0 {
      let stories = Words.count(harnessFailures, "story", "stories")
      sentences.append("The harness itself failed in \(stories), so the answer is incomplete.")
    }
    sentences += waiverReservations
    let marked = heldByMarkers
    if !marked.isEmpty {
      sentences.append(
        "For \(marked.joined(separator: " and ")) only markers were looked for: what is told in "
          + "other words would show in a story with 'pair'."
      )
    }
    if let missed { sentences.append(missed) }
    return sentences
  }

  /// Promises that no story put to the test in the second of the two ways that there are.
  private var heldByMarkers: [String] {
    run.guarantees.filter { $0.verdict == .held }.map(\.guarantee).filter { id in
      let held = scenarios.filter { !$0.result.isControl }.compactMap { scenario in
        scenario.result.findings.first { $0.guarantee == id && $0.finding.verdict == .held }
      }
      return !held.isEmpty && held.allSatisfy(\.finding.restsOnMarkers)
    }
  }

  /// What became of the promises, worst first.
  var headline: String {
    let broken = count(.violated)
    let open = count(.inconclusive)
    let held = count(.held)
    let tested = broken + open + held
    if broken > 0 {
      let others = [
        held > 0 ? "\(held) held" : nil, open > 0 ? "\(open) could not be decided" : nil,
      ].compactMap { $0 }
      let rest = others.isEmpty ? "." : "; " + others.joined(separator: ", ") + "."
      return "\(broken) of \(Words.count(tested, "promise", "promises")) "
        + (broken == 1 ? "was" : "were") + " broken" + rest
    }
    if tested == 0 { return "No promise was put to the test." }
    if open > 0 {
      return "No promise was seen broken, but \(open) of \(tested) could not be decided."
    }
    return held == 1
      ? "The one promise that was put to the test held."
      : "All \(held) promises that were put to the test held."
  }

  private var missed: String? {
    var parts: [String] = []
    if failedExpectations > 0 {
      let words = Words.count(
        failedExpectations,
        "expectation of the stories was",
        "expectations of the stories were"
      )
      parts.append("\(words) not met")
    }
    if failedControls > 0 {
      let words = Words.count(failedControls, "control", "controls")
      parts.append("\(words) did not show what \(failedControls == 1 ? "it" : "they") must")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", and ") + "."
  }
}
