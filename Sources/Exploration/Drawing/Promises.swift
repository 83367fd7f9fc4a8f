package import ScenarioFiles
import Worlds

/// What may be expected of a story's steps, worked out from what the story contains: only where
/// nothing is out of order, and nothing was for a while, so that nobody is accused of what the
/// design does not promise. A shrunk story gets its expectations anew.
package struct Promises {
  /// How long after a disturbance nothing is expected: longer than any wait of the vendor's.
  private static let settling = Duration.seconds(600)
  /// How long before one an exchange must have begun to be over by then.
  private static let lead = Duration.seconds(120)

  private let scenario: Scenario

  package init(_ scenario: Scenario) {
    self.scenario = scenario
  }

  /// The story with its expectations, and with no others.
  package var annotated: Scenario {
    var annotated = scenario
    var states = scenario.world.tenants.reduce(into: [String: TenantState]()) {
      $0[$1.id] = TenantState($1)
    }
    for index in annotated.timeline.indices {
      let step = annotated.timeline[index]
      annotated.timeline[index].expectations = expectations(of: step, states)
      for id in states.keys.sorted() {
        states[id]?.take(step, isCalm: isCalm(at: step.timing.begins), in: self)
      }
    }
    return annotated
  }

  /// What is known of a customer at one moment.
  struct TenantState {
    enum Key: Equatable {
      case good(Action.InstalledKey)
      case bad
      /// Nobody can tell what the vendor made of it.
      case unknown
    }

    var id: String
    var key: Key
    var isOnOwnKey: Bool
    var isCancelled = false
    var ended: Set<String> = []
    /// When something last happened to the customer's keys.
    var lastChange: Duration?

    init(_ tenant: WorldDescription.Tenant) {
      id = tenant.id
      isOnOwnKey = tenant.deployment != .hosted
      key =
        tenant.keyInstalled
        ? .good(tenant.beginsOnAzure ? .azure(slot: 1) : .named("first")) : .bad
    }

    var isServed: Bool {
      guard isOnOwnKey else { return !isCancelled }
      if case .good = key { return !isCancelled }
      return false
    }

    mutating func take(_ step: Step, isCalm: Bool, in promises: Promises) {
      let moment = step.timing.begins
      switch step.action {
      case .installKey(id, let new):
        lastChange = moment
        if case .neverIssued = new {
          // It is refused, and all stays as it is; unless nobody could tell.
          if !isCalm { key = .unknown }
        } else if case .named(let name) = new, ended.contains(name) {
          if !isCalm { key = .unknown }
        } else {
          key = isCalm ? .good(new) : .unknown
        }
      case .deleteKey(id, let name?):
        lastChange = moment
        ended.insert(name)
        if key == .good(.named(name)) { key = .bad }
      case .deleteKey(id, nil):
        lastChange = moment
        key = .bad
      case .regenerateKey(id, let slot):
        lastChange = moment
        if key == .good(.azure(slot: slot)) { key = .bad }
      case .removeKey(id):
        lastChange = moment
        key = isCalm ? .bad : .unknown
      case .changeSecret(id, _):
        lastChange = moment
        key = .unknown
      case .cancelSubscription(id):
        lastChange = moment
        isCancelled = true
      default: break
      }
    }
  }

  // MARK: Expectations

  private func expectations(of step: Step, _ states: [String: TenantState]) -> [Expectation] {
    let moment = step.timing.begins
    guard isCalm(at: moment) else { return [] }
    switch step.action {
    case .ask(let ask): return isAnswered(ask, step, states) ? [Self.given] : []
    case .installKey(let tenant, let key):
      guard let state = states[tenant], !state.isCancelled, state.isOnOwnKey else { return [] }
      switch key {
      case .neverIssued: return [.accepted(false)]
      case .named(let name): return [.accepted(!state.ended.contains(name))]
      case .azure: return [.accepted(true)]
      }
    default: return []
    }
  }

  private static let given = Expectation.answer(.given, within: .seconds(60))

  private func isAnswered(
    _ ask: Action.Ask,
    _ step: Step,
    _ states: [String: TenantState]
  ) -> Bool {
    guard case .at(let moment) = step.timing, ask.conversation == nil, ask.people.count == 1,
      !ask.questions[0].hasPrefix("/"), scenario.world.questionsAMinute == nil,
      let tenant = scenario.world.tenants.first(where: { tenant in
        tenant.people.contains { $0.id == ask.people[0] }
      }), let state = states[tenant.id], state.isServed
    else { return false }
    if let change = state.lastChange, moment - change < Self.settling { return false }
    return !isChanging(tenant.id, near: moment)
      && mayRead(ask.people[0], of: tenant, at: moment)
  }

  /// Whether the customer's keys change while the answer is still under way.
  private func isChanging(_ tenant: String, near moment: Duration) -> Bool {
    scenario.timeline.contains { step in
      let begins = step.timing.begins
      guard begins >= moment, begins <= moment + Self.lead else { return false }
      return switch step.action {
      case .installKey(tenant, _), .deleteKey(tenant, _), .regenerateKey(tenant, _),
        .removeKey(tenant), .changeSecret(tenant, _), .cancelSubscription(tenant):
        true
      default: false
      }
    }
  }

  /// Whether the person has an account and may read something, and neither changes around then.
  private func mayRead(
    _ person: String,
    of tenant: WorldDescription.Tenant,
    at moment: Duration
  ) -> Bool {
    guard let described = tenant.people.first(where: { $0.id == person }) else { return false }
    var isActive = !described.isAbsent
    var department = described.department
    for step in scenario.timeline {
      let begins = step.timing.begins
      var concerns = false
      switch step.action {
      case .setActive(person, let active):
        concerns = true
        if begins <= moment { isActive = active }
      case .movePerson(person, let next):
        concerns = true
        if begins <= moment { department = next }
      default: break
      }
      if concerns, begins > moment - Self.lead, begins < moment + Self.lead { return false }
    }
    let knowledge = tenant.departments.first { $0.id == department }?.knowledge ?? []
    return isActive && !(knowledge + tenant.guestKnowledge).isEmpty
  }

  // MARK: Disturbances

  /// Whether nothing is out of order, nothing was for a while, and nothing will be too soon.
  func isCalm(at moment: Duration) -> Bool {
    !scenario.timeline.contains { step in
      let lasting: Duration
      switch step.action {
      case .fault(let fault): lasting = fault.lasting
      case .restartVendor(let pause, _), .crashVendor(let pause, _): lasting = pause
      default: return false
      }
      switch step.timing {
      case .at(let begins):
        return moment > begins - Self.lead && moment < begins + lasting + Self.settling
      case .every(_, let from, let until):
        return moment > from - Self.lead && moment < max(from, until) + lasting + Self.settling
      }
    }
  }
}
