import Evidence
import Worlds

/// Judged on real sockets alone. For the same questions, the customer's key and the vendor's own
/// lead to the same number of requests with the same number of bytes (credential headers apart);
/// and at the median and at the 95th percentile the time that the vendor adds, from the moment at
/// which a question was due, is longer by no more than margins fixed beforehand, by the upper end
/// of a 90 % interval. The measurement must prove itself: when questions are due is recorded before
/// they are asked, and at most one in a hundred is asked more than two milliseconds late; the
/// vendor's key against itself must come out equal, and with a delay injected it must come out
/// slower. Where more than one message in a thousand has no answer, nothing is held.
enum LatencyNeutrality {
  static let guarantee = Guarantee(
    id: "latency-neutrality",
    statement: "The customer's key adds no meaningful latency against the vendor's own key: the "
      + "requests made are equal in number and bytes, and timing passes an equivalence test.",
    source: "No meaningful performance difference. The API call to OpenAI is the same regardless "
      + "of which account's key initiates it.",
    consequence: "People wait longer because their company brought its own key.",
    bounds: [
      "at least \(LatencyStatistics.fewestPairs) pairs, and the story's 'pairs-at-least'",
      "the story's 'median-margin' and 'tail-margin', by the upper end of a 90 % interval",
      "at most \(ArrivalQuality.latePercent) % of the questions asked more than \(grace) late",
      "at most \(unansweredPerThousand) message in a thousand without an answer",
    ],
    check: check
  )

  private static let unansweredPerThousand = 1
  private static var grace: String { "\(Int(ArrivalQuality.grace.milliseconds)) ms" }

  static func check(_ story: Story) -> Finding {
    let pairs = Pairs(story)
    var breaches = Breaches()
    addUnequalRequests(pairs.judged, to: &breaches)
    guard breaches.isEmpty else {
      return .judged(breaches, exercise: pairs.exercise, missing: nil, held: "")
    }
    guard story.facts.world == .loopback else {
      let sentence =
        pairs.judged.isEmpty
        ? "No latency was compared."
        : "Times of the simulated world are the model's, not the vendor's; requests were equal in "
          + "number and bytes."
      return Finding(verdict: .inconclusive, sentence: sentence, exercise: pairs.exercise)
    }
    if let missing = pairs.missing {
      return Finding(verdict: .inconclusive, sentence: missing, exercise: pairs.exercise)
    }
    guard let plan = story.latencyPlans.last?.of else {
      return Finding(verdict: .inconclusive, sentence: "No margins were fixed beforehand.")
    }
    if let unfit = unfit(pairs, story) {
      return Finding(verdict: .inconclusive, sentence: unfit, exercise: pairs.exercise)
    }
    return judge(pairs, plan)
  }

  /// What makes the generator of the questions unfit for a verdict.
  private static func unfit(_ pairs: Pairs, _ story: Story) -> String? {
    let quality = ArrivalQuality(
      pairs.all.map(\.of),
      schedules: story.latencySchedules.map(\.of)
    )
    if quality.unscheduled > 0 {
      return "\(quality.unscheduled.of("pair")) were asked at moments that no schedule had "
        + "beforehand."
    }
    if !quality.isGood {
      return "The generator fell behind: \(quality.late) of \(quality.starts.of("question")) were "
        + "asked more than \(grace) late, the worst by "
        + "\(tenths(quality.worst.milliseconds)) ms; at most "
        + "\(ArrivalQuality.latePercent) % may be."
    }
    return nil
  }

  private static func addUnequalRequests(
    _ pairs: [Story.Occurrence<Event.LatencyPair>],
    to breaches: inout Breaches
  ) {
    for pair in pairs where isTold(pair.of) {
      let (subject, control) = (pair.of.subject, pair.of.control)
      guard
        subject.requests != control.requests || subject.requestBytes != control.requestBytes
      else { continue }
      breaches.add(
        "On the customer's key a question took \(subject.requests.of("request")) of "
          + "\(subject.requestBytes.of("byte")), on the vendor's own "
          + "\(control.requests.of("request")) of \(control.requestBytes.of("byte")).",
        events: [pair.event],
        weight: Int64(abs(subject.requestBytes - control.requestBytes))
      )
    }
  }

  /// Whether it is known what each of its questions took.
  private static func isTold(_ pair: Event.LatencyPair) -> Bool {
    [pair.subject, pair.control].allSatisfy { $0.answered && !$0.entangled }
  }

  private static func judge(_ pairs: Pairs, _ plan: Event.LatencyPlan) -> Finding {
    func judgement(_ pairs: [Story.Occurrence<Event.LatencyPair>]) -> LatencyJudgement {
      LatencyJudgement(
        pairs.map(\.of),
        medianMargin: plan.medianMargin,
        tailMargin: plan.tailMargin,
        seed: plan.bootstrapSeed
      )
    }
    func finding(_ verdict: Verdict, _ sentence: String) -> Finding {
      Finding(verdict: verdict, sentence: sentence, exercise: pairs.exercise)
    }
    let itself = judgement(pairs.equal)
    guard itself.outcome == .equivalent else {
      return finding(
        .inconclusive,
        "The vendor's key against itself did not come out equal (\(wording(itself))): the "
          + "measurement is not to be trusted."
      )
    }
    let delayed = judgement(pairs.delayed)
    guard delayed.outcome == .slower else {
      return finding(
        .inconclusive,
        "An injected delay did not come out as slower (\(wording(delayed))): the measurement is "
          + "too coarse."
      )
    }
    let judged = judgement(pairs.judged)
    let unanswered = pairs.unanswered
    if judged.outcome != .slower,
      unanswered * 1_000 > 2 * pairs.judged.count * unansweredPerThousand
    {
      return finding(
        .inconclusive,
        "\(unanswered.of("message")) of \(2 * pairs.judged.count) had no answer: how long one "
          + "takes is not to be told."
      )
    }
    switch judged.outcome {
    case .equivalent:
      return finding(
        .held,
        "The customer's key is as fast as the vendor's: \(wording(judged)).\(price(pairs))"
      )
    case .notInferior:
      return finding(
        .held,
        "The customer's key is not slower: \(wording(judged)).\(price(pairs))"
      )
    case .slower:
      var breaches = Breaches()
      let slowest = pairs.judged.max { left, right in
        (difference(left.of), right.event) < (difference(right.of), left.event)
      }
      breaches.add(
        "The customer's key is slower: \(wording(judged)).",
        events: slowest.map { [$0.event] } ?? []
      )
      return .judged(breaches, exercise: pairs.exercise, missing: nil, held: "")
    case .open:
      let needed = judged.pairsNeeded.map { "; about \($0) pairs would be needed" } ?? ""
      return finding(.inconclusive, "The interval is too wide: \(wording(judged))\(needed).")
    }
  }

  /// Both keys come from the same custody, so its price is no difference: it is said all the same.
  private static func price(_ pairs: Pairs) -> String {
    guard let split = AnswerSplit(pairs.judged.map(\.of.subject)) else { return "" }
    let retrieval =
      split.manager > 0
      ? "fetching the key from the secret manager takes \(tenths(split.manager)) ms of it"
      : "no key is fetched from outside"
    return " Of the median answer the vendor takes \(tenths(split.vendor)) ms, the network "
      + "\(tenths(split.network)) ms and the model \(tenths(split.model)) ms; \(retrieval)."
  }

  private static func tenths(_ milliseconds: Double) -> String {
    String(signed(milliseconds).drop { $0 == "+" })
  }

  private static func difference(_ pair: Event.LatencyPair) -> Double {
    let difference =
      LatencyStatistics.overhead(pair.subject) - LatencyStatistics.overhead(pair.control)
    return difference.isNaN ? 0 : difference
  }

  static func wording(_ judgement: LatencyJudgement) -> String {
    let parts = judgement.parts.map { part in
      let name = part.quantile == LatencyStatistics.median ? "median" : "95th percentile"
      let interval = part.interval
      return "\(name) \(signed(interval.estimate)) ms, 90 % interval \(signed(interval.lower)) to "
        + "\(signed(interval.upper)) ms, margin \(signed(part.margin)) ms"
    }
    return parts.joined(separator: "; ") + "; \(judgement.pairs.of("pair"))"
  }

  /// `+0.3`, `-1.2`: two digits would promise more than the clock can tell.
  private static func signed(_ milliseconds: Double) -> String {
    guard milliseconds.isFinite else { return milliseconds == .infinity ? "+inf" : "-inf" }
    let tenths = Int((milliseconds * 10).rounded())
    return (tenths < 0 ? "-" : "+") + "\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// The pairs of each comparison, without those of the warm-up.
  private struct Pairs {
    var judged: [Story.Occurrence<Event.LatencyPair>]
    var equal: [Story.Occurrence<Event.LatencyPair>]
    var delayed: [Story.Occurrence<Event.LatencyPair>]
    let floor: Int

    var all: [Story.Occurrence<Event.LatencyPair>] { judged + equal + delayed }

    init(_ story: Story) {
      let warmUp = story.latencyPlans.last?.of.warmUpPairs ?? 0
      func pairs(_ comparison: Event.LatencyPair.Comparison) -> [Story.Occurrence<
        Event.LatencyPair
      >] { story.latencyPairs.filter { $0.of.comparison == comparison && $0.of.index >= warmUp } }
      judged = pairs(.customerAgainstVendor)
      equal = pairs(.vendorAgainstVendor)
      delayed = pairs(.delayedAgainstVendor)
      floor = max(
        LatencyStatistics.fewestPairs,
        story.latencyPlans.last?.of.minimumPairs ?? 0
      )
    }

    var exercise: [Finding.Count] {
      [
        Finding.Count("pairs, customer's key against vendor's", judged.count),
        Finding.Count("pairs, vendor's key against itself", equal.count),
        Finding.Count("pairs, with an injected delay", delayed.count),
        Finding.Count("pairs whose requests could be told apart", told),
        Finding.Count("messages not answered", unanswered),
        Finding.Count("questions asked late", ArrivalQuality(all.map(\.of)).late),
      ]
    }

    var unanswered: Int {
      judged.map(\.of).reduce(0) { sum, pair in
        sum + [pair.subject, pair.control].count { !$0.answered }
      }
    }

    private var told: Int { judged.count { isTold($0.of) } }

    var missing: String? {
      if judged.isEmpty { return "No latency was compared." }
      if judged.count < floor {
        return "\(judged.count.of("pair")) are too few: \(floor) are needed for a verdict."
      }
      let controls = LatencyStatistics.fewestControlPairs
      if equal.count < controls || delayed.count < controls {
        return "The controls have too few pairs (\(equal.count) and \(delayed.count)): \(controls) "
          + "each are needed."
      }
      if told * 2 < judged.count {
        return "Of \(judged.count.of("pair")) only \(told) could be told apart by their requests."
      }
      return nil
    }
  }
}
