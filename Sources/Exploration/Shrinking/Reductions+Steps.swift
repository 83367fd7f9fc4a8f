import ScenarioFiles
import Worlds

extension Reductions {
  /// Plainer steps: asked once, alone, in few words, by themselves.
  static func ofSteps(_ scenario: Scenario) -> [Change] {
    scenario.timeline.indices.reversed().flatMap { index -> [Change] in
      [
        { edit(index, of: $0) { $0.timing = .at($0.timing.begins) } },
        { edit(index, of: $0) { $0.repeatsLess() } },
        { edit(index, of: $0) { $0.action.becomePersonal() } },
        { edit(index, of: $0) { $0.action.becomeSingle() } },
        { edit(index, of: $0) { $0.action.shorten(to: "Is anybody there?") } },
        { edit(index, of: $0) { $0.action.becomeShort(.seconds(1)) } },
        { edit(index, of: $0) { $0.action.becomeShort(nil) } },
      ]
    }
  }

  /// Shorter waits from step to step. What comes later comes as much earlier.
  static func ofTime(_ scenario: Scenario) -> [Change] {
    scenario.timeline.indices.reversed().flatMap { index -> [Change] in
      [Duration.seconds(1), .seconds(10), .seconds(60), .seconds(600)].map { gap in
        { withGap(gap, before: index, $0) }
      }
    }
  }

  private static func edit(
    _ index: Int,
    of scenario: Scenario,
    _ edit: (inout Step) -> Void
  ) -> Scenario? {
    change(scenario) { changed in
      guard changed.timeline.indices.contains(index) else { return }
      edit(&changed.timeline[index])
    }
  }

  private static func withGap(
    _ gap: Duration,
    before index: Int,
    _ scenario: Scenario
  ) -> Scenario? {
    guard scenario.timeline.indices.contains(index) else { return nil }
    let last = index == 0 ? .zero : scenario.timeline[index - 1].timing.begins
    let excess = scenario.timeline[index].timing.begins - last - gap
    guard excess > .zero else { return nil }
    return change(scenario) { changed in
      for later in changed.timeline.indices.dropFirst(index) {
        changed.timeline[later].timing.comeEarlier(by: excess)
      }
    }
  }
}

extension Step.Timing {
  fileprivate mutating func comeEarlier(by duration: Duration) {
    switch self {
    case .at(let moment): self = .at(moment - duration)
    case .every(let interval, let from, let until):
      self = .every(interval, from: from - duration, until: until - duration)
    }
  }
}

extension Step {
  fileprivate mutating func repeatsLess() {
    guard case .every(let interval, let from, let until) = timing, until - from > interval * 2
    else { return }
    timing = .every(interval, from: from, until: until - interval)
  }
}

extension Action {
  /// The customer whom it is about, where it names one.
  var tenant: String? {
    switch self {
    case .createKey(let tenant, _), .installKey(let tenant, _), .removeKey(let tenant),
      .deleteKey(let tenant, _), .regenerateKey(let tenant, _), .changeSecret(let tenant, _),
      .inspect(let tenant), .cancelSubscription(let tenant), .addDocument(let tenant, _, _, _),
      .removeDocument(let tenant, _, _):
      tenant
    default: nil
    }
  }

  /// Whom it names.
  var people: [String] {
    switch self {
    case .ask(let ask): ask.people
    case .press(let press): [press.person, press.asker]
    case .impostor(let ask): [ask.person]
    case .deliverAgain(let person), .movePerson(let person, _), .setActive(let person, _):
      [person]
    default: []
    }
  }

  /// The group or channel that it names.
  var conversation: String? {
    switch self {
    case .ask(let ask): ask.conversation
    case .press(let press): press.conversation
    default: nil
    }
  }

  mutating func leave(conversation: String) {
    switch self {
    case .ask(var ask) where ask.conversation == conversation:
      ask.conversation = nil
      self = .ask(ask)
    case .press(var press) where press.conversation == conversation:
      press.conversation = nil
      press.person = press.asker
      self = .press(press)
    default: break
    }
  }

  fileprivate mutating func becomePersonal() {
    switch self {
    case .ask(let ask): leave(conversation: ask.conversation ?? "")
    case .press(let press): leave(conversation: press.conversation ?? "")
    default: break
    }
  }

  fileprivate mutating func becomeSingle() {
    switch self {
    case .ask(var ask):
      ask.burst = 1
      ask.people = [ask.people[0]]
      self = .ask(ask)
    case .press(var press):
      press.times = 1
      self = .press(press)
    default: break
    }
  }

  fileprivate mutating func shorten(to text: String) {
    switch self {
    case .ask(var ask):
      ask.questions = [text]
      self = .ask(ask)
    case .impostor(var ask):
      ask.text = text
      self = .impostor(ask)
    default: break
    }
  }

  /// - Parameter duration: nil halves what there is, in whole seconds.
  fileprivate mutating func becomeShort(_ duration: Duration?) {
    func shorter(_ present: Duration) -> Duration {
      let seconds = present.nanoseconds / 2_000_000_000
      return min(present, duration ?? .seconds(max(1, seconds)))
    }
    switch self {
    case .fault(var fault):
      fault.lasting = shorter(fault.lasting)
      self = .fault(fault)
    case .restartVendor(let pause, let replica):
      self = .restartVendor(downFor: shorter(pause), replica: replica)
    case .crashVendor(let pause, let replica):
      self = .crashVendor(downFor: shorter(pause), replica: replica)
    default: break
    }
  }
}
