import Evidence
import Foundation
import Logging
import Rogues
package import ScenarioFiles
import Worlds

/// How much time the vendor adds to the model's: whole questions over loopback with one client, and
/// beside each the very requests that the vendor sent for it, sent to the same mock directly.
package struct OverheadMeasurement: Sendable {
  /// One question, and the same two calls without the vendor.
  package struct Round: Sendable {
    /// From the person's message to its reply at the platform.
    package var question: Duration
    /// The vendor's chat completion sent again, to the end of its stream.
    package var chat: Duration
    /// The vendor's embeddings call sent again, read whole.
    package var embedding: Duration
    /// All HTTP exchanges that the vendor opened for the question.
    package var exchanges: Int
  }

  /// Only its world counts; nothing of its timeline is played.
  private let scenario: Scenario
  private let run: RunSettings
  private let rounds: Int
  private let warmUp: Int

  package init(in scenario: Scenario, run: RunSettings, rounds: Int, warmUp: Int) {
    self.scenario = scenario
    self.run = run
    self.rounds = rounds
    self.warmUp = warmUp
  }

  /// Blocks the calling thread, which must be one of its own (see `onOwnThread`).
  ///
  /// - Throws: `ConductorError`, or what the file system and the network throw.
  package func measure() throws -> [Round] {
    let directory = run.directory.appendingPathComponent("overhead", isDirectory: true)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let tap = RequestTap()
    let randomness = Randomness(seed: run.seed).scoped("overhead")
    try ScenarioPlayer.writeMasterKey(into: directory, randomness: randomness)
    let cast = Cast(
      scenario: scenario,
      run: run,
      kind: .loopback,
      vendor: run.vendor.name,
      keys: run.issuerKeys,
      randomness: randomness
    )
    let world = LoopbackWorld(
      WorldSettings(
        startsAt: scenario.world.startsAt,
        seed: randomness.seed,
        directory: directory,
        observe: tap.take,
        makeLogger: { name, _ in Logger(label: name) { _ in SwiftLogNoOpLogHandler() } }
      ),
      jumps: false
    )
    return try world.play {
      try await OverheadBench(
        world: world,
        cast: cast,
        run: run,
        tap: tap,
        rounds: rounds,
        warmUp: warmUp
      ).measure()
    }
  }
}
