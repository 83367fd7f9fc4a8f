import ArgumentParser
import Conductor
import Evidence
import Foundation
import Guarantees
import Reporting
import Rogues
import ScenarioFiles
import Worlds

/// A run with so many events: judged, written as a report, and verified.
///
/// Its stories are one story of steady traffic again and again, each with a history of its own in
/// memory, under the name and the files of a story of the library. The story is played, and the
/// report verified, in processes of their own: each peak of memory is then of its step alone.
struct ScaleBenchmark {
  /// What a process of its own does.
  enum Step: String, CaseIterable, ExpressibleByArgument {
    case play
    case verify
  }

  private struct Verified: Codable {
    var events: Int
    var logs: Int
    var seconds: Double
    var peak: String
  }

  private static let file = "Scenarios/billing/ordinary-day.yaml"
  private static let library = "Scenarios"

  let rows: [Table.Row]

  /// - Throws: `ReportFailure`, `Misfit`: then the figures would be of nothing.
  init(events: Int, messages: Int, _ settings: RunSettings) async throws {
    let log = settings.directory.appendingPathComponent("story.jsonl")
    let seed = "\(settings.seed)"
    _ = try Self.inItsOwnProcess(.play, at: log, ["--messages", "\(messages)", "--seed", seed])
    // For the keys: what is written is searched for them.
    try await Self.play(
      messages: 8,
      into: settings.directory.appendingPathComponent("keys.jsonl"),
      settings
    )
    let place = settings.directory.appendingPathComponent("scale", isDirectory: true)
    Machine.forgetPeak()
    let (count, reading, checking, writing) = try Self.write(
      Self.told,
      log,
      events: events,
      to: place,
      settings
    )
    let peakOfWriting = Machine.peakMemory
    let account = try JSONDecoder()
      .decode(Verified.self, from: Self.inItsOwnProcess(.verify, at: place))
    guard account.events == count else { throw Misfit("evidence", "events are missing") }
    rows = [
      .init(name: "events", value: Double(count).text(), note: "in \(account.logs) stories"),
      .init(
        name: "checked a second",
        value: (Double(count) / checking.seconds).text(),
        note: "by all \(Catalogue.guarantees.count) checkers together, in processor time"
      ),
      .init(
        name: "read a second",
        value: (Double(count) / reading.seconds).text(),
        note: "from their logs, \((reading / checking).text(1)) times as long as checking takes"
      ),
      .init(
        name: "judged and reported in",
        value: writing.seconds.text(1) + " s",
        note: "peak memory \(peakOfWriting)"
      ),
      .init(
        name: "verified in",
        value: account.seconds.text(1) + " s",
        note: "peak memory \(account.peak)"
      ),
    ]
  }

  /// What this program does as a process of its own; the verifying one prints what it found.
  static func run(_ step: Step, at place: URL, messages: Int, _ settings: RunSettings) async throws
  {
    switch step {
    case .play: try await play(messages: messages, into: place, settings)
    case .verify:
      let begin = ContinuousClock.now
      let account = try ReportVerifier(
        place,
        catalogue: Catalogue.guarantees,
        knownVendors: Vendor.all.map(\.name)
      ).verify()
      let verified = Verified(
        events: account.events,
        logs: account.logs,
        seconds: (ContinuousClock.now - begin).seconds,
        peak: Machine.peakMemory
      )
      print(String(decoding: try JSONEncoder().encode(verified), as: UTF8.self))
    }
  }

  private static var told: Scenario {
    ScenarioLoader(
      root: library,
      knownGuarantees: Catalogue.guarantees.map(\.id),
      knownVendors: Vendor.all.map(\.name)
    ).load(paths: [file]).scenarios[0]
  }

  private static func play(messages: Int, into log: URL, _ settings: RunSettings) async throws {
    var played = BenchmarkWorld.steadyTraffic(messages: messages)
    played.file = told.file
    played.inputs = told.inputs
    try await onOwnThread { [played] in
      let history = try ScenarioPlayer.play(played, in: .simulated, run: settings)
      _ = try EvidenceFile(at: log).finish(history)
    }
  }

  /// - Returns: what it printed.
  private static func inItsOwnProcess(
    _ step: Step,
    at place: URL,
    _ options: [String] = []
  ) throws -> Data {
    let process = Process()
    let output = Pipe()
    process.executableURL = Bundle.main.executableURL
    process.arguments = ["--step", step.rawValue, "--at", place.path] + options
    process.standardOutput = output
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ServerProcess.Failure(description: "the step '\(step)' failed")
    }
    return printed
  }

  private static func write(
    _ told: Scenario,
    _ log: URL,
    events: Int,
    to place: URL,
    _ settings: RunSettings
  ) throws -> (events: Int, reading: Duration, checking: Duration, whole: Duration) {
    let staged = try StagedReport(for: place)
    var names = EvidenceNames()
    var results: [ScenarioResult] = []
    var count = 0
    var reading = Duration.zero
    while count < events {
      let opened = Machine.threadTime
      let history = try EvidenceLog.contents(ofFile: log).history
      reading += Machine.threadTime - opened
      count += history.events.count
      let name = names.name(file: told.file, family: told.family)
      var result = ScenarioResult(
        file: told.file,
        place: ScenarioPlace(path: told.path),
        title: told.title,
        about: told.about,
        family: told.family,
        shows: told.shows,
        ending: .played,
        history: history,
        replay: ""
      )
      result.inputs = told.inputs.map { InputFile(path: $0.path, text: $0.text) }
      result.seal = try EvidenceFile(at: staged.evidenceFile(name)).finish(history)
      results.append(result)
    }
    let begin = ContinuousClock.now
    let checked = Machine.threadTime
    let judge = Judge()
    for index in results.indices {
      results[index].findings = results[index].history.map { judge.findings(in: $0) } ?? []
    }
    let checking = Machine.threadTime - checked
    var run = judge.run(subject: "a benchmark", seed: settings.seed, scenarios: results)
    run.toolVersion = "benchmark"
    let now = Timestamp(unixSeconds: 0)
    try ReportWriter().write(
      run,
      catalogue: Catalogue.guarantees,
      machine: MachineFacts(
        startedAt: now,
        endedAt: now,
        operatingSystem: "",
        processors: 1,
        toolVersion: "benchmark"
      ),
      guard: ArtefactGuard { [keys = settings.keys] _, bytes in
        let isLeaking = keys.isFound(in: bytes) || bytes.withUnsafeBytes(CanarySearch.isFound)
        if isLeaking { throw Leak() }
      },
      signedBy: SigningKey(),
      into: staged
    )
    return (count, reading, checking, ContinuousClock.now - begin)
  }

  private struct Leak: Error {}
}
