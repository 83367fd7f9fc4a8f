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
  /// `conversation/person` of whoever is added to a group by a step.
  var additions: Set<String> = []

  func read(_ root: Node) -> Scenario? {
    guard
      let fields = Fields(root, what: "a scenario", shape: .scenario, reporter: reporter)
    else { return nil }
    let title = fields.requiredText("scenario")
    let about = fields.requiredText("about")
    let shows = fields.required("shows").map { named($0, "shows", among: knownGuarantees) } ?? []
    let demonstrates =
      fields["demonstrates"].map { named($0, "demonstrates", among: Scenario.limits) } ?? []
    _ = fields.required("world")
    let vendor = fields["vendor"].flatMap {
      reporter.word($0, kind: "vendor", among: knownVendors + [Scenario.processVendor])
    }
    let steps = fields.required("timeline")
    var reader = self
    reader.additions = Self.additions(in: steps)
    let moments = StepMoments(steps?.sequence.map(Array.init) ?? [], reporter: reporter)
    let placed = steps.map { reader.timeline($0, moments) } ?? []
    let checks = fields["checks"].map { self.checks($0, moments) } ?? []
    let verdicts = fields["expect-verdicts"].map { self.verdicts($0, checks) } ?? []
    let runsProcess = vendor == Scenario.processVendor
    if runsProcess, let node = fields["vendor"] { refuseForProcess(node) }
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
      let timelineChecks = TimelineChecks(reporter: reporter, names: names)
      timelineChecks.check(placed)
      if !reporter.hasErrors {
        if let node = fields["checks"] { timelineChecks.check(checks, in: node, placed) }
        timelineChecks.warnOfTheFutile(placed, checks: checks, in: fields["checks"])
        warnOfIdlePeople(fields["world"], placed)
      }
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
    scenario.demonstrates = demonstrates
    scenario.crashesEverywhere = crashesEverywhere
    scenario.variant = variant
    scenario.checks = checks
    scenario.guaranteeLines = guaranteeLines(fields)
    scenario.pair = pair
    if crashesEverywhere || pair != nil { scenario.playsIn = .simulated }
    return scenario
  }

  /// Who is added to which group, by whatever step.
  private static func additions(in timeline: Node?) -> Set<String> {
    let added = (timeline?.sequence.map(Array.init) ?? []).compactMap { step -> String? in
      let change = step.value(of: ActionWord.addMember.rawValue)
      guard let who = change?.value(of: "who")?.scalar?.string,
        let place = change?.value(of: "in")?.scalar?.string
      else { return nil }
      return "\(place)/\(who)"
    }
    return Set(added)
  }

  /// What a vendor in a process of its own cannot be told.
  private func refuseForProcess(_ node: Node) {
    guard let world = names?.world else { return }
    if world.replicas > 1 {
      reporter.error("a vendor in a process of its own has no 'replicas'", at: node)
    }
    if world.tenants.contains(where: { !$0.isSubscribed }) {
      reporter.error("customers of a vendor in a process of its own are subscribed", at: node)
    }
  }

  /// In a world that the file brings along itself everybody is there for something.
  private func warnOfIdlePeople(_ world: Node?, _ placed: [PlacedStep]) {
    guard let world, case .mapping = world, world.value(of: "from") == nil, let names else {
      return
    }
    let said = placed.flatMap { entry -> [String] in
      switch entry.step.action {
      case .movePerson(let person, _), .setActive(let person, _), .deliverAgain(let person),
        .setMember(let person, _, _):
        [person]
      case .compareLatency(let comparison):
        [comparison.person] + (comparison.beside?.people ?? [])
      default: entry.step.action.askedPeople
      }
    }
    for tenant in names.world.tenants {
      let members = tenant.conversations.flatMap(\.members)
      let people = world.value(of: "tenants")?.value(of: tenant.id)?.value(of: "people")
      for entry in reporter.entriesQuietly(people)
      where !said.contains(entry.key) && !members.contains(entry.key) {
        reporter.warning("'\(entry.key)' does nothing in this story", at: entry.keyNode)
      }
    }
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

  /// Promises that a story shows, or limits that it demonstrates.
  private func named(_ node: Node, _ word: String, among known: [String]) -> [String] {
    guard let nodes = reporter.list(node, what: "'\(word)'") else { return [] }
    let kind = word == "shows" ? "guarantee" : "limit"
    if nodes.isEmpty { reporter.error("'\(word)' names at least one \(kind)", at: node) }
    var shown: [String] = []
    for node in nodes {
      guard let id = reporter.word(node, kind: kind, among: known) else {
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

  private func verdicts(_ node: Node, _ checks: [ReviewerCheck]) -> [Scenario.ExpectedVerdict] {
    (reporter.entries(of: node, what: "'expect-verdicts'") ?? []).compactMap { entry in
      // With the prefix by which reports name it, or without.
      let isNamedAsCheck = entry.key.hasPrefix("check:")
      let id = isNamedAsCheck ? String(entry.key.dropFirst("check:".count)) : entry.key
      let isCheck = checks.contains { $0.id == id }
      if !isCheck, isNamedAsCheck {
        let known = checks.map { "check:\($0.id)" }
        reporter.unknown(entry.key, kind: "check", among: known, at: entry.keyNode)
      } else if !isCheck, !knownGuarantees.contains(id) {
        let known = knownGuarantees + checks.map(\.id)
        reporter.unknown(id, kind: "guarantee", among: known, at: entry.keyNode)
      }
      let known = ["held", "violated", "inconclusive"]
      return reporter.word(entry.value, kind: "verdict", among: known).map {
        .init(guarantee: isCheck ? "check:\(id)" : id, verdict: $0)
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

  private func timeline(_ node: Node, _ moments: StepMoments) -> [PlacedStep] {
    guard case .sequence(let sequence) = node else {
      reporter.error(
        "'timeline' must be a list of steps, each with '- at:' or '- every:'",
        at: node
      )
      return []
    }
    if sequence.isEmpty { reporter.error("the timeline is empty", at: node) }
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
