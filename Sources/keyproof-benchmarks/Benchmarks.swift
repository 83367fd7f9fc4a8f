import ArgumentParser
import ChatPlatforms
import Conductor
import Foundation
import Rogues
import ScenarioFiles
import Worlds

/// States how fast this build is. Its figures are of one machine and one run; what is compared is
/// measured in the same run.
@main
struct Benchmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keyproof-benchmarks",
    abstract: "Measures the pipeline, the checkers, the evidence log and the vendor's own time.",
    discussion: "Run it from the top of the repository, in a release build, on a quiet machine."
  )

  enum Part: String, CaseIterable, ExpressibleByArgument {
    case rotation
    case pipeline
    case overhead
    case mock
    case search
    /// Takes minutes, so it is measured only when it is asked for.
    case endurance
    /// The same.
    case scale
  }

  @Option(help: "This part alone: \(Part.allCases.map(\.rawValue).joined(separator: ", ")).")
  var only: Part?

  @Option(help: "Messages through the whole pipeline.")
  var messages = 8_000

  @Option(help: "Measured questions over loopback.")
  var rounds = 300

  @Option(help: "Requests of each round against the mock; three rounds.")
  var requests = 40_000

  @Option(help: "Requests of the endurance part, all together.")
  var calls = 1_000_000

  @Option(
    help: "Another mock to measure beside ours, as NAME=URL,PROCESS-ID; may be repeated."
  )
  var peer: [String] = []

  @Option(help: "Events of the run that is reported and verified.")
  var events = 1_000_000

  @Option(help: "Chunks in the knowledge base that is searched.")
  var chunks = 10_000

  @Option(help: "A folder for what was searched, so that another program can search it too.")
  var save: String?

  @Option(help: "The seed of all randomness.")
  var seed: UInt64 = 1

  @Flag(help: .hidden)
  var serveBareRoute = false

  /// Of the scale part what is done in a process of its own.
  @Option(help: .hidden)
  var step: ScaleBenchmark.Step?

  /// The log that is written, or the report that is verified.
  @Option(help: .hidden)
  var at: String?

  func validate() throws {
    guard messages >= 8 else { throw ValidationError("--messages must be at least 8") }
    guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1") }
    guard (4...1_000_000).contains(chunks) else {
      throw ValidationError("--chunks must be 4 to 1000000")
    }
    guard calls >= 1_000 else { throw ValidationError("--calls must be at least 1000") }
    guard requests >= 64 else { throw ValidationError("--requests must be at least 64") }
    _ = try peers()
  }

  func run() async throws {
    if serveBareRoute { return try await BareServer.run() }
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("keyproof-benchmarks-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let settings = RunSettings(
      seed: seed,
      vendor: .honest,
      vendors: [.honest],
      issuerKeys: try await IssuerKeys.make(),
      directory: directory
    )
    if let step, let at {
      let place = URL(fileURLWithPath: at)
      return try await ScaleBenchmark.run(step, at: place, messages: messages, settings)
    }
    #if DEBUG
    print("This is a debug build: its figures mean nothing. Use -c release.\n")
    #endif
    print("Keyproof benchmarks, seed \(seed), on \(Machine.description)\n")
    try await measure(settings)
    print("\nPeak memory of this process: \(Machine.peakMemory)")
  }

  private func measure(_ settings: RunSettings) async throws {
    // The library's longest file comes first: the peak of memory is then its own.
    if measures(.rotation) {
      let rotation = try await StoryBenchmark.rotation(settings)
      Table("Two years of quarterly rotation, simulated").print(rotation.rows)
      try check(rotation)
    }
    if measures(.pipeline) {
      let pipeline = try await StoryBenchmark.pipeline(messages: messages, settings)
      Table("The whole pipeline on one core, simulated").print(
        pipeline.rows + pipeline.throughputRows
      )
      try check(pipeline)
      let analysis = try AnalysisBenchmark(history: pipeline.history, directory: settings.directory)
      Table("What is done with the evidence, on one core").print(analysis.rows)
    }
    if measures(.overhead) {
      let overhead = try await OverheadBenchmark(rounds: rounds, settings: settings)
      Table("The vendor's own time over loopback, one client").print(overhead.rows)
      print(OverheadBenchmark.explanation)
    }
    if measures(.mock) {
      let benchmark = MockBenchmark(requests: requests, peers: try peers())
      for table in try await benchmark.measure() { Table(table.title).print(table.rows) }
      print(MockBenchmark.explanation)
    }
    if measures(.search) {
      for dimensions in SearchBenchmark.dimensions {
        let search = try SearchBenchmark(
          chunks: chunks,
          dimensions: dimensions,
          randomness: Randomness(seed: seed),
          directory: settings.directory
        )
        Table("Search in one knowledge base, \(dimensions) dimensions").print(search.rows)
        if let save { try search.save(below: URL(fileURLWithPath: save)) }
      }
      print(SearchBenchmark.explanation)
    }
    if only == .endurance {
      try await EnduranceBenchmark(requests: calls, requestsOfRound: min(requests, calls / 10))
        .run()
    }
    if only == .scale {
      let scale = try await ScaleBenchmark(events: events, messages: messages, settings)
      Table("A run of many events, on one core").print(scale.rows)
    }
  }

  private func peers() throws -> [MockBenchmark.Peer] {
    try peer.map { text in
      let parts = text.split(separator: "=", maxSplits: 1)
      let place = parts.last?.split(separator: ",") ?? []
      guard parts.count == 2, place.count == 2, let process = Int32(place[1]),
        let origin = URL(string: String(place[0])), origin.host != nil, origin.port != nil
      else {
        throw ValidationError("--peer wants NAME=http://HOST:PORT,PROCESS-ID")
      }
      let server = ServerProcess(origin: origin, identifier: process)
      return MockBenchmark.Peer(name: String(parts[0]), server: server)
    }
  }

  private func measures(_ part: Part) -> Bool {
    only.map { $0 == part } ?? true
  }

  private func check(_ story: StoryBenchmark) throws {
    guard story.isComplete else {
      print("A question was not answered: the figures above are not of a working pipeline.")
      throw ExitCode.failure
    }
  }
}
