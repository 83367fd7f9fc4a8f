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
/// memory, under the name and the files of a story of the library.
struct ScaleBenchmark {
  private static let file = "Scenarios/billing/ordinary-day.yaml"
  private static let library = "Scenarios"

  let rows: [Table.Row]

  /// - Throws: `ReportFailure`, `Misfit`: then the figures would be of nothing.
  init(events: Int, messages: Int, _ settings: RunSettings) async throws {
    let told = ScenarioLoader(
      root: Self.library,
      knownGuarantees: Catalogue.guarantees.map(\.id),
      knownVendors: Vendor.all.map(\.name)
    ).load(paths: [Self.file]).scenarios[0]
    var played = BenchmarkWorld.steadyTraffic(messages: messages)
    played.file = told.file
    played.inputs = told.inputs
    // A file, so that it is no part of what is measured.
    let log = settings.directory.appendingPathComponent("story.jsonl")
    try await onOwnThread { [played] in
      let history = try ScenarioPlayer.play(played, in: .simulated, run: settings)
      _ = try EvidenceFile(at: log).finish(history)
    }
    let place = settings.directory.appendingPathComponent("scale", isDirectory: true)
    Machine.forgetPeak()
    let (count, checking, writing) = try Self.write(
      told,
      log,
      events: events,
      to: place,
      settings
    )
    let peakOfWriting = Machine.peakMemory
    Machine.forgetPeak()
    let begin = ContinuousClock.now
    let account = try ReportVerifier(
      place,
      catalogue: Catalogue.guarantees,
      knownVendors: Vendor.all.map(\.name)
    ).verify()
    let verifying = ContinuousClock.now - begin
    guard account.events == count else { throw Misfit("evidence", "events are missing") }
    rows = [
      .init(name: "events", value: Double(count).text(), note: "in \(account.logs) stories"),
      .init(
        name: "checked a second",
        value: (Double(count) / checking.seconds).text(),
        note: "by all \(Catalogue.guarantees.count) checkers together"
      ),
      .init(
        name: "judged and reported in",
        value: writing.seconds.text(1) + " s",
        note: "peak memory \(peakOfWriting)"
      ),
      .init(
        name: "verified in",
        value: verifying.seconds.text(1) + " s",
        note: "peak memory \(Machine.peakMemory)"
      ),
    ]
  }

  private static func write(
    _ told: Scenario,
    _ log: URL,
    events: Int,
    to place: URL,
    _ settings: RunSettings
  ) throws -> (events: Int, checking: Duration, whole: Duration) {
    let staged = try StagedReport(for: place)
    var names = EvidenceNames()
    var results: [ScenarioResult] = []
    var count = 0
    while count < events {
      let history = try EvidenceLog.read(Data(contentsOf: log, options: .alwaysMapped))
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
    let judge = Judge()
    for index in results.indices {
      results[index].findings = results[index].history.map { judge.findings(in: $0) } ?? []
    }
    let checking = ContinuousClock.now - begin
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
    return (count, checking, ContinuousClock.now - begin)
  }

  private struct Leak: Error {}
}
