import Evidence
import Guarantees
import Worlds

/// `latency.json`: every pair that was measured, for whoever wants to work the statistics out with
/// tools of their own, and what we made of them.
struct LatencyDocument: Encodable {
  static let file = "latency.json"

  var format = "keyproof-latency/2"
  var method =
    "Questions are asked when a schedule says so that was drawn and recorded beforehand, whether "
    + "or not those before are answered. The response time runs from the moment at which a "
    + "question was due, the service time from the moment at which it was sent. Overheads are "
    + "times without the provider's delay; quantiles of Hyndman and Fan's type 7; intervals of "
    + "90 % by a paired percentile bootstrap of 10,000 resamples in circular blocks; histograms of "
    + "the whole time in buckets of HDR with three digits. What is without an answer counts as "
    + "infinite. The response time is judged."
  var measurements: [Measurement]

  /// What one story measured.
  struct Measurement: Encodable {
    var scenario: String
    /// As they were recorded before the first question.
    var plan: Event.LatencyPlan?
    var schedules: [Event.LatencySchedule]
    var generator: Generator
    var comparisons: [Comparison]
  }

  /// Whether the questions were asked when they were due, those of the warm-up left out.
  struct Generator: Encodable {
    var questions: Int
    var late: Int
    var worstLateNanoseconds: Int64
    var intendedPerSecond: Double
    var achievedPerSecond: Double
    var isGood: Bool
  }

  struct Comparison: Encodable {
    var comparison: Event.LatencyPair.Comparison
    var figures: [Figure]
    var split: Split?
    var pairs: [Pair]
  }

  struct Figure: Encodable {
    var figure: String
    var isJudged: Bool
    var intervals: [Interval]
    var histograms: Histograms
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
    var intendedAt: Timestamp
    var lateNanoseconds: Int64
    var responseNanoseconds: Int64
    var serviceNanoseconds: Int64
    var upstreamNanoseconds: Int64
    var managerNanoseconds: Int64?
    var providerNanoseconds: Int64?
    var requests: Int
    var requestBytes: Int
    /// Whether a request may be another question's.
    var entangled: Bool
  }

  /// Nil where nothing was compared.
  init?(_ run: RunResult) {
    measurements = run.scenarios.compactMap { scenario in
      scenario.history.flatMap { Self.measurement(scenario.file, Story($0)) }
    }
    if measurements.isEmpty { return nil }
  }

  private static func measurement(_ file: String, _ story: Story) -> Measurement? {
    let plan = story.latencyPlans.last?.of
    // Those of the warm-up are no part of it, here as for the checker.
    let pairs = story.latencyPairs.map(\.of).filter { $0.index >= plan?.warmUpPairs ?? 0 }
    guard !pairs.isEmpty else { return nil }
    let schedules = story.latencySchedules.map(\.of)
    return Measurement(
      scenario: file,
      plan: plan,
      schedules: schedules,
      generator: Generator(ArrivalQuality(pairs, schedules: schedules)),
      comparisons: Event.LatencyPair.Comparison.allCases.compactMap { kind in
        comparison(kind, pairs.filter { $0.comparison == kind }, plan)
      }
    )
  }

  private static func comparison(
    _ kind: Event.LatencyPair.Comparison,
    _ pairs: [Event.LatencyPair],
    _ plan: Event.LatencyPlan?
  ) -> Comparison? {
    guard !pairs.isEmpty else { return nil }
    return Comparison(
      comparison: kind,
      figures: LatencyStatistics.Figure.allCases.map { figure in
        Figure(
          figure: figure.rawValue,
          isJudged: figure == .responseTime,
          intervals: plan.map { intervals(pairs, $0, figure) } ?? [],
          histograms: Histograms(
            subject: histogram(pairs.map(\.subject), figure),
            control: histogram(pairs.map(\.control), figure)
          )
        )
      },
      split: AnswerSplit(pairs.map(\.subject)).map(Split.init),
      pairs: pairs.map {
        Pair(index: $0.index, subject: Arm($0.subject), control: Arm($0.control))
      }
    )
  }

  private static func intervals(
    _ pairs: [Event.LatencyPair],
    _ plan: Event.LatencyPlan,
    _ figure: LatencyStatistics.Figure
  ) -> [Interval] {
    LatencyJudgement(
      pairs,
      medianMargin: plan.medianMargin,
      tailMargin: plan.tailMargin,
      seed: plan.bootstrapSeed,
      figure: figure
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

  private static func histogram(
    _ arms: [Event.LatencyPair.Arm],
    _ figure: LatencyStatistics.Figure
  ) -> [LatencyHistogram.Bucket] {
    let answered = arms.filter(\.answered)
    return LatencyHistogram(
      answered.map { figure == .responseTime ? $0.total : $0.service }
    ).buckets
  }
}

extension LatencyDocument.Generator {
  init(_ quality: ArrivalQuality) {
    self.init(
      questions: quality.starts,
      late: quality.late,
      worstLateNanoseconds: quality.worst.nanoseconds,
      intendedPerSecond: quality.intendedRate,
      achievedPerSecond: quality.achievedRate,
      isGood: quality.isGood && quality.unscheduled == 0
    )
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
      intendedAt: arm.intended,
      lateNanoseconds: arm.late.nanoseconds,
      responseNanoseconds: arm.total.nanoseconds,
      serviceNanoseconds: arm.service.nanoseconds,
      upstreamNanoseconds: arm.upstream.nanoseconds,
      managerNanoseconds: arm.spent?.manager.nanoseconds,
      providerNanoseconds: arm.spent?.provider.nanoseconds,
      requests: arm.requests,
      requestBytes: arm.requestBytes,
      entangled: arm.entangled
    )
  }
}
