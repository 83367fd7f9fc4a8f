import ArgumentParser
import Conductor
import Evidence
import Foundation
import Guarantees
import Reporting
import Rogues
import ScenarioFiles
import Worlds

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Plays scenarios and writes a report (default: the whole library)."
  )

  enum WorldChoice: String, ExpressibleByArgument, CaseIterable {
    case simulated
    case loopback

    var kind: WorldKind { self == .simulated ? .simulated : .loopback }
  }

  @Argument(help: "Scenario files or folders.")
  var paths: [String] = []

  @OptionGroup var place: LibraryOptions

  @Option(help: "Plays everything in this world; what cannot be shown there is not run.")
  var world: WorldChoice?

  @Option(help: "The seed of all randomness.")
  var seed: UInt64 = 1

  @Option(help: "A text of the buyer's choosing, mixed into the seed: nobody can pick the luck.")
  var challenge: String?

  @Option(
    name: .customLong("signing-key"),
    help: "The Ed25519 key to sign with (default: one of your own, made on first use)."
  )
  var signingKey: String?

  @Option(help: "The vendor under test; see 'keyproof vendors'.")
  var vendor = Vendor.honest.name

  @Option(
    name: .customLong("filter"),
    help: "Plays only scenarios that show this guarantee; may be repeated."
  )
  var filters: [String] = []

  @Option(help: "Of files with a matrix, only stories with 'manager=vault', or 'a=1,b=2'.")
  var variant: String?

  @Option(
    help: "Plays one part of so many, as '2/8'; 'keyproof merge' makes one report of all.",
    transform: RunCommand.shard
  )
  var shard: Shard?

  @Option(help: "Where the report goes (default: a new folder under Reports/).")
  var report: String?

  @Option(
    name: .customLong("allow-inconclusive"),
    help: "A guarantee that may stay inconclusive; may be repeated."
  )
  var allowInconclusive: [String] = []

  @Option(help: "A file of waivers: violations that are known, each with an owner and a last day.")
  var waivers: String?

  @Option(help: "An earlier report, or its report.json, to say what has changed since.")
  var baseline: String?

  @Option(help: "How many scenarios are played at once.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Plays again whenever one of the files changes, until Ctrl-C.")
  var watch = false

  mutating func run() async throws {
    let terminal = Terminal()
    let workspace = try Workspace()
    defer { workspace.remove() }
    // One for all rounds: a second watcher of the same signal would not hear it.
    let interruption = Interruption(terminal: terminal, workspace: workspace)
    guard watch else {
      throw ExitCode(try await play(terminal, workspace, interruption).rawValue)
    }
    let files = WatchedFiles(paths: paths + [place.library ?? Library.folder])
    while true {
      let state = files.state()
      do {
        _ = try await play(terminal, workspace, interruption)
      } catch is ExitCode {
        // What is wrong has been said; the next save may put it right.
      }
      terminal.print("Watching; Ctrl-C ends it.")
      try await files.waitForChange(from: state)
    }
  }

  private func play(
    _ terminal: Terminal,
    _ workspace: Workspace,
    _ interruption: Interruption
  ) async throws -> ExitStatus {
    let library = try Library(paths: paths, in: place)
    let vendor = try Library.vendor(named: vendor)
    try Library.check(guarantees: filters + allowInconclusive)
    let loaded = try library.load(terminal: terminal)
    let waiverList = try waivers.map {
      try Waivers(path: $0).list(for: loaded, paths: paths, terminal: terminal)
    }
    try checkVariant(among: loaded)
    let parts = try sharded(loaded.map { part(for: $0, vendor: vendor) })
    guard parts.contains(where: { $0.leftOut == nil }) else {
      terminal.error("nothing to run: no scenario matches")
      throw ExitCode(ExitStatus.inconclusive.rawValue)
    }
    let baseline = try baseline.map { try DiffCommand.snapshot($0, terminal) }
    // Whoever watches wants the newest report, not one for each save.
    let reportPlace = try ReportPlace(report ?? (watch ? "Reports/watch" : nil))
    let key = try SigningKeyPlace(signingKey).key(terminal: terminal)
    let session = RunSession(
      parts: parts,
      seed: seed,
      challenge: challenge,
      vendor: vendor,
      library: place.library,
      jobs: jobs,
      allowInconclusive: Set(allowInconclusive),
      waivers: waiverList,
      baseline: baseline,
      shard: shard,
      terminal: terminal,
      workspace: workspace,
      interruption: interruption,
      calibration: CalibrationFile().score,
      key: key
    )
    return try await session.play(writingTo: reportPlace)
  }

  /// Whether a story of a matrix has all the values that are asked for, in whatever order.
  private static func matches(_ wanted: String, _ variant: String?) -> Bool {
    guard let variant else { return false }
    func pairs(_ text: String) -> Set<String> {
      Set(text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    }
    return pairs(wanted).isSubset(of: pairs(variant))
  }

  private func checkVariant(among scenarios: [Scenario]) throws {
    guard let variant, !scenarios.contains(where: { Self.matches(variant, $0.variant) }) else {
      return
    }
    let known = scenarios.compactMap(\.variant)
    guard !known.isEmpty else {
      throw ValidationError("none of these files has a 'matrix', so there is no '\(variant)'")
    }
    let shown = known.prefix(64).map { "  \($0)" }.joined(separator: "\n")
    throw ValidationError("no story of a matrix is '\(variant)'; there are:\n\(shown)")
  }

  private static func shard(_ text: String) throws -> Shard {
    if let shard = Shard(text) { return shard }
    throw ValidationError("'\(text.prefix(40))' must be a part of at least two, such as 2/8")
  }

  private func sharded(_ parts: [LibraryRun.Part]) throws -> [LibraryRun.Part] {
    guard let shard else { return parts }
    let stories = parts.count { $0.leftOut == nil }
    guard stories >= shard.count else {
      throw ValidationError(
        "there are \(stories) stories to play, too few for \(shard.count) parts"
      )
    }
    return parts.played(by: shard)
  }

  private func part(for scenario: Scenario, vendor: Vendor) -> LibraryRun.Part {
    let kind =
      world?.kind
      ?? (scenario.playsIn == .loopback ? .loopback : .simulated)
    var leftOut: String?
    switch (scenario.playsIn, kind) {
    case (.loopback, .simulated): leftOut = "cannot be shown in the simulated world"
    case (.simulated, .loopback): leftOut = "cannot be shown in the loopback world"
    default: break
    }
    if let variant, !Self.matches(variant, scenario.variant) { leftOut = "left out by --variant" }
    if !filters.isEmpty, !scenario.shows.contains(where: filters.contains) {
      leftOut = "left out by --filter"
    }
    if vendor.name != Vendor.honest.name, scenario.vendor != nil {
      leftOut = "is a control with a vendor of its own"
    }
    return LibraryRun.Part(scenario: scenario, world: kind, leftOut: leftOut)
  }
}
