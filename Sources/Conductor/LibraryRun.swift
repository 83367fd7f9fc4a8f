package import Evidence
package import Foundation
package import Guarantees
import Rogues
package import ScenarioFiles
import Synchronization
import Worlds

/// Plays many scenarios side by side, each in a world and on a thread of its own.
package struct LibraryRun: Sendable {
  /// One scenario of the run, and where it is played.
  package struct Part: Sendable {
    package var scenario: Scenario
    package var world: WorldKind
    /// Set when the choice of world or a filter leaves it out.
    package var leftOut: String?

    package init(scenario: Scenario, world: WorldKind, leftOut: String? = nil) {
      self.scenario = scenario
      self.world = world
      self.leftOut = leftOut
    }
  }

  /// What one scenario took, for the part of a report that belongs to the machine.
  package struct Pace: Sendable {
    package var file: String
    package var wall: Duration
  }

  private let settings: RunSettings
  private let judge: Judge
  private let jobs: Int
  private let evidence: (@Sendable (Int) -> URL?)?

  /// - Parameter evidence: where the log of the part of this index is written; nil where none is
  ///   kept.
  package init(
    settings: RunSettings,
    judge: Judge,
    jobs: Int,
    evidence: (@Sendable (Int) -> URL?)? = nil
  ) {
    self.settings = settings
    self.judge = judge
    self.jobs = max(1, jobs)
    self.evidence = evidence
  }

  /// Plays all parts; the results are in their order, however they ended.
  ///
  /// - Parameter finished: told of each as it ends, in the order of ending.
  package func play(
    _ parts: [Part],
    finished: @escaping @Sendable (ScenarioResult, Duration) -> Void
  ) async -> (results: [ScenarioResult], paces: [Pace]) {
    // Whoever measures wants the machine to itself.
    let (measured, others) = parts.indices.reduce(into: ([Int](), [Int]())) { split, index in
      if parts[index].scenario.measuresLatency && parts[index].world == .loopback {
        split.0.append(index)
      } else {
        split.1.append(index)
      }
    }
    // The longest first: otherwise one thread plays it alone at the end.
    let byLength = others.sorted { first, second in
      (parts[first].scenario.length, second) > (parts[second].scenario.length, first)
    }
    var results = [(ScenarioResult, Duration)?](repeating: nil, count: parts.count)
    for (indices, width) in [(byLength, jobs), (measured, 1)] {
      await withTaskGroup(of: (Int, ScenarioResult, Duration).self) { group in
        var waiting = indices[...]
        func startNext() {
          guard let index = waiting.popFirst() else { return }
          group.addTask {
            let begin = ContinuousClock.now
            let result = await play(parts[index], log: evidence?(index).map(EvidenceFile.init))
            return (index, result, ContinuousClock.now - begin)
          }
        }
        for _ in 0..<width { startNext() }
        for await (index, result, wall) in group {
          results[index] = (result, wall)
          finished(result, wall)
          startNext()
        }
      }
    }
    let whole = results.compactMap { $0 }
    return (whole.map(\.0), whole.map { Pace(file: $0.0.file, wall: $0.1) })
  }

  private func play(_ part: Part, log: EvidenceFile?) async -> ScenarioResult {
    let scenario = part.scenario
    var result = unplayed(part)
    guard part.leftOut == nil else { return result }
    if Task.isCancelled {
      result.ending = .notRun(reason: "interrupted")
      return result
    }
    do {
      var settings = settings
      // Of a story that is played many times one is kept; whoever measures waits for no disk.
      let isPlayedOnce = !scenario.crashesEverywhere && scenario.pair == nil
      if isPlayedOnce, !scenario.measuresLatency { settings.log = log }
      let history = try await onOwnThread { [settings] in
        let history = try ScenarioPlayer.history(of: scenario, in: part.world, run: settings)
        do {
          return (history, try log?.finish(history))
        } catch {
          throw ConductorError.evidenceUnwritable(FileFailure.reason(error))
        }
      }
      (result.history, result.seal) = history
      result.findings = judge.findings(in: history.0)
      result.ending = .played
    } catch ConductorError.vendorUnreachable(let reason) {
      result.ending = .unreachable(reason)
    } catch {
      result.ending = .internalError("\(error)")
    }
    return result
  }

  private func unplayed(_ part: Part) -> ScenarioResult {
    let scenario = part.scenario
    var result = ScenarioResult(
      file: scenario.file,
      place: ScenarioPlace(
        path: scenario.path,
        guaranteeLines: scenario.checks.reduce(into: scenario.guaranteeLines) { lines, check in
          lines[ReviewerChecks.prefix + check.id] = check.line
        }
      ),
      title: scenario.title,
      about: scenario.about,
      family: scenario.family,
      shows: scenario.shows + scenario.checks.map { ReviewerChecks.prefix + $0.id },
      ending: .notRun(reason: part.leftOut ?? ""),
      expectedVerdicts: scenario.expectedVerdicts.compactMap { expected in
        Verdict(rawValue: expected.verdict).map {
          GuaranteeExpectation(guarantee: expected.guarantee, verdict: $0)
        }
      },
      // An innocent looks guilty: what it does is allowed, and not what the stories expect.
      expectationsWeigh: settings.vendor.kind != .innocent,
      replay: replay(scenario, in: part.world)
    )
    result.inputs = scenario.inputs.map { InputFile(path: $0.path, text: $0.text) }
    return result
  }

  private func replay(_ scenario: Scenario, in world: WorldKind) -> String {
    func quoted(_ word: String) -> String { "'" + word.replacing("'", with: "'\\''") + "'" }
    let isPlain = scenario.path.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "_./-".utf8.contains(byte)
    }
    var command = "keyproof run \(isPlain ? scenario.path : quoted(scenario.path))"
    if let library = settings.library { command += " --library \(quoted(library))" }
    command += " --world \(world.rawValue) --seed \(settings.seed)"
    if let variant = scenario.variant { command += " --variant '\(variant)'" }
    if scenario.vendor == nil, settings.vendor.name != Vendor.honest.name {
      command += " --vendor \(settings.vendor.name)"
    }
    if let challenge = settings.challenge {
      command += " --challenge \(quoted(challenge))"
    }
    return command
  }
}

extension [LibraryRun.Part] {
  /// The same parts, those left out that other shards play: each is played by exactly one of them,
  /// and they take about as long. Depends on nothing but the parts.
  package func played(by shard: Shard) -> Self {
    var parts = self
    var loads = [Int](repeating: 0, count: shard.count)
    let runnable = indices.filter { self[$0].leftOut == nil }
    let byLength = runnable.sorted { first, second in
      (self[first].scenario.length, second) > (self[second].scenario.length, first)
    }
    for index in byLength {
      let lightest = loads.indices.min { (loads[$0], $0) < (loads[$1], $1) } ?? 0
      // A story without a message takes its time, too.
      loads[lightest] += Swift.max(1, self[index].scenario.length)
      guard lightest + 1 != shard.number else { continue }
      parts[index].leftOut = Shard(lightest + 1, of: shard.count)?.reasonElsewhere
    }
    return parts
  }
}

extension Scenario {
  /// How long it takes, roughly and beside others: by its messages, and by how often it is played.
  fileprivate var length: Int {
    let messages = timeline.reduce(0) { $0 + $1.messages }
    if pair != nil { return 2 * messages }
    return crashesEverywhere ? 1_000 * max(1, messages) : messages
  }

  /// Whether it compares latency, which wants real sockets and a quiet machine.
  package var measuresLatency: Bool {
    timeline.contains {
      if case .compareLatency = $0.action { true } else { false }
    }
  }
}
