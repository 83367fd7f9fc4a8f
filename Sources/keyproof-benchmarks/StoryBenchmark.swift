import ArgumentParser
import Conductor
import Evidence
import Foundation
import Guarantees
import Rogues
import ScenarioFiles
import Worlds

/// One story in the simulated world, timed from the making of its world to the end of its books.
struct StoryBenchmark: Sendable {
  private static let library = "Scenarios"
  private static let rotationFile = "Scenarios/rotation/quarterly-for-two-years.yaml"

  let history: History
  private let wall: Duration
  /// Of the story's thread.
  private let processor: Duration
  private let asked: Int
  private let answered: Int
  private let peakMemory: String

  private init(_ scenario: Scenario, _ settings: RunSettings) async throws {
    // The world takes a thread, and all of the story runs on that one.
    (history, wall, processor) = try await onOwnThread {
      let begin = ContinuousClock.now
      let used = Machine.threadTime
      let history = try ScenarioPlayer.play(scenario, in: .simulated, run: settings)
      return (history, ContinuousClock.now - begin, Machine.threadTime - used)
    }
    peakMemory = Machine.peakMemory
    asked = history.events.count { if case .messageSent = $0.kind { true } else { false } }
    var messages: Set<String> = []
    for event in history.events {
      guard case .reply(let reply) = event.kind, reply.nature == .answer else { continue }
      if let message = reply.message { messages.insert(message) }
    }
    answered = messages.count
  }

  /// - Throws: exit code 65 when the library is not there.
  static func rotation(_ settings: RunSettings) async throws -> StoryBenchmark {
    let (scenarios, diagnostics) = ScenarioLoader(
      root: library,
      knownGuarantees: Catalogue.guarantees.map(\.id),
      knownVendors: Vendor.all.map(\.name)
    ).load(paths: [rotationFile])
    guard let scenario = scenarios.first else {
      for diagnostic in diagnostics { print(diagnostic.rendered) }
      throw ExitCode(65)
    }
    return try await StoryBenchmark(scenario, settings)
  }

  static func pipeline(messages: Int, _ settings: RunSettings) async throws -> StoryBenchmark {
    try await StoryBenchmark(BenchmarkWorld.steadyTraffic(messages: messages), settings)
  }

  var isComplete: Bool { asked > 0 && answered == asked }

  var rows: [Table.Row] {
    let virtual = span
    return [
      .init(name: "questions", value: Double(asked).text(), note: "\(answered) answered"),
      .init(
        name: "wall time",
        value: wall.seconds.text(2) + " s",
        note: "\(processor.seconds.text(2)) s of processor time"
      ),
      .init(
        name: "virtual time",
        value: (virtual.seconds / 86_400).text(2) + " days",
        note: "\((virtual.seconds / wall.seconds).text()) times the wall time"
      ),
      .init(
        name: "events recorded",
        value: Double(history.events.count).text(),
        note: "\((Double(history.events.count) / Double(max(asked, 1))).text(1)) a question"
      ),
      .init(name: "peak memory so far", value: peakMemory),
    ]
  }

  var throughputRows: [Table.Row] {
    let rate = Double(asked) / wall.seconds
    let unshared = Double(asked) / processor.seconds
    return [
      .init(
        name: "questions a second",
        value: rate.text(),
        note: "evidence on, storage on disk, ten-chunk streams, two model calls each"
      ),
      .init(
        name: "of processor time",
        value: unshared.text(),
        note: "what a core reaches that does nothing else and waits for no disk"
      ),
      .init(
        name: "for 10,000 a second",
        value: (10_000 / rate).text(1) + " times",
        note: "as many cores with a story each, or as much less work a question"
      ),
    ]
  }

  private var span: Duration {
    guard let first = history.events.first, let last = history.events.last else { return .zero }
    return last.at - first.at
  }
}
