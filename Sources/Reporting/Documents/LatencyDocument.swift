import Evidence
import Guarantees
import Worlds

/// `latency.json`: every pair that was measured, for whoever wants to work the statistics out with
/// tools of their own, and what we made of them.
struct LatencyDocument: Encodable {
  static let file = "latency.json"

  var format = "keyproof-latency/1"
  var method =
    "Overheads are the time of an answer without the provider's delay; quantiles of Hyndman and "
    + "Fan's type 7; intervals of 90 % by a paired percentile bootstrap of 10,000 resamples in "
    + "circular blocks; histograms of the whole time in buckets of HDR with three digits. What is "
    + "without an answer counts as infinite."
  var comparisons: [Comparison]

  struct Comparison: Encodable {
    var scenario: String
    var comparison: Event.LatencyPair.Comparison
    /// As it was recorded before the first pair.
    var plan: Event.LatencyPlan?
    var intervals: [Interval]
    var split: Split?
    var histograms: Histograms
    var pairs: [Pair]
  }

  struct Interval: Encodable {
    var quantile: Double
    var marginMilliseconds: Double
    var estimateMilliseconds: Double?
    var lowerMilliseconds: Double?
    var upperMilliseconds: Double?
  }

  /// Where the time of the subject's median answer went.
  struct Split: Encodable {
    var answers: Int
    var vendorMilliseconds: Double
    var managerMilliseconds: Double
    var networkMilliseconds: Double
    var modelMilliseconds: Double
  }

  struct Histograms: Encodable {
    var subject: [LatencyHistogram.Bucket]
    var control: [LatencyHistogram.Bucket]
  }

  struct Pair: Encodable {
    var index: Int
    var subject: Arm
    var control: Arm
  }

  struct Arm: Encodable {
    var answered: Bool
    var totalNanoseconds: Int64
    var upstreamNanoseconds: Int64
    var managerNanoseconds: Int64?
    var providerNanoseconds: Int64?
    var requests: Int
    var requestBytes: Int
  }

  /// Nil where nothing was compared.
  init?(_ run: RunResult) {
    comparisons = run.scenarios.flatMap { scenario in
      scenario.history.map { Self.comparisons(scenario.file, Story($0)) } ?? []
    }
    if comparisons.isEmpty { return nil }
  }

  private static func comparisons(_ file: String, _ story: Story) -> [Comparison] {
    let plan = story.latencyPlans.last?.of
    return Event.LatencyPair.Comparison.allCases.compactMap { kind in
      // Those of the warm-up are no part of it, here as for the checker.
      let pairs = story.latencyPairs.map(\.of).filter {
        $0.comparison == kind && $0.index >= plan?.warmUpPairs ?? 0
      }
      guard !pairs.isEmpty else { return nil }
      return Comparison(
        scenario: file,
        comparison: kind,
        plan: plan,
        intervals: plan.map { intervals(pairs, $0) } ?? [],
        split: AnswerSplit(pairs.map(\.subject)).map(Split.init),
        histograms: Histograms(
          subject: histogram(pairs.map(\.subject)),
          control: histogram(pairs.map(\.control))
        ),
        pairs: pairs.map {
          Pair(index: $0.index, subject: Arm($0.subject), control: Arm($0.control))
        }
      )
    }
  }

  private static func intervals(
    _ pairs: [Event.LatencyPair],
    _ plan: Event.LatencyPlan
  ) -> [Interval] {
    LatencyJudgement(
      pairs,
      medianMargin: plan.medianMargin,
      tailMargin: plan.tailMargin,
      seed: plan.bootstrapSeed
    ).parts.map { part in
      /// JSON has no word for what never ended.
      func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
      return Interval(
        quantile: part.quantile,
        marginMilliseconds: part.margin,
        estimateMilliseconds: finite(part.interval.estimate),
        lowerMilliseconds: finite(part.interval.lower),
        upperMilliseconds: finite(part.interval.upper)
      )
    }
  }

  private static func histogram(_ arms: [Event.LatencyPair.Arm]) -> [LatencyHistogram.Bucket] {
    LatencyHistogram(arms.filter(\.answered).map(\.total)).buckets
  }
}

extension LatencyDocument.Split {
  init(_ split: AnswerSplit) {
    self.init(
      answers: split.answers,
      vendorMilliseconds: split.vendor,
      managerMilliseconds: split.manager,
      networkMilliseconds: split.network,
      modelMilliseconds: split.model
    )
  }
}

extension LatencyDocument.Arm {
  init(_ arm: Event.LatencyPair.Arm) {
    self.init(
      answered: arm.answered,
      totalNanoseconds: arm.total.nanoseconds,
      upstreamNanoseconds: arm.upstream.nanoseconds,
      managerNanoseconds: arm.spent?.manager.nanoseconds,
      providerNanoseconds: arm.spent?.provider.nanoseconds,
      requests: arm.requests,
      requestBytes: arm.requestBytes
    )
  }
}
