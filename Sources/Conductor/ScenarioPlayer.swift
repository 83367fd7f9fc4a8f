import ChatPlatforms
package import Evidence
import Foundation
import Hummingbird
import Logging
import Rogues
package import ScenarioFiles
import Secrets
import Worlds

/// Builds a world, plays one scenario in it, and returns what happened.
package enum ScenarioPlayer {
  /// The setting-up is over by the time the story begins, in the story's own time.
  private static let setUpTime = Duration.minutes(30)

  /// Plays a scenario as it asks for: once, twice with a secret exchanged, or with a crash at each
  /// operation. Blocks the calling thread, which must be one of its own (see `onOwnThread`).
  ///
  /// - Throws: as `play`.
  package static func history(
    of scenario: Scenario,
    in kind: WorldKind,
    run: RunSettings
  ) throws -> History {
    if scenario.crashesEverywhere {
      return try CrashesEverywhere(scenario: scenario, run: run).worst()
    }
    if scenario.pair != nil { return try PairedPlay(scenario: scenario, run: run).play() }
    return try play(scenario, in: kind, run: run)
  }

  /// Blocks the calling thread, which must be one of its own (see `onOwnThread`).
  ///
  /// - Throws: `ConductorError`, `SimulationError` or what the file system throws: the harness's
  ///   failures, never a verdict.
  package static func play(
    _ given: Scenario,
    in kind: WorldKind,
    run: RunSettings
  ) throws -> History {
    let scenario = try given.inItsOwnTime(kind)
    let vendorName = scenario.vendor ?? run.vendor.name
    let directory = run.directory.appendingPathComponent(
      "\(scenario.fileName)-\(kind.rawValue)-\(vendorName)"
    )
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    defer { run.crash?.counter.end() }
    let extended = scenario.withLatencyTwins()
    let isMeasured = extended.twins != nil
    let randomness = run.randomness.scoped(scenario.file)
    let wiretap = Wiretap(fingerprinter: run.fingerprinter)
    let conditions = NetworkConditions(
      standard: kind == .simulated
        ? LinkConditions(delay: .microseconds(200) ... .milliseconds(2)) : LinkConditions()
    )
    let isUnjumped = isMeasured || scenario.runsVendorAsProcess
    let lead = isUnjumped && kind == .loopback ? Duration.zero : setUpTime
    let settings = WorldSettings(
      startsAt: scenario.world.startsAt + (.zero - lead),
      seed: randomness.seed,
      directory: directory,
      conditions: conditions,
      observe: wiretap.take,
      operations: run.crash?.counter,
      makeLogger: makeLogger
    )
    try writeMasterKey(into: directory, randomness: randomness)
    let cast = Cast(
      scenario: extended.scenario,
      run: run,
      kind: kind,
      vendor: vendorName,
      keys: run.issuerKeys,
      randomness: randomness
    )
    let play: @Sendable (any World) async throws -> History = { world in
      // The world holds the wiretap, and that the recorder, which must not hold the world.
      let recorder = Recorder(facts: cast.facts, log: run.log) { [clock = world.clock] in clock.now
      }
      let stage = try Stage(
        scenario: extended.scenario,
        unextendedWorld: scenario.world,
        world: world,
        cast: cast,
        recorder: recorder,
        conditions: conditions,
        wiretap: wiretap,
        run: run
      )
      return try await stage.play(twins: extended.twins)
    }
    switch kind {
    case .simulated:
      let world = SimulatedWorld(settings)
      return try world.play { try await play(world) }
    case .loopback:
      let world = LoopbackWorld(settings, jumps: !isUnjumped)
      return try world.play { try await play(world) }
    }
  }

  /// Only the vendor's log is kept: it is one of the surfaces that are searched.
  private static func makeLogger(instance name: String, storage: URL) -> Logger {
    guard VendorLife.isVendor(name) else { return .silent }
    return Logger(label: name) { _ in
      VendorLog(file: storage.appendingPathComponent("\(name).log"))
    }
  }

  /// - Parameter directory: in which the vendor's instances have their storage.
  static func writeMasterKey(into directory: URL, randomness: Randomness) throws {
    let file = directory.appendingPathComponent(Cast.masterKeyFile)
    var generator = randomness.generator("master-key")
    let bytes = Data((0..<32).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
    let isWritten = FileManager.default.createFile(
      atPath: file.path,
      contents: Data(bytes.base64EncodedString().utf8),
      attributes: [.posixPermissions: 0o600]
    )
    guard isWritten else { throw ConductorError.setupFailed("no master key at \(file.path)") }
  }
}

extension Scenario {
  /// The file's path as one name.
  var fileName: String {
    String(file.map { $0.isLetter || $0.isNumber ? $0 : "-" })
  }

  /// A vendor in a process of its own has the machine's time, and so has its story.
  ///
  /// - Throws: `ConductorError.setupFailed` in a world that has no processes.
  fileprivate func inItsOwnTime(_ kind: WorldKind) throws -> Scenario {
    guard runsVendorAsProcess else { return self }
    guard kind == .loopback else {
      throw ConductorError.setupFailed("a process of its own wants the loopback world")
    }
    var scenario = self
    scenario.world.startsAt = WallClock().now
    return scenario
  }

  /// The scenario with a twin customer, where it compares latency.
  fileprivate func withLatencyTwins() -> (scenario: Scenario, twins: LatencyTwins?) {
    for step in timeline {
      guard case .compareLatency(let comparison) = step.action,
        let twins = LatencyTwins(comparison, in: world)
      else { continue }
      var extended = self
      extended.world = twins.joined(to: world)
      return (extended, twins)
    }
    return (self, nil)
  }
}

extension Logger {
  /// For the harness's own parts: what they see is evidence, not log.
  fileprivate static let silent = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
}
