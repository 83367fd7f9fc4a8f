import Evidence
import Guarantees
import ScenarioFiles
import Worlds

/// Asks the same question on the customer's key and on the vendor's, pair by pair, until the
/// interval is narrow enough or the budget is spent.
struct LatencyStory: Sendable {
  let stage: Stage
  let comparison: LatencyComparison

  /// Between two arms, so that the one does not queue behind the other's last work.
  private static let gap = Duration.milliseconds(2)
  private static let patience = Duration.seconds(30)
  private static let checkEvery = 25

  func play() async throws {
    guard let twins = LatencyTwins(comparison, in: stage.unextendedWorld) else { return }
    let seed = stage.randomness.scoped("latency").seed
    let plan = Event.LatencyPlan(
      minimumPairs: comparison.minimumPairs,
      maximumPairs: comparison.maximumPairs,
      warmUpPairs: comparison.warmUpPairs,
      medianMargin: comparison.medianMargin,
      tailMargin: comparison.tailMargin,
      bootstrapSeed: seed
    )
    stage.recorder.record(.latencyPlan(plan))
    let clock = stage.world.clock
    let end = clock.now + comparison.budget
    var pairs: [Event.LatencyPair] = []
    var order = stage.randomness.generator("latency-order")
    for index in 0..<(comparison.maximumPairs + comparison.warmUpPairs) {
      guard clock.now < end else { break }
      let question =
        comparison.questions[index % comparison.questions.count] + " (round \(1_000 + index))"
      let round = try await play(
        question,
        round: index,
        twins: twins,
        order: &order
      )
      guard index >= comparison.warmUpPairs else { continue }
      for pair in round {
        stage.recorder.record(.latencyPair(pair))
        pairs.append(pair)
      }
      let count = index - comparison.warmUpPairs + 1
      if count >= comparison.minimumPairs, count % Self.checkEvery == 0,
        Self.isDecided(pairs, plan: plan)
      {
        break
      }
    }
  }

  /// One pair of each comparison, the arms of a pair in an order drawn from the seed.
  private func play(
    _ question: String,
    round: Int,
    twins: LatencyTwins,
    order: inout SeededGenerator
  ) async throws -> [Event.LatencyPair] {
    let arms: [(Event.LatencyPair.Comparison, subject: String, control: String)] = [
      (.customerAgainstVendor, comparison.person, twins.controls[0]),
      (.vendorAgainstVendor, twins.controls[1], twins.controls[2]),
      (.delayedAgainstVendor, twins.controls[3], twins.controls[4]),
    ]
    var pairs: [Event.LatencyPair] = []
    for (kind, subject, control) in arms {
      let delay = kind == .delayedAgainstVendor ? comparison.tailMargin * 3 / 2 : .zero
      let subjectFirst = order.chance(1, in: 2)
      var subjectArm: Event.LatencyPair.Arm?
      if subjectFirst {
        subjectArm = try await measure(question, by: subject, round: round, delay: delay)
      }
      let controlArm = try await measure(question, by: control, round: round, delay: .zero)
      if subjectArm == nil {
        subjectArm = try await measure(question, by: subject, round: round, delay: delay)
      }
      if let subjectArm {
        pairs.append(
          Event.LatencyPair(
            comparison: kind,
            index: round,
            subject: subjectArm,
            control: controlArm
          )
        )
      }
    }
    return pairs
  }

  private func measure(
    _ question: String,
    by person: String,
    round: Int,
    delay: Duration
  ) async throws -> Event.LatencyPair.Arm {
    let clock = stage.world.clock
    let message = "latency.\(round).\(person)"
    // References are of equal length, so that no arm has more to say than another.
    let marked = stage.marked(question, of: message)
    try await clock.sleep(for: Self.gap)
    let replied = stage.arms.begin(message)
    let begin = clock.now
    if delay > .zero { try await clock.sleep(for: delay) }
    let end = try await withThrowingTaskGroup(of: Timestamp?.self) { group in
      group.addTask {
        await stage.send(
          marked.text,
          by: person,
          in: nil,
          message: message,
          canary: marked.canary,
          line: 0
        )
        return nil
      }
      group.addTask {
        for await _ in replied { return clock.now }
        return nil
      }
      group.addTask {
        try await clock.sleep(for: Self.patience)
        return nil
      }
      defer { group.cancelAll() }
      // The delivery is acknowledged before the reply arrives; silence ends with the patience.
      while let ended = try await group.next() {
        if let ended { return Optional(ended) }
        if clock.now - begin >= Self.patience { return nil }
      }
      return nil
    }
    try await waitUntilQuiet()
    let metered = stage.arms.end()
    return Event.LatencyPair.Arm(
      total: (end ?? clock.now) - begin,
      upstream: metered.upstream,
      requests: metered.requests,
      requestBytes: metered.bytes,
      answered: end != nil,
      spent: metered.spent
    )
  }

  /// The vendor still acknowledges and tidies up when the reply is there: all of that is part of
  /// what the question took.
  private func waitUntilQuiet() async throws {
    var before = -1
    for _ in 0..<100 {
      try await stage.world.clock.sleep(for: Self.gap * 2)
      let requests = stage.arms.requests
      if requests == before { return }
      before = requests
    }
  }

  /// Whether every comparison is clear of its margins, one way or the other, by a quick estimate.
  private static func isDecided(
    _ pairs: [Event.LatencyPair],
    plan: Event.LatencyPlan
  ) -> Bool {
    Event.LatencyPair.Comparison.allCases.allSatisfy { comparison in
      let judgement = LatencyJudgement(
        pairs.filter { $0.comparison == comparison },
        medianMargin: plan.medianMargin,
        tailMargin: plan.tailMargin,
        seed: plan.bootstrapSeed,
        resamples: LatencyStatistics.quickResamples
      )
      return judgement.outcome != .open
    }
  }
}
