import Evidence
import Foundation
import Guarantees
import Testing
import Worlds

@Suite struct LatencyTests {
  private func arm(
    _ milliseconds: Double,
    bytes: Int = 500,
    answered: Bool = true,
    at: Int64 = 0
  ) -> Event.LatencyPair.Arm {
    Event.LatencyPair.Arm(
      intended: Timestamp(nanoseconds: at * 1_000_000),
      total: .microseconds(Int64(milliseconds * 1_000)) + .milliseconds(800),
      upstream: .milliseconds(800),
      requests: 5,
      requestBytes: bytes,
      answered: answered
    )
  }

  /// Pairs whose control takes 10 to 12 ms, and whose subject takes `delay` more.
  private func pairs(
    _ count: Int,
    _ comparison: Event.LatencyPair.Comparison = .customerAgainstVendor,
    delay: Double = 0,
    noise: Double = 0.2,
    seed: UInt64 = 7
  ) -> [Event.LatencyPair] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      let base = 10 + 2 * generator.unit()
      let place = Int64(index) * 80
      let askers = Event.LatencySchedule.Asker.allCases
      let subject = place + 20 * Int64(askers.firstIndex(of: comparison.subject) ?? 0)
      return Event.LatencyPair(
        comparison: comparison,
        index: index,
        subject: arm(base + delay + noise * (generator.unit() - 0.5), at: subject),
        control: arm(base, at: place + 20)
      )
    }
  }

  // MARK: Statistics

  @Test func quantilesAreOfTypeSeven() {
    // numpy.quantile([1, 2, 3, 4, 10], q) with its default method.
    let values: [Double] = [1, 2, 3, 4, 10]
    for (probability, expected) in [(0, 1), (0.25, 2), (0.5, 3), (0.6, 3.4), (0.95, 8.8), (1, 10)] {
      let quantile = LatencyStatistics.quantile(probability, ofSorted: values)
      #expect(abs(quantile - expected) < 1e-12)
    }
    #expect(LatencyStatistics.quantile(0.5, ofSorted: [1, .infinity]) == .infinity)
    #expect(LatencyStatistics.quantile(0.5, ofSorted: [1, 2, .infinity]) == 2)
    #expect(LatencyStatistics.quantile(0.5, ofSorted: [7]) == 7)
    #expect(LatencyStatistics.quantile(0.5, ofSorted: []).isNaN)
  }

  @Test func aConstantDifferenceHasAnIntervalOfNoWidth() {
    let pairs = (0..<200).map {
      Event.LatencyPair(
        comparison: .customerAgainstVendor,
        index: $0,
        subject: arm(13),
        control: arm(10)
      )
    }
    for quantile in [0.5, 0.95] {
      let interval = LatencyStatistics.interval(pairs, quantile: quantile, seed: 1, resamples: 200)
      #expect(interval == LatencyStatistics.Interval(estimate: 3, lower: 3, upper: 3))
    }
  }

  @Test func theSameSeedGivesTheSameInterval() {
    let pairs = pairs(150)
    let first = LatencyStatistics.interval(pairs, quantile: 0.5, seed: 3, resamples: 300)
    #expect(first == LatencyStatistics.interval(pairs, quantile: 0.5, seed: 3, resamples: 300))
    #expect(first != LatencyStatistics.interval(pairs, quantile: 0.5, seed: 4, resamples: 300))
    #expect(first.lower <= first.estimate && first.estimate <= first.upper)
  }

  @Test func severalQuantilesAtOnceAreTheSameAsEachAlone() {
    let pairs = pairs(131)
    let both = LatencyStatistics.intervals(
      pairs,
      quantiles: [0.5, 0.95],
      seed: 3,
      resamples: 200
    )
    #expect(
      both
        == [0.5, 0.95].map {
          LatencyStatistics.interval(pairs, quantile: $0, seed: 3, resamples: 200)
        }
    )
  }

  @Test func aBootstrapWithoutRanksGivesTheSame() {
    // The quantiles of resamples are computed from ranks; here from sorted values, by hand.
    let pairs = pairs(10, noise: 4)
    let values = pairs.map { $0.subject.overhead.milliseconds }
    let controls = pairs.map { $0.control.overhead.milliseconds }
    var generator = SeededGenerator(seed: 9)
    var differences: [Double] = []
    for _ in 0..<50 {
      var indices: [Int] = []
      while indices.count < 10 {
        let start = generator.below(10)
        // Blocks of the cube root of ten, rounded down: two.
        for step in 0..<min(2, 10 - indices.count) { indices.append((start + step) % 10) }
      }
      differences.append(
        LatencyStatistics.quantile(0.5, ofSorted: indices.map { values[$0] }.sorted())
          - LatencyStatistics.quantile(0.5, ofSorted: indices.map { controls[$0] }.sorted())
      )
    }
    let interval = LatencyStatistics.interval(pairs, quantile: 0.5, seed: 9, resamples: 50)
    let sorted = differences.sorted()
    #expect(abs(interval.lower - LatencyStatistics.quantile(0.05, ofSorted: sorted)) < 1e-9)
    #expect(abs(interval.upper - LatencyStatistics.quantile(0.95, ofSorted: sorted)) < 1e-9)
  }

  @Test func theIntervalCoversTheTruthAboutAsOftenAsItSays() {
    var covered = 0
    for seed in 0..<60 {
      let pairs = pairs(120, delay: 1, noise: 2, seed: UInt64(seed))
      let interval = LatencyStatistics.interval(
        pairs,
        quantile: 0.5,
        seed: UInt64(seed),
        resamples: 200
      )
      if interval.lower <= 1, 1 <= interval.upper { covered += 1 }
    }
    #expect(covered >= 48, "of 60: \(covered)")
  }

  @Test func failuresCountAsInfinite() {
    var pairs = pairs(200)
    for index in 0..<20 { pairs[index * 10].subject.answered = false }
    let intervals = LatencyStatistics.intervals(
      pairs,
      quantiles: [0.5, 0.95],
      seed: 1,
      resamples: 200
    )
    #expect(intervals[0].upper.isFinite)
    #expect(intervals[1].estimate == .infinity)
    #expect(intervals[1].upper == .infinity)
    #expect(!intervals[1].lower.isNaN)
  }

  // MARK: Verdicts

  private func compared(
    _ judged: [Event.LatencyPair],
    equal: [Event.LatencyPair]? = nil,
    delayed: [Event.LatencyPair]? = nil,
    world: WorldKind = .loopback,
    warmUp: Int = 0,
    isScheduled: Bool = true
  ) -> Finding {
    var story = Chronicle()
    story.facts.world = world
    story.record(
      .latencyPlan(
        Event.LatencyPlan(
          minimumPairs: 100,
          maximumPairs: 500,
          warmUpPairs: warmUp,
          medianMargin: .milliseconds(5),
          tailMargin: .milliseconds(10),
          bootstrapSeed: 1,
          every: .milliseconds(20)
        )
      )
    )
    let all =
      judged + (equal ?? pairs(60, .vendorAgainstVendor))
      + (delayed ?? pairs(60, .delayedAgainstVendor, delay: 15))
    if isScheduled { story.record(.latencySchedule(schedule(of: all))) }
    for pair in all { story.record(.latencyPair(pair)) }
    return story.judge("latency-neutrality")
  }

  private func schedule(of pairs: [Event.LatencyPair]) -> Event.LatencySchedule {
    Event.LatencySchedule(
      arrivals: pairs.flatMap { pair -> [Event.LatencySchedule.Arrival] in
        [
          .init(round: pair.index, asker: pair.comparison.subject, at: pair.subject.intended),
          .init(round: pair.index, asker: .vendor, at: pair.control.intended),
        ]
      },
      beside: []
    )
  }

  @Test func withoutAScheduleBeforehandNothingIsSaid() {
    let finding = compared(pairs(100), isScheduled: false)
    #expect(finding.verdict == .inconclusive)
    #expect(finding.sentence.contains("no schedule"))
  }

  @Test func aGeneratorThatFallsBehindTellsNothing() {
    // 100 pairs, and 60 of either control against the same questions: of 320, three may be late.
    func late(_ count: Int, by duration: Duration) -> Finding {
      var judged = pairs(100)
      for index in 0..<count {
        judged[index * 7].subject.late = duration
        judged[index * 7].subject.total += duration
      }
      return compared(judged)
    }
    let tooLate = ArrivalQuality.grace + .nanoseconds(1)
    #expect(late(3, by: tooLate).verdict == .held)
    #expect(late(4, by: tooLate).verdict == .inconclusive)
    #expect(late(4, by: ArrivalQuality.grace).verdict == .held)
    // A key that is slower is not accused by it either.
    var slow = pairs(100, delay: 6)
    for index in 0..<5 { slow[index].control.late = tooLate }
    #expect(compared(slow).verdict == .inconclusive)
  }

  @Test func timeIsCountedFromTheMomentAtWhichAQuestionWasDue() {
    // Sent on time and answered 6 ms later on the customer's key: as if it had been sent 6 ms late,
    // had the generator waited.
    let pairs = pairs(100, delay: 6).map { pair in
      var pair = pair
      pair.subject.late = .milliseconds(6)
      return pair
    }
    let figures = LatencyStatistics.Figure.allCases.map { figure in
      LatencyJudgement(
        pairs,
        medianMargin: .milliseconds(5),
        tailMargin: .milliseconds(10),
        seed: 1,
        resamples: 200,
        figure: figure
      ).outcome
    }
    #expect(figures == [.slower, .equivalent])
  }

  @Test func oneInAThousandMayHaveNoAnswer() {
    func unanswered(_ count: Int, of all: Int, _ delay: Double = 0) -> Finding {
      var judged = pairs(all, delay: delay)
      for index in 0..<count { judged[index * 3].control.answered = false }
      return compared(judged)
    }
    #expect(unanswered(1, of: 500).verdict == .held)
    #expect(unanswered(2, of: 500).verdict == .inconclusive)
    #expect(unanswered(1, of: 499).verdict == .inconclusive)
    #expect(unanswered(1, of: 100).sentence.contains("1 message of 200 had no answer"))
    #expect(unanswered(2, of: 500, 6).verdict == .violated)
  }

  @Test func requestsThatCouldBeAnybodysAreNotCompared() {
    var judged = pairs(100)
    judged[5].subject.requests += 1
    judged[5].subject.entangled = true
    #expect(compared(judged).verdict == .held)
    judged[5].subject.entangled = false
    judged[5].control.entangled = true
    #expect(compared(judged).verdict == .held)
    // Where that is so of most, too little was compared.
    func entangled(_ count: Int) -> Finding {
      var judged = pairs(100)
      for index in 0..<count { judged[index].control.entangled = true }
      return compared(judged)
    }
    #expect(entangled(50).verdict == .held)
    #expect(entangled(51).verdict == .inconclusive)
  }

  @Test func equalKeysHold() {
    let finding = compared(pairs(100))
    #expect(finding.verdict == .held)
    #expect(finding.sentence.contains("as fast as"))
    #expect(compared(pairs(100, delay: -7)).sentence.contains("not slower"))
  }

  @Test func aSlowerKeyIsAViolation() {
    #expect(compared(pairs(100, delay: 6)).verdict == .violated)
    #expect(compared(pairs(100, delay: 4)).verdict == .held)
  }

  @Test func aWideIntervalIsInconclusiveAndSaysHowManyPairsItTakes() {
    let finding = compared(pairs(100, delay: 4.9, noise: 6))
    #expect(finding.verdict == .inconclusive)
    #expect(finding.sentence.contains("pairs would be needed"))
  }

  @Test func belowTheFloorThereIsNoVerdict() {
    #expect(compared(pairs(99)).verdict == .inconclusive)
    #expect(compared(pairs(100), warmUp: 1).verdict == .inconclusive)
    #expect(
      compared(pairs(101), equal: pairs(60, .vendorAgainstVendor), warmUp: 1).verdict
        == .held
    )
    #expect(compared([]).verdict == .inconclusive)
  }

  @Test func theMeasurementMustProveItself() {
    let biased = compared(pairs(100), equal: pairs(60, .vendorAgainstVendor, delay: 6))
    #expect(biased.verdict == .inconclusive)
    let coarse = compared(pairs(100), delayed: pairs(60, .delayedAgainstVendor))
    #expect(coarse.verdict == .inconclusive)
    let few = compared(pairs(100), equal: pairs(58, .vendorAgainstVendor))
    #expect(few.verdict == .inconclusive)
    // A bad instrument does not accuse either.
    let both = compared(
      pairs(100, delay: 6),
      equal: pairs(60, .vendorAgainstVendor, delay: 6)
    )
    #expect(both.verdict == .inconclusive)
  }

  @Test func theSimulatedWorldTellsNoTimes() {
    #expect(compared(pairs(100), world: .simulated).verdict == .inconclusive)
  }

  @Test func requestsMustBeEqual() {
    var unequal = pairs(100)
    unequal[5].subject.requestBytes += 1
    #expect(compared(unequal).verdict == .violated)
    #expect(compared(unequal, world: .simulated).verdict == .violated)
    var more = pairs(100)
    more[5].subject.requests += 1
    #expect(compared(more).verdict == .violated)
  }
}
