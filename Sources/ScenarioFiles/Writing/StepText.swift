import Worlds

/// One step as a file has it.
struct StepText {
  private typealias Words = [(String, String)]

  private let step: Step

  init(_ step: Step) {
    self.step = step
  }

  /// What the step does.
  var word: String {
    get throws(ScenarioText.Unwritable) { try action().0.rawValue }
  }

  var lines: [String] {
    get throws(ScenarioText.Unwritable) {
      let (word, words) = try action()
      var lines = timing
      if let name = step.name { lines.append("name: \(name)") }
      lines.append("\(word.rawValue): \(ScenarioText.mapping(words))")
      if !step.expectations.isEmpty {
        lines.append("expect: \(ScenarioText.mapping(step.expectations.flatMap(self.words)))")
      }
      return lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
    }
  }

  private var timing: [String] {
    switch step.timing {
    case .at(let moment): return ["at: \(ScenarioText.duration(moment))"]
    case .every(let interval, let from, let until):
      var lines = ["every: \(ScenarioText.duration(interval))"]
      if from > .zero { lines.append("from: \(ScenarioText.duration(from))") }
      return lines + ["until: \(ScenarioText.duration(until))"]
    }
  }

  private func action() throws(ScenarioText.Unwritable) -> (ActionWord, Words) {
    switch step.action {
    case .ask(let ask): return (.ask, try words(of: ask))
    case .press(let press): return (.press, words(of: press))
    case .impostor(let ask):
      return (
        .knock,
        [("as", ask.person), ("with", ask.trick), ("text", ScenarioText.quoted(ask.text))]
      )
    case .deliverAgain(let person): return (.deliverAgain, [("who", person)])
    case .movePerson(let person, let department):
      return (.move, [("who", person), ("to", department)])
    case .setActive(let person, let isActive):
      return (isActive ? .reactivate : .deactivate, [("who", person)])
    case .setMember(let person, let conversation, let isMember):
      return (isMember ? .addMember : .removeMember, [("who", person), ("in", conversation)])
    case .addDocument(let tenant, let knowledge, let name, let text):
      return (
        .addDocument,
        [
          ("tenant", tenant), ("knowledge", knowledge), ("name", ScenarioText.quoted(name)),
          ("text", ScenarioText.quoted(text)),
        ]
      )
    case .removeDocument(let tenant, let knowledge, let name):
      return (
        .removeDocument,
        [("tenant", tenant), ("knowledge", knowledge), ("name", ScenarioText.quoted(name))]
      )
    case .restartVendor(let pause, let replica):
      return (.restartVendor, words(pause, replica))
    case .crashVendor(let pause, let replica): return (.crashVendor, words(pause, replica))
    case .fault(let fault): return (.fault, words(of: fault))
    case .pause: return (.pause, [])
    case .compareLatency:
      throw ScenarioText.Unwritable(description: "a comparison of latency wants a file")
    default: return try keyAction()
    }
  }

  private func keyAction() throws(ScenarioText.Unwritable) -> (ActionWord, Words) {
    switch step.action {
    case .createKey(let tenant, let key): return (.createKey, [("tenant", tenant), ("key", key)])
    case .installKey(let tenant, let key):
      return (.installKey, [("tenant", tenant), ("key", key.word)])
    case .removeKey(let tenant): return (.removeKey, [("tenant", tenant)])
    case .deleteKey(let tenant, let key):
      return (.deleteKey, [("tenant", tenant)] + (key.map { [("key", $0)] } ?? []))
    case .regenerateKey(let tenant, let slot):
      return (.regenerateKey, [("tenant", tenant), ("key", "azure-\(slot)")])
    case .changeSecret(let tenant, let key):
      return (.changeSecret, [("tenant", tenant), ("key", key)])
    case .inspect(let tenant): return (.inspect, [("tenant", tenant)])
    case .startSubscription(let tenant): return (.startSubscription, [("tenant", tenant)])
    case .cancelSubscription(let tenant): return (.cancelSubscription, [("tenant", tenant)])
    default: throw ScenarioText.Unwritable(description: "a step has no words yet")
    }
  }

  private func words(of ask: Action.Ask) throws(ScenarioText.Unwritable) -> Words {
    guard ask.questions.count == 1, !ask.marksQuestions else {
      throw ScenarioText.Unwritable(description: "questions from a file are not written")
    }
    var words = [
      ("who", ScenarioText.list(ask.people)), ("text", ScenarioText.quoted(ask.questions[0])),
    ]
    if let conversation = ask.conversation { words.append(("in", conversation)) }
    if ask.burst > 1 { words.append(("burst", "\(ask.burst)")) }
    return words
  }

  private func words(of press: Action.Press) -> Words {
    var words = [("who", press.person), ("button", press.button.rawValue)]
    if press.asker != press.person { words.append(("whose", press.asker)) }
    if let conversation = press.conversation { words.append(("in", conversation)) }
    if press.times > 1 { words.append(("times", "\(press.times)")) }
    if let trick = press.trick { words.append(("with", trick)) }
    return words
  }

  private func words(_ pause: Duration, _ replica: Int?) -> Words {
    [("down-for", ScenarioText.duration(pause))] + (replica.map { [("replica", "\($0)")] } ?? [])
  }

  private func words(of fault: FaultDescription) -> Words {
    let (kind, own): (String, Words) =
      switch fault.kind {
      case .outage: ("outage", [])
      case .slow(let delay): ("slow", [("by", ScenarioText.duration(delay))])
      case .disorder(let delay): ("disorder", [("by", ScenarioText.duration(delay))])
      case .loss(let percent): ("loss", [("percent", "\(percent)")])
      case .duplication(let percent): ("duplication", [("percent", "\(percent)")])
      case .reset(let percent): ("reset", [("percent", "\(percent)")])
      case .status(let status, let retryAfter):
        (
          "status",
          [("status", "\(status)")]
            + (retryAfter.map { [("retry-after", ScenarioText.duration($0))] } ?? [])
        )
      case .redirect(let host): ("redirect", [("to", host)])
      case .sealed: ("sealed", [])
      case .refusing: ("refusing", [])
      }
    return [("kind", kind), ("between-vendor-and", fault.place.rawValue)] + own
      + [("for", ScenarioText.duration(fault.lasting))]
  }

  private func words(_ expectation: Expectation) -> Words {
    switch expectation {
    case .answer(let kind, let limit):
      [("answer", kind.rawValue), ("within", ScenarioText.duration(limit))]
    case .because(let reason): [("because", reason.rawValue)]
    case .drawsOn(let knowledge): [("draws-on", knowledge)]
    case .nothingFrom(let knowledge): [("nothing-from", knowledge)]
    case .accepted(let accepted): [("accepted", "\(accepted)")]
    case .mentions(let text): [("mentions", ScenarioText.quoted(text))]
    case .neverMentions(let text): [("never-mentions", ScenarioText.quoted(text))]
    case .grows(let grows): [("grows", "\(grows)")]
    case .waits(let waits): [("waits", "\(waits)")]
    case .invoice(let tenant, let month, let cents):
      [("invoice", ScenarioText.mapping([("tenant", tenant), ("month", month)] + words(cents)))]
    case .usage(let tenant, let key, let tokens):
      [("usage", ScenarioText.mapping([("tenant", tenant), ("key", key)] + words(tokens)))]
    }
  }

  private func words(_ bounds: Expectation.Bounds) -> Words {
    (bounds.least.map { [("at-least", "\($0)")] } ?? [])
      + (bounds.most.map { [("at-most", "\($0)")] } ?? [])
  }
}

extension Action.InstalledKey {
  fileprivate var word: String {
    switch self {
    case .named(let name): name
    case .azure(let slot): "azure-\(slot)"
    case .neverIssued: "never-issued"
    }
  }
}
