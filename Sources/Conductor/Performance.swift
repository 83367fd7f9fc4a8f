import Evidence
import ScenarioFiles
import Worlds

/// Plays a story's timeline on a stage: what people ask beside what administrators, customers and
/// misfortune do.
struct Performance: Sendable {
  /// What is still under way when the last step is done gets this long, in the world's own time.
  static let clearing = Duration.minutes(4)
  /// On a clock that does not jump nobody waits longer than for the last reply.
  static let realClearing = Duration.seconds(20)

  let stage: Stage
  let begin: Timestamp

  /// One execution of a step; a repeated step has many.
  struct Occurrence: Sendable {
    var at: Duration
    var step: Int
    var ordinal: Int
  }

  func play() async throws {
    let all = Self.occurrences(of: stage.scenario.timeline)
    let asks = all.filter { isAsk($0) }
    let acts = all.filter { !isAsk($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await playAsks(asks) }
      group.addTask { try await playActs(acts) }
      defer { group.cancelAll() }
      for try await _ in group {}
    }
    let end = all.map(\.at).max() ?? .zero
    try await stage.world.clock.sleep(until: max(begin + end, stage.world.clock.now))
    if stage.process != nil {
      try await stage.repliesCome(within: Self.realClearing)
    } else if !stage.scenario.measuresLatency {
      try await stage.world.clock.sleep(for: Self.clearing)
    }
    stage.recorder.record(.storyEnded)
  }

  /// In order of time; of the same time in the file's order.
  static func occurrences(of timeline: [Step]) -> [Occurrence] {
    var all: [Occurrence] = []
    for (index, step) in timeline.enumerated() {
      let burst = if case .ask(let ask) = step.action { ask.burst } else { 1 }
      switch step.timing {
      case .at(let at):
        all += (0..<burst).map { Occurrence(at: at, step: index, ordinal: $0) }
      case .every(let every, let from, let until):
        var at = from
        var ordinal = 0
        while at < until {
          for _ in 0..<burst {
            all.append(Occurrence(at: at, step: index, ordinal: ordinal))
            ordinal += 1
          }
          at += every
        }
      }
    }
    return all.sorted { ($0.at, $0.step, $0.ordinal) < ($1.at, $1.step, $1.ordinal) }
  }

  private func isAsk(_ occurrence: Occurrence) -> Bool {
    switch stage.scenario.timeline[occurrence.step].action {
    case .ask, .press: true
    default: false
    }
  }

  /// People do not wait for each other.
  private func playAsks(_ occurrences: [Occurrence]) async throws {
    try await withThrowingDiscardingTaskGroup { group in
      for occurrence in occurrences {
        try await stage.world.clock.sleep(until: begin + occurrence.at)
        let step = stage.scenario.timeline[occurrence.step]
        if case .press(let press) = step.action {
          group.addTask {
            await stage.press(press, line: step.line, ordinal: occurrence.ordinal)
          }
        }
        guard case .ask(let ask) = step.action else { continue }
        let isRepeated = if case .every = step.timing { true } else { false }
        // A repeated step goes round its people; a single one is asked by all of them.
        let people =
          isRepeated ? [ask.people[occurrence.ordinal % ask.people.count]] : ask.people
        let question = ask.questions[occurrence.ordinal % ask.questions.count]
        for person in people {
          group.addTask {
            await stage.ask(
              question,
              by: person,
              ask: ask,
              line: step.line,
              ordinal: occurrence.ordinal
            )
          }
        }
      }
    }
  }

  /// What administrators do happens one after the other, as the file has it.
  private func playActs(_ occurrences: [Occurrence]) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for occurrence in occurrences {
        try await stage.world.clock.sleep(until: begin + occurrence.at)
        let step = stage.scenario.timeline[occurrence.step]
        if let ending = try await stage.perform(step) { group.addTask { try await ending() } }
      }
      for try await _ in group {}
    }
  }
}
