import Worlds
import Yams

/// Reads a scenario file. Nil when anything in it is wrong.
struct ScenarioReader {
  let file: String
  let reporter: Reporter
  let library: LibraryFiles
  let knownGuarantees: [String]
  let knownVendors: [String]
  /// Nil when the world file itself is wrong: what names it is then not checked a second time.
  let names: Names?
  /// Which of the file's stories this is; nil where it has one.
  let variant: String?

  func read(_ root: Node) -> Scenario? {
    guard
      let fields = Fields(root, what: "a scenario", shape: .scenario, reporter: reporter)
    else { return nil }
    let title = fields.requiredText("scenario")
    let about = fields.requiredText("about")
    let shows = fields.required("shows").map(shows) ?? []
    _ = fields.required("world")
    let vendor = fields["vendor"].flatMap {
      reporter.word($0, kind: "vendor", among: knownVendors + [Scenario.processVendor])
    }
    let verdicts = fields["expect-verdicts"].map(verdicts) ?? []
    let placed = fields.required("timeline").map(timeline) ?? []
    let runsProcess = vendor == Scenario.processVendor
    if runsProcess, let names, names.world.replicas > 1, let node = fields["vendor"] {
      reporter.error("a vendor in a process of its own has no 'replicas'", at: node)
    }
    let playsIn = playsIn(fields["plays-in"], placed, runsProcess: runsProcess)
    if !runsProcess, let kill = placed.first(where: { $0.killsProcess }) {
      reporter.error(
        "'kill-vendor' wants 'vendor: process'; 'crash-vendor' does not",
        at: kill.node
      )
    }
    let crashesEverywhere = crash(fields["crash"], vendor: vendor)
    let pair = pair(fields["pair"], runsProcess: runsProcess, crashes: crashesEverywhere)
    if pair != nil, playsIn == .loopback, let node = fields["pair"] {
      reporter.error("moments are compared in the simulated world alone", at: node)
    }
    if !reporter.hasErrors, let names {
      TimelineChecks(reporter: reporter, names: names).check(placed)
    }
    guard !reporter.hasErrors, let title, let about, let names else { return nil }
    var scenario = Scenario(
      file: variant.map { "\(file)#\($0.replacing("/", with: "-"))" } ?? file,
      title: variant.map { "\(title) (\($0.replacing(",", with: ", ")))" } ?? title,
      about: about,
      shows: shows,
      family: family,
      world: names.world,
      playsIn: playsIn,
      vendor: vendor,
      expectedVerdicts: verdicts,
      timeline: placed.map(\.step),
      path: reporter.source.path
    )
    scenario.crashesEverywhere = crashesEverywhere
    scenario.variant = variant
    scenario.guaranteeLines = guaranteeLines(fields)
    scenario.pair = pair
    if crashesEverywhere || pair != nil { scenario.playsIn = .simulated }
    return scenario
  }

  /// The folder that the file stands in, or `scenarios` at the top of a library.
  private var family: String {
    let parts = file.split(separator: "/").dropLast()
    return parts.last.map(String.init) ?? "scenarios"
  }

  /// The word `crash` at the top: a crash at each operation, in the simulated world.
  private func crash(_ node: Node?, vendor: String?) -> Bool {
    guard let node else { return false }
    if vendor == Scenario.processVendor {
      reporter.error("steps of a process of its own cannot be counted", at: node)
    }
    return reporter.word(node, kind: "crash", among: ["at-every-step"]) != nil
  }

  private func shows(_ node: Node) -> [String] {
    guard let nodes = reporter.list(node, what: "'shows'") else { return [] }
    if nodes.isEmpty { reporter.error("'shows' names at least one guarantee", at: node) }
    var shown: [String] = []
    for node in nodes {
      guard let id = reporter.word(node, kind: "guarantee", among: knownGuarantees) else {
        continue
      }
      if shown.contains(id) {
        reporter.error("'\(id)' is named already", at: node)
      } else {
        shown.append(id)
      }
    }
    return shown
  }

  private func guaranteeLines(_ fields: Fields) -> [String: Int] {
    let verdicts = fields["expect-verdicts"]?.mapping?.map(\.key) ?? []
    let shown = fields["shows"]?.sequence.map(Array.init) ?? []
    return (verdicts + shown).reduce(into: [:]) { lines, node in
      if let id = node.string, let mark = node.mark { lines[id] = mark.line }
    }
  }

  private func verdicts(_ node: Node) -> [Scenario.ExpectedVerdict] {
    (reporter.entries(of: node, what: "'expect-verdicts'") ?? []).compactMap { entry in
      let isKnown = knownGuarantees.contains(entry.key)
      if !isKnown {
        reporter.unknown(entry.key, kind: "guarantee", among: knownGuarantees, at: entry.keyNode)
      }
      let known = ["held", "violated", "inconclusive"]
      return reporter.word(entry.value, kind: "verdict", among: known).map {
        .init(guarantee: entry.key, verdict: $0)
      }
    }
  }

  /// A story about latency plays in the loopback world, any other in both, unless the file says.
  private func playsIn(
    _ node: Node?,
    _ placed: [PlacedStep],
    runsProcess: Bool
  ) -> Scenario.PlaysIn {
    let comparesLatency = placed.contains { entry in
      if case .compareLatency = entry.step.action { true } else { false }
    }
    guard let node else { return comparesLatency || runsProcess ? .loopback : .both }
    let known = [Scenario.PlaysIn.both, .simulated, .loopback]
    let chosen = reporter.word(node, kind: "world to play in", among: known.map(\.rawValue))
      .flatMap(Scenario.PlaysIn.init(rawValue:))
    if comparesLatency, let chosen, chosen != .loopback {
      reporter.error(
        "latency is compared over real sockets alone: this story plays in loopback",
        at: node
      )
    }
    if runsProcess, let chosen, chosen != .loopback {
      reporter.error("a vendor in a process of its own plays in loopback", at: node)
    }
    return chosen ?? .both
  }

  private func timeline(_ node: Node) -> [PlacedStep] {
    guard case .sequence(let sequence) = node else {
      reporter.error(
        "'timeline' must be a list of steps, each with '- at:' or '- every:'",
        at: node
      )
      return []
    }
    if sequence.isEmpty { reporter.error("the timeline is empty", at: node) }
    let moments = StepMoments(Array(sequence), reporter: reporter)
    let steps = sequence.flatMap { reporter.isFull ? [] : step($0, moments) }
    // Stable: steps of the same time stay in the file's order.
    return steps.enumerated()
      .sorted { left, right in
        let (first, second) = (left.element.step.timing.begins, right.element.step.timing.begins)
        return (first, left.offset) < (second, right.offset)
      }
      .map(\.element)
  }
}

/// A step with its place in the tree, for what can only be checked over the whole timeline.
struct PlacedStep {
  let step: Step
  let node: Node

  var killsProcess: Bool { node.mapping?.contains { $0.key.string == "kill-vendor" } ?? false }
}

extension Step.Timing {
  /// When the step happens for the first time.
  package var begins: Duration {
    switch self {
    case .at(let moment): moment
    case .every(_, let from, _): from
    }
  }
}
