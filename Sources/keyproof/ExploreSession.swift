import Conductor
import Exploration
import Foundation
import Guarantees
import Rogues
import ScenarioFiles

/// One exploration, from its seeds to the files of what it found.
struct ExploreSession {
  let settings: RunSettings
  let terminal: Terminal
  let interruption: Interruption
  /// Where stories go that fail.
  let folder: String
  let jobs: Int
  let isVerbose: Bool

  func explore(
    _ seeds: ClosedRange<UInt64>,
    for time: Duration?,
    mostPlays: Int
  ) async throws -> ExitStatus {
    let explorer = self.explorer(settings.vendor)
    let begin = ContinuousClock.now
    let end = time.map { begin + $0 }
    var count = 0
    var failing: [Explorer.Played] = []
    terminal.print(
      "Exploring from seed \(seeds.lowerBound) on: "
        + (time == nil
          ? "\(seeds.count) seeds" : "for \(time.map { "\($0.components.seconds)" } ?? "") s")
        + ", vendor '\(settings.vendor.name)', \(jobs) at once, in the simulated world, stories of "
        + "what fails go to \(folder)"
    )
    try await explorer.explore(
      seeds,
      isOver: { end.map { ContinuousClock.now >= $0 } ?? false },
      played: { played in
        count += 1
        if !played.failures.isEmpty { failing.append(played) }
        if isVerbose || !played.failures.isEmpty { terminal.print(line(of: played)) }
        return true
      }
    )
    let took = ContinuousClock.now - begin
    terminal.print(speed(of: count, in: took) + "; \(failing.count) of them failed")
    for (kind, played) in Explorer.fastest(failing) {
      let finding = try await explorer.shrink(played, to: kind, mostPlays: mostPlays)
      try report(finding)
    }
    if failing.contains(where: { $0.failures.contains { $0.kind == .internalError } }) {
      return .internalError
    }
    return count == 0 ? .inconclusive : failing.isEmpty ? .held : .violated
  }

  private func speed(of stories: Int, in time: Duration) -> String {
    let seconds = max(0.001, time.inSecondsAsNumber)
    let cores = min(jobs, ProcessInfo.processInfo.activeProcessorCount)
    let rate = Double(stories) / seconds
    return "\(stories) stories in \(seconds.rounded(toPlaces: 1)) s, "
      + "\(rate.rounded(toPlaces: 1)) a second, "
      + "\((rate / Double(cores)).rounded(toPlaces: 1)) a second on each of "
      + (cores == 1 ? "1 core" : "\(cores) cores")
  }

  /// How long it takes until each rogue is found.
  func hunt(_ seeds: ClosedRange<UInt64>, finds: Int) async throws -> ExitStatus {
    let hunt = RogueHunt(seeds: seeds, finds: finds) { explorer($0) }
    let hunted = Vendor.all.filter(RogueHunt.isHunted)
    terminal.print(
      "Up to \(seeds.count) seeds from \(seeds.lowerBound) on for each of \(hunted.count) rogues, "
        + "until \(finds) of them find it"
    )
    var rows: [RogueHunt.Row] = []
    for vendor in hunted {
      let row = try await hunt.hunt(vendor)
      rows.append(row)
      terminal.print(line(of: row, RogueHunt.hindrance(of: vendor)))
    }
    for vendor in Vendor.all where !vendor.breaks.isEmpty && !RogueHunt.isHunted(vendor) {
      let reason = RogueHunt.hindrance(of: vendor) ?? "it cannot be drawn"
      terminal.print("  \(vendor.name): not hunted: \(reason)")
    }
    let medians = rows.compactMap(\.median).sorted()
    let total = rows.reduce(0) { $0 + $1.seeds }
    terminal.print(
      "\(medians.count) of \(rows.count) rogues found, \(total) stories; the median over them: "
        + (medians.isEmpty ? "none" : "\(medians[medians.count / 2]) seeds")
    )
    return medians.count == rows.count ? .held : .inconclusive
  }

  private func explorer(_ vendor: Vendor) -> Explorer {
    var settings = settings
    settings.vendor = vendor
    return Explorer(
      trial: StoryTrial(settings: settings),
      drawer: StoryDrawer(folder: folder),
      jobs: jobs
    )
  }

  private func line(of played: Explorer.Played) -> String {
    let options = played.story.options.joined(separator: ", ")
    let failures = played.failures.map { "\n  \($0.kind): \($0.sentence)" }.joined()
    return "seed \(played.story.seed): \(options); \(played.events) events\(failures)"
  }

  private func line(of row: RogueHunt.Row, _ hindrance: String?) -> String {
    guard let median = row.median else {
      return "  \(row.vendor): not found within \(row.seeds) seeds (breaks "
        + "\(row.breaks.joined(separator: ", "))): \(hindrance ?? "rare in what is drawn")"
    }
    return "  \(row.vendor): found after \(median) seeds in the median (\(row.waits.count) finds, "
      + "\(row.seeds) seeds), by \(row.foundBy.joined(separator: ", "))"
  }

  /// Writes the story, whole or not at all, and says how it is played again.
  private func report(_ finding: Explorer.Finding) throws {
    let file = URL(fileURLWithPath: finding.scenario.path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try interruption.shielding {
      try Data(finding.text.utf8).write(to: file, options: .atomic)
    }
    let steps = finding.scenario.timeline.count
    terminal.print(
      """
      \(finding.failure.kind): \(finding.failure.sentence)
        seed \(finding.seed), steps left: \(steps), after \(finding.plays) plays
        keyproof run \(finding.scenario.path)
      """
    )
  }
}

extension Duration {
  fileprivate var inSecondsAsNumber: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> String {
    let factor = places == 0 ? 1.0 : 10.0
    return "\((self * factor).rounded() / factor)"
  }
}
