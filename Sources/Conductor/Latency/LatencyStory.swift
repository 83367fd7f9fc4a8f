import ChatPlatforms
import Evidence
import Guarantees
import ScenarioFiles
import Synchronization
import Worlds

/// Asks the same questions on the customer's key and on the vendor's, each when its schedule says
/// so, in stretches of rounds, until the interval is narrow enough or the budget is spent.
struct LatencyStory: Sendable {
  let stage: Stage
  let comparison: LatencyComparison

  /// Before each stretch, for what came before it to settle.
  private static let pause = Duration.milliseconds(20)
  private static let patience = Duration.seconds(30)
  /// The rounds of every stretch but the first.
  private static let furtherRounds = 25

  /// A question that is due: measured, or one of the others'.
  private struct Question: Sendable {
    var person: String
    var message: String
    var text: String
    var canary: String
    /// Injected, for the control that must come out slower.
    var delay = Duration.zero
  }

  func play() async throws {
    guard let twins = LatencyTwins(comparison, in: stage.unextendedWorld) else { return }
    stage.meters.know(namesInPaths(of: Array(twins.askers.values) + twins.others))
    let arrivals = LatencyArrivals(
      every: comparison.every,
      besideEvery: comparison.beside?.every,
      randomness: stage.randomness
    )
    let plan = self.plan
    stage.recorder.record(.latencyPlan(plan))
    let clock = stage.world.clock
    let end = clock.now + comparison.budget
    let most = comparison.warmUpPairs + comparison.maximumPairs
    var pairs: [Event.LatencyPair] = []
    var rounds = 0..<min(most, comparison.warmUpPairs + comparison.minimumPairs)
    while !rounds.isEmpty, arrivals.length(ofRounds: rounds.count) <= end - clock.now {
      let schedule = arrivals.schedule(rounds, from: clock.now + Self.pause)
      stage.recorder.record(.latencySchedule(schedule))
      pairs += try await play(schedule, twins)
      if isDecided(pairs.filter { $0.index >= plan.warmUpPairs }, plan) { return }
      rounds = rounds.upperBound..<min(most, rounds.upperBound + Self.furtherRounds)
    }
  }

  private var plan: Event.LatencyPlan {
    Event.LatencyPlan(
      minimumPairs: comparison.minimumPairs,
      maximumPairs: comparison.maximumPairs,
      warmUpPairs: comparison.warmUpPairs,
      medianMargin: comparison.medianMargin,
      tailMargin: comparison.tailMargin,
      bootstrapSeed: stage.randomness.scoped("latency").seed,
      every: comparison.every,
      besideEvery: comparison.beside?.every
    )
  }

  /// One stretch: all its questions, and the pairs that they make.
  private func play(
    _ schedule: Event.LatencySchedule,
    _ twins: LatencyTwins
  ) async throws -> [Event.LatencyPair] {
    let measured = schedule.arrivals.map { (due: $0.at, item: question($0, twins)) }
    let beside = schedule.beside.enumerated().map {
      (due: $0.element, item: question(ofOthers: $0.offset, schedule, twins))
    }
    let all = (measured + beside).sorted { ($0.due, $0.item.message) < ($1.due, $1.item.message) }
    let begun = Mutex<[String: Timestamp]>([:])
    try await OpenLoop(clock: stage.world.clock).run(all) { question, now in
      begun.withLock { $0[question.message] = now }
      await ask(question)
    }
    try await waitUntilQuiet()
    let meters = stage.meters.collect()
    let arms = schedule.arrivals.enumerated().reduce(
      into: [Int: [Event.LatencySchedule.Asker: Event.LatencyPair.Arm]]()
    ) { arms, place in
      let message = measured[place.offset].item.message
      guard let begun = begun.withLock({ $0[message] }) else { return }
      arms[place.element.round, default: [:]][place.element.asker] = arm(
        meters[message],
        intended: place.element.at,
        begun: begun
      )
    }
    let pairs = arms.keys.sorted().flatMap { round in
      Event.LatencyPair.Comparison.allCases.compactMap { comparison in
        arms[round]?[comparison.subject].flatMap { subject in
          arms[round]?[.vendor].map {
            Event.LatencyPair(
              comparison: comparison,
              index: round,
              subject: subject,
              control: $0
            )
          }
        }
      }
    }
    for pair in pairs { stage.recorder.record(.latencyPair(pair)) }
    return pairs
  }

  private func arm(
    _ meter: LatencyMeters.Meter?,
    intended: Timestamp,
    begun: Timestamp
  ) -> Event.LatencyPair.Arm {
    Event.LatencyPair.Arm(
      intended: intended,
      late: begun - intended,
      total: meter?.repliedAt.map { $0 - intended } ?? Self.patience,
      upstream: meter?.upstream ?? .zero,
      requests: meter?.requests ?? 0,
      requestBytes: meter?.bytes ?? 0,
      answered: meter?.repliedAt != nil,
      entangled: meter?.entangled ?? true,
      spent: meter?.spent
    )
  }

  // MARK: Questions

  /// References are of equal length, so that no asker has more to say than another.
  private func question(
    _ arrival: Event.LatencySchedule.Arrival,
    _ twins: LatencyTwins
  ) -> Question {
    let person = twins.askers[arrival.asker] ?? comparison.person
    let message = "latency.\(arrival.round).\(person)"
    let isDelayed = arrival.asker == .vendorDelayed
    return question(
      arrival.round,
      by: person,
      message: message,
      delay: isDelayed ? comparison.tailMargin * 3 / 2 : .zero
    )
  }

  private func question(
    ofOthers number: Int,
    _ schedule: Event.LatencySchedule,
    _ twins: LatencyTwins
  ) -> Question {
    let person = twins.others[number % twins.others.count]
    let round = schedule.arrivals.first?.round ?? 0
    return question(number, by: person, message: "beside.\(round).\(number).\(person)")
  }

  private func question(
    _ number: Int,
    by person: String,
    message: String,
    delay: Duration = .zero
  ) -> Question {
    let question = comparison.questions[number % comparison.questions.count]
    let marked = stage.marked(question + " (round \(1_000 + number))", of: message)
    return Question(
      person: person,
      message: message,
      text: marked.text,
      canary: marked.canary,
      delay: delay
    )
  }

  /// Returns when the reply has come, or the patience has ended.
  private func ask(_ question: Question) async {
    let clock = stage.world.clock
    do {
      if question.delay > .zero { try await clock.sleep(for: question.delay) }
      let replied = stage.meters.begin(question.message, by: question.person)
      try await clock.withDeadline(Self.patience) {
        await withDiscardingTaskGroup { group in
          // The delivery is acknowledged before the reply arrives, or after it.
          group.addTask {
            await stage.send(
              question.text,
              by: question.person,
              in: nil,
              message: question.message,
              canary: question.canary,
              line: 0
            )
          }
          for await _ in replied {}
        }
      }
    } catch {
      // Silence has lasted too long, or the story is over: the meter says that no reply came.
    }
  }

  /// What stands in the paths of requests about somebody: their ids, and their conversation's.
  private func namesInPaths(of people: [String]) -> [String: String] {
    var names: [String: String] = [:]
    for person in people {
      guard let identity = stage.chat.population.people[person] else { continue }
      let place = stage.chat.population.place(for: identity, in: nil)?.wireID ?? ""
      for name in [identity.objectID, identity.teamsID, identity.googleID, identity.email, place] {
        // Google's conversations are two parts of a path, and the first is the same in all.
        let last = name.split(separator: "/").last.map(String.init) ?? name
        names[last] = person
        names[last.replacing(":", with: "%3A")] = person
      }
    }
    return names
  }

  /// The vendor still acknowledges and tidies up when the reply is there: all of that is part of
  /// what the question took.
  private func waitUntilQuiet() async throws {
    var before = -1
    for _ in 0..<100 {
      try await stage.world.clock.sleep(for: .milliseconds(4))
      let requests = stage.meters.requests
      if requests == before { return }
      before = requests
    }
  }

  /// Whether every comparison is clear of its margins, one way or the other, by a quick estimate,
  /// and the questions were asked in time.
  private func isDecided(_ pairs: [Event.LatencyPair], _ plan: Event.LatencyPlan) -> Bool {
    guard ArrivalQuality(pairs).isGood else { return false }
    return Event.LatencyPair.Comparison.allCases.allSatisfy { comparison in
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
