import Evidence
import Guarantees

/// A buyer's question with what this run has to say to it.
struct BuyerAnswer {
  var question: BuyerQuestion
  /// Nil where no promise answers it.
  var verdict: Verdict?
  /// Nobody put it to the test in this run.
  var wasLeftOut: Bool
  var sentence: String
  /// Stories that decided it.
  var stories: Int
  /// Summed up over them.
  var counts: [Finding.Count]
}

extension RunDigest {
  var answers: [BuyerAnswer] { BuyerQuestion.all.map(answer) }

  private func answer(_ question: BuyerQuestion) -> BuyerAnswer {
    switch question.answered {
    case .promises(let ids): answer(question, by: ids)
    case .embeddings(let ids): paid(answer(question, by: ids))
    case .seen(let kind, let zone): seen(kind, in: zone, question)
    }
  }

  private func answer(_ question: BuyerQuestion, by ids: [String]) -> BuyerAnswer {
    let verdicts = ids.compactMap { id in run.guarantees.first { $0.guarantee == id } }
    let tested = verdicts.filter { !$0.wasLeftOut && $0.verdict != .notClaimed }
    let order: [Verdict] = [.violated, .inconclusive, .held]
    let worst = order.lazy.compactMap { verdict in tested.first { $0.verdict == verdict } }.first
    let deciding = tested.filter { $0.verdict == worst?.verdict }
    let files = Set(deciding.flatMap(\.scenarios))
    let wasLeftOut = worst == nil && (verdicts.allSatisfy(\.wasLeftOut) || !wasPlayed(ids))
    return BuyerAnswer(
      question: question,
      verdict: worst?.verdict ?? (wasLeftOut ? nil : .notClaimed),
      wasLeftOut: wasLeftOut,
      sentence: wasLeftOut
        ? "Not put to the test in this run." : sentence(question, worst, verdicts),
      stories: files.count,
      counts: counts(of: deciding)
    )
  }

  /// Whether a story that is there to show one of these was played: what others saw in passing
  /// answers nobody.
  private func wasPlayed(_ ids: [String]) -> Bool {
    scenarios.contains {
      $0.result.ending == .played && $0.result.shows.contains(where: ids.contains)
    }
  }

  private func sentence(
    _ question: BuyerQuestion,
    _ worst: GuaranteeVerdict?,
    _ verdicts: [GuaranteeVerdict]
  ) -> String {
    guard let worst else { return "The vendor does not claim it." }
    guard worst.verdict == .held else { return worst.sentence }
    // An answer must not say more than what was shown.
    let open = verdicts.filter { $0.verdict != .held }.map(\.guarantee)
    return open.isEmpty
      ? question.affirmed
      : question.affirmed + " Not shown in this run: \(open.joined(separator: ", "))."
  }

  /// What the deciding stories counted, by name, in the order of first mention.
  private func counts(of verdicts: [GuaranteeVerdict]) -> [Finding.Count] {
    var sums: [Finding.Count] = []
    for verdict in verdicts {
      let files = Set(verdict.scenarios)
      for scenario in scenarios where files.contains(scenario.result.file) {
        guard !scenario.result.isControl else { continue }
        let found = scenario.result.findings.first { $0.guarantee == verdict.guarantee }
        for count in found?.finding.exercise ?? [] {
          if let index = sums.firstIndex(where: { $0.name == count.name }) {
            sums[index].count += count.count
          } else {
            sums.append(count)
          }
        }
      }
    }
    return sums.filter { $0.count > 0 }
  }

  /// With the accounts that the embeddings ran on, in place of a general sentence.
  private func paid(_ general: BuyerAnswer) -> BuyerAnswer {
    var answer = general
    let payers = payersOfEmbeddings
    if !payers.isEmpty, answer.verdict != .violated { answer.sentence = payers }
    return answer
  }

  /// Empty where no embedding was called for.
  private var payersOfEmbeddings: String {
    money.embeddings.map { model, payers in
      let all = payers.customer + payers.vendor
      let name = model.words.prefix(1).uppercased() + model.words.dropFirst()
      if payers.vendor == 0 {
        return "\(name): all \(Words.count(all, "call", "calls")) on the customer's key."
      }
      if payers.customer == 0 {
        return "\(name): all \(Words.count(all, "call", "calls")) on the vendor's own account."
      }
      return "\(name): \(Words.grouped(payers.customer)) of \(Words.count(all, "call", "calls")) "
        + "on the customer's key, the rest on the vendor's own account."
    }.joined(separator: " ")
  }

  private func seen(
    _ kind: DataFlow.Kind,
    in zone: Facts.Zone,
    _ question: BuyerQuestion
  ) -> BuyerAnswer {
    let outside = flows.filter { $0.model != .selfHosted }
    let count = outside.reduce(0) { $0 + $1.flow.count(of: kind, in: zone) }
    return BuyerAnswer(
      question: question,
      verdict: nil,
      wasLeftOut: count == 0,
      sentence: count > 0 ? question.affirmed : "Nothing of it was seen in this run.",
      stories: 0,
      counts: count > 0 ? [Finding.Count("\(kind.words) seen at \(zone.words)", count)] : []
    )
  }
}
