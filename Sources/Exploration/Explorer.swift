import Conductor
import Rogues
package import ScenarioFiles
import Worlds

/// Plays the stories of many seeds side by side, and makes what fails as short as it gets.
package struct Explorer: Sendable {
  /// What came of one seed.
  package struct Played: Sendable {
    package var story: DrawnStory
    package var failures: [Failure]
    package var events: Int
  }

  /// A failure with the shortest story that shows it.
  package struct Finding: Sendable {
    package var failure: Failure
    package var seed: UInt64
    package var scenario: Scenario
    package var text: String
    /// How many stories were played to make it so short.
    package var plays: Int
  }

  private let trial: StoryTrial
  private let drawer: StoryDrawer
  private let jobs: Int

  package init(trial: StoryTrial, drawer: StoryDrawer, jobs: Int) {
    self.trial = trial
    self.drawer = drawer
    self.jobs = max(1, jobs)
  }

  /// Plays one seed after the other, until there are no more or `isOver` says so.
  ///
  /// - Parameter played: told of each, in the order of ending; false ends the exploration.
  /// - Throws: `UnreadableStory`: a fault of the drawing.
  package func explore(
    _ seeds: ClosedRange<UInt64>,
    isOver: @escaping @Sendable () -> Bool,
    played: (Played) -> Bool
  ) async throws {
    try await withThrowingTaskGroup(of: Played.self) { group in
      var next = seeds.lowerBound
      var isEnding = false
      func startNext() {
        guard !isEnding, next <= seeds.upperBound, !isOver() else { return }
        let seed = next
        next += 1
        group.addTask { try await play(seed) }
      }
      for _ in 0..<jobs { startNext() }
      for try await outcome in group {
        if !played(outcome) { isEnding = true }
        startNext()
      }
    }
  }

  private func play(_ seed: UInt64) async throws -> Played {
    let story = drawer.draw(seed)
    let outcome = try await onOwnThread { try trial.outcome(of: story.scenario) }
    return Played(story: story, failures: outcome.failures, events: outcome.events)
  }

  /// For each kind of failure the fastest story that shows it; no story is taken for two kinds
  /// where another would do.
  package static func fastest(_ failing: [Played]) -> [(kind: Failure.Kind, played: Played)] {
    var chosen: [(kind: Failure.Kind, played: Played)] = []
    var kinds: [Failure.Kind] = []
    for failure in failing.flatMap(\.failures) where !kinds.contains(failure.kind) {
      kinds.append(failure.kind)
    }
    for kind in kinds {
      let candidates = failing.filter { $0.failures.contains { $0.kind == kind } }
        .sorted { ($0.events, $0.story.seed) < ($1.events, $1.story.seed) }
      let taken = Set(chosen.map(\.played.story.seed))
      let free = candidates.first { !taken.contains($0.story.seed) }
      if let one = free { chosen.append((kind, one)) }
    }
    return chosen
  }

  /// The shortest story that still fails in this way, as the file that it is to be written to.
  ///
  /// - Throws: `UnreadableStory`.
  package func shrink(
    _ played: Played,
    to kind: Failure.Kind,
    mostPlays: Int
  ) async throws -> Finding {
    let vendor = trial.settings.vendor
    let begin = played.story.scenario.named(
      kind,
      vendor: vendor.kind == .honest ? nil : vendor.name
    )
    return try await onOwnThread { [trial] in
      func failure(of scenario: Scenario) throws -> Failure? {
        try trial.outcome(of: scenario).failures.first { $0.kind == kind }
      }
      var shrinker = Shrinker(mostPlays: mostPlays) { candidate in
        do {
          return try failure(of: candidate) != nil
        } catch is UnreadableStory {
          // Something that is named is not there any more: no story.
          return false
        }
      }
      var shortest = try shrinker.shrunk(begin)
      if kind == .delivery { shortest = shortest.expectingReplies }
      let written = try trial.written(shortest)
      let seen = try failure(of: shortest) ?? played.failures.first { $0.kind == kind }
      return Finding(
        failure: seen ?? Failure(kind: kind, sentence: ""),
        seed: played.story.seed,
        scenario: written.scenario,
        text: written.text,
        plays: shrinker.plays
      )
    }
  }
}

extension Scenario {
  /// The story as a file that says what it shows, and plays by itself with the vendor that it was
  /// found with. All of it on lines of their own number: what is played keeps its lines.
  fileprivate func named(_ kind: Failure.Kind, vendor: String?) -> Scenario {
    var named = self
    named.vendor = vendor
    named.about =
      about.hasSuffix(".") ? String(about.dropLast()) + ", and shrunk; it shows: \(kind)." : about
    if case .guarantee(let id) = kind { named.shows = [id] }
    return named
  }

  /// With a reply expected of each question, so that the file itself shows a message that is lost.
  fileprivate var expectingReplies: Scenario {
    var expecting = self
    for index in expecting.timeline.indices {
      guard case .ask = expecting.timeline[index].action,
        expecting.timeline[index].expectations.isEmpty
      else { continue }
      expecting.timeline[index].expectations = [.answer(.givenOrRefused, within: .seconds(180))]
    }
    return expecting
  }
}
