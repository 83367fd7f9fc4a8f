import ChatPlatforms
import Conductor
import Evidence
import Foundation
import Guarantees
import Reporting
import Rogues
import ScenarioFiles

/// Plays the simulated stories of a verified report again, from the scenario files that it brings:
/// evidence that was made up does not come about a second time.
struct BundleReplay {
  let folder: URL
  let run: RunResult
  let jobs: Int

  /// - Throws: `Misfit` for the first story whose evidence is another now.
  func text(terminal: Terminal) async throws -> String {
    let stories = run.scenarios.filter { $0.history?.facts.world == .simulated }
    let files = BundledScenarios(
      of: folder,
      knownGuarantees: Catalogue.guarantees.map(\.id),
      knownVendors: Vendor.all.map(\.name)
    )
    let parts = try stories.map { story in
      LibraryRun.Part(
        scenario: try files.scenario(story.file, family: story.family, inputs: story.inputs),
        world: .simulated
      )
    }
    let workspace = try Workspace()
    defer { workspace.remove() }
    var settings = RunSettings(
      seed: run.seed,
      vendor: try Library.vendor(named: vendor(of: stories, parts)),
      vendors: Vendor.all,
      issuerKeys: try await IssuerKeys.make(),
      directory: workspace.directory
    )
    settings.challenge = run.challenge
    let progress = Progress(total: parts.count, terminal: terminal)
    let (results, _) = await LibraryRun(settings: settings, judge: Judge(), jobs: jobs)
      .play(parts) { result, wall in progress.finished(result, wall: wall) }
    for (stated, again) in zip(stories, results) { try compare(stated, again) }
    let others = run.scenarios.count { $0.ending == .played } - stories.count
    return
      "Played again: \(Words.count(stories.count, "simulated story", "simulated stories")) gave "
      + "the same evidence, byte for byte."
      + (others > 0
        ? " \(others) of the loopback world cannot be had twice and rest on the word of whoever "
          + "ran them." : "")
  }

  /// Who was under test where the story itself names nobody.
  private func vendor(of stories: [ScenarioResult], _ parts: [LibraryRun.Part]) -> String {
    zip(stories, parts).first { $0.1.scenario.vendor == nil }?.0.history?.facts.vendor
      ?? Vendor.honest.name
  }

  private func compare(_ stated: ScenarioResult, _ again: ScenarioResult) throws {
    guard let first = stated.history, let second = again.history else {
      throw Misfit(stated.file, "played again, it does not come to its end: \(again.ending)")
    }
    guard try EvidenceLog.write(second, to: { _ in }) != stated.seal?.root else { return }
    guard first.facts == second.facts else {
      throw Misfit(stated.file, "played again, it is about other facts (line 1 of its evidence)")
    }
    let index =
      zip(first.events, second.events).enumerated().first { $1.0 != $1.1 }?.offset
      ?? min(first.events.count, second.events.count)
    throw Misfit(
      stated.file,
      "played again, it is another story from event \(index + 1) on (line \(index + 2))"
    )
  }
}
