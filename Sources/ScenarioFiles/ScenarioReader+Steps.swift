import Worlds
import Yams

extension ScenarioReader {
  /// One entry of the timeline. Several people who are asked for one moment become as many steps,
  /// so that each of them asks.
  func step(_ node: Node, _ moments: StepMoments) -> [PlacedStep] {
    guard let fields = Fields(node, what: "a step", shape: .step, reporter: reporter) else {
      return []
    }
    let timing = self.timing(fields, moments)
    let name = fields["name"].flatMap(stepName)
    guard let word = actionWord(fields), let value = fields[word.rawValue] else { return [] }
    if case .every? = timing, !word.mayRepeat, let every = fields["every"] {
      reporter.error("'\(word.rawValue)' happens once: it takes 'at'", at: every)
    }
    let action = self.action(word, value)
    let asked = action?.askedPeople ?? []
    let expectations = fields["expect"].map { self.expectations($0, of: word, asked: asked) } ?? []
    if case .press(let press)? = action, let expected = fields["expect"] {
      refuseMisplaced(expected, of: press)
    }
    guard let timing, let action else { return [] }
    let line = node.mark?.line ?? 0
    let steps = spread(action, over: timing).map { action in
      Step(line: line, name: name, timing: timing, action: action, expectations: expectations)
    }
    return (steps + consequences(of: word, value, action, timing, line: line))
      .map { PlacedStep(step: $0, node: node) }
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
    let isMistyped = fields.keys.contains { !Shape.step.keys.contains($0) }
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
      let first = index % ask.questions.count
      one.questions =
        ask.burst == 1
        ? [ask.questions[first]] : Array(ask.questions[first...] + ask.questions[..<first])
      return .ask(one)
    }
  }

  private func stepName(_ node: Node) -> String? {
    guard let name = reporter.text(node, what: "'name'") else { return nil }
    guard MomentText.isName(name) else {
      reporter.error(
        "a step's name is of small letters, digits and dashes, and begins with a letter",
        at: node
      )
      return nil
    }
    return name
  }

  private func timing(_ fields: Fields, _ moments: StepMoments) -> Step.Timing? {
    if let every = fields.entry("every") {
      if let at = fields.entry("at") {
        reporter.error("a step takes 'at' or 'every', not both", at: at.keyNode)
      }
      return repetition(every, fields, moments)
    }
    for key in ["from", "until", "times"] {
      guard let entry = fields.entry(key) else { continue }
      reporter.error("'\(key)' belongs to 'every'", at: entry.keyNode)
    }
    guard let at = fields["at"] else {
      reporter.error("a step needs 'at' or 'every'", at: fields.node)
      return nil
    }
    return moments.moment(at, what: "'at'", reporter: reporter).map(Step.Timing.at)
  }

  private func repetition(
    _ every: Entry,
    _ fields: Fields,
    _ moments: StepMoments
  ) -> Step.Timing? {
    let interval = reporter.duration(every.value, what: "'every'", above: .milliseconds(1))
    let from =
      fields["from"].map { moments.moment($0, what: "'from'", reporter: reporter) }
      ?? Duration.zero
    if let times = fields.entry("times") {
      if fields["until"] != nil {
        reporter.error("'every' takes 'until' or 'times', not both", at: times.keyNode)
      }
      let count = reporter.integer(times.value, what: "'times'", in: 1...100_000)
      guard let interval, let from, let count else { return nil }
      return .every(interval, from: from, until: from + interval * count)
    }
    guard let untilNode = fields["until"] else {
      reporter.error("'every' needs 'until'", at: every.keyNode)
      return nil
    }
    let until = moments.moment(untilNode, what: "'until'", reporter: reporter)
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
package enum ActionWord: String, CaseIterable {
  case ask
  case createKey = "create-key"
  case installKey = "install-key"
  case removeKey = "remove-key"
  case deleteKey = "delete-key"
  case regenerateKey = "regenerate-key"
  case changeSecret = "change-secret"
  case startSubscription = "start-subscription"
  case cancelSubscription = "cancel-subscription"
  case inspect
  case move
  case deactivate
  case reactivate
  case join
  case leave
  case addMember = "add-member"
  case removeMember = "remove-member"
  case addDocument = "add-document"
  case changeDocument = "change-document"
  case removeDocument = "remove-document"
  case restartVendor = "restart-vendor"
  case upgradeVendor = "upgrade-vendor"
  case crashVendor = "crash-vendor"
  case killVendor = "kill-vendor"
  case fault
  case knock
  case deliverAgain = "deliver-again"
  case press
  case compareLatency = "compare-latency"
  case pause

  package static let all = allCases.map(\.rawValue)

  /// Whether it makes sense more than once with the same words.
  var mayRepeat: Bool {
    switch self {
    case .ask, .inspect, .restartVendor, .crashVendor, .killVendor, .fault, .knock, .deliverAgain,
      .press,
      .pause:
      true
    default: false
    }
  }

  /// What can be expected of it.
  package var expectations: [String] {
    switch self {
    case .ask:
      [
        "answer", "within", "because", "draws-on", "nothing-from", "mentions", "never-mentions",
        "grows", "waits",
      ]
    case .press:
      [
        "answer", "within", "because", "draws-on", "nothing-from", "mentions", "never-mentions",
        "grows", "waits", "accepted",
      ]
    case .knock: ["answer", "within", "never-mentions"]
    case .installKey, .removeKey, .startSubscription, .cancelSubscription, .addDocument,
      .changeDocument, .removeDocument:
      ["accepted"]
    case .pause: ["invoice", "usage"]
    default: []
    }
  }
}

extension Action {
  var askedPeople: [String] {
    switch self {
    case .ask(let ask): ask.people
    case .impostor(let ask): [ask.person]
    case .press(let press): [press.person]
    default: []
    }
  }
}
