import Worlds
import Yams

extension ScenarioReader {
  static let timingWords = ["at", "every", "from", "until"]

  /// One entry of the timeline. Several people who are asked for one moment become as many steps,
  /// so that each of them asks.
  func step(_ node: Node) -> [PlacedStep] {
    let allowed = Self.timingWords + ActionWord.all + ["expect"]
    guard let fields = Fields(node, what: "a step", allowed: allowed, reporter: reporter) else {
      return []
    }
    let timing = self.timing(fields)
    guard let word = actionWord(fields), let value = fields[word.rawValue] else { return [] }
    if case .every? = timing, !word.mayRepeat, let every = fields["every"] {
      reporter.error("'\(word.rawValue)' happens once: it takes 'at'", at: every)
    }
    let action = self.action(word, value)
    let asked = action?.askedPeople ?? []
    let expectations = fields["expect"].map { self.expectations($0, of: word, asked: asked) } ?? []
    guard let timing, let action else { return [] }
    let line = node.mark?.line ?? 0
    return spread(action, over: timing).map { action in
      let step = Step(line: line, timing: timing, action: action, expectations: expectations)
      return PlacedStep(step: step, node: node)
    }
  }

  private func actionWord(_ fields: Fields) -> ActionWord? {
    let words = fields.keys.compactMap(ActionWord.init(rawValue:))
    if words.count > 1, let second = fields.entry(words[1].rawValue) {
      reporter.error(
        "a step does one thing, and this one says '\(words[0].rawValue)' already",
        at: second.keyNode
      )
    }
    // A mistyped action has been reported as an unknown word.
    let isMistyped = fields.keys.contains { key in
      !Self.timingWords.contains(key) && key != "expect" && ActionWord(rawValue: key) == nil
    }
    if words.isEmpty, !isMistyped {
      reporter.error(
        "a step needs something to do; known: \(ActionWord.all.joined(separator: ", "))",
        at: fields.node
      )
    }
    return words.first
  }

  private func spread(_ action: Action, over timing: Step.Timing) -> [Action] {
    guard case .at = timing, case .ask(let ask) = action, ask.people.count > 1 else {
      return [action]
    }
    return ask.people.enumerated().map { index, person in
      var one = ask
      one.people = [person]
      one.questions = [ask.questions[index % ask.questions.count]]
      return .ask(one)
    }
  }

  private func timing(_ fields: Fields) -> Step.Timing? {
    if let every = fields.entry("every") {
      if let at = fields.entry("at") {
        reporter.error("a step takes 'at' or 'every', not both", at: at.keyNode)
      }
      return repetition(every, fields)
    }
    for key in ["from", "until"] {
      guard let entry = fields.entry(key) else { continue }
      reporter.error("'\(key)' belongs to 'every'", at: entry.keyNode)
    }
    guard let at = fields["at"] else {
      reporter.error("a step needs 'at' or 'every'", at: fields.node)
      return nil
    }
    return reporter.duration(at, what: "'at'").map(Step.Timing.at)
  }

  private func repetition(_ every: Entry, _ fields: Fields) -> Step.Timing? {
    let interval = reporter.duration(every.value, what: "'every'", above: .milliseconds(1))
    let from =
      fields["from"].map { reporter.duration($0, what: "'from'") } ?? Duration.zero
    guard let untilNode = fields["until"] else {
      reporter.error("'every' needs 'until'", at: every.keyNode)
      return nil
    }
    let until = reporter.duration(untilNode, what: "'until'")
    guard let interval, let from, let until else { return nil }
    if until <= from {
      reporter.warning("this never happens: 'until' is not after 'from'", at: untilNode)
    }
    let times = (until - from).nanoseconds / interval.nanoseconds
    guard times <= Self.mostRepetitions else {
      reporter.error(
        "this would happen \(times) times; at most \(Self.mostRepetitions)",
        at: every.value
      )
      return nil
    }
    return .every(interval, from: from, until: until)
  }

  static let mostRepetitions: Int64 = 100_000
}

/// What a step can do.
enum ActionWord: String, CaseIterable {
  case ask
  case createKey = "create-key"
  case installKey = "install-key"
  case removeKey = "remove-key"
  case deleteKey = "delete-key"
  case regenerateKey = "regenerate-key"
  case move
  case deactivate
  case reactivate
  case addDocument = "add-document"
  case removeDocument = "remove-document"
  case restartVendor = "restart-vendor"
  case crashVendor = "crash-vendor"
  case fault
  case knock
  case deliverAgain = "deliver-again"
  case compareLatency = "compare-latency"
  case pause

  static let all = allCases.map(\.rawValue)

  /// Whether it makes sense more than once with the same words.
  var mayRepeat: Bool {
    switch self {
    case .ask, .restartVendor, .crashVendor, .fault, .knock, .deliverAgain, .pause: true
    default: false
    }
  }

  /// What can be expected of it.
  var expectations: [String] {
    switch self {
    case .ask:
      ["answer", "within", "because", "draws-on", "nothing-from", "mentions", "never-mentions"]
    case .knock: ["answer", "within", "never-mentions"]
    case .installKey, .removeKey, .addDocument, .removeDocument: ["accepted"]
    default: []
    }
  }
}

extension Action {
  var askedPeople: [String] {
    switch self {
    case .ask(let ask): ask.people
    case .impostor(let ask): [ask.person]
    default: []
    }
  }
}
