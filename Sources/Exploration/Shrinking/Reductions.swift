import ScenarioFiles
import Worlds

/// Ways to make a story smaller or plainer. Each gives nil where there is nothing to do; that what
/// comes out is still a story is the reader's to say.
enum Reductions {
  typealias Change = (Scenario) -> Scenario?
  typealias Tenant = WorldDescription.Tenant

  static func ofWorld(_ scenario: Scenario) -> [Change] {
    var changes: [Change] = [
      {
        change($0) {
          $0.pair = nil
          $0.playsIn = .both
        }
      }, { withOneReplica($0) },
      { withoutSecretManager($0) }, { change($0) { $0.world.questionsAMinute = nil } },
      { change($0) { $0.world.model = plainSpeed } },
      { change($0) { $0.world.startsAt = plainStart ?? $0.world.startsAt } },
    ]
    for tenant in scenario.world.tenants {
      changes.append { without(tenant: tenant.id, $0) }
      changes += self.changes(of: tenant)
    }
    return changes
  }

  /// How most drawn worlds are.
  private static let plainSpeed = WorldDescription.ModelSpeed(
    firstToken: .milliseconds(200) ... .milliseconds(900),
    betweenTokens: .milliseconds(10) ... .milliseconds(40)
  )
  private static let plainStart = Timestamp(iso8601: "2026-01-05T08:00:00Z")

  private static func changes(of tenant: Tenant) -> [Change] {
    let id = tenant.id
    var changes: [Change] = [
      { change(id, $0) { $0.streamsReplies = false } },
      { change(id, $0) { $0.departmentsAreGroups = false } },
      { change(id, $0) { $0.forbidsQueryLogging = false } },
      { change(id, $0) { $0.rejectedKey.waitsAtMost = nil } },
      { change(id, $0) { $0.rejectedKey.waitsFor = nil } },
      { change(id, $0) { $0.rejectedKey.tells = nil } },
      { change(id, $0) { $0.guestKnowledge = [] } },
      { withoutAzure(id, $0) },
    ]
    if tenant.deployment == .hybrid || tenant.deployment == .selfHosted {
      changes.append { change(id, $0) { $0.deployment = .pure } }
    }
    for conversation in tenant.conversations {
      changes.append { without(conversation: conversation.id, of: id, $0) }
    }
    for person in tenant.people {
      changes.append { without(person: person.id, of: id, $0) }
      if person.isAbsent {
        changes.append {
          change(id, $0) { tenant in
            for index in tenant.people.indices where tenant.people[index].id == person.id {
              tenant.people[index].isAbsent = false
            }
          }
        }
      }
    }
    for department in tenant.departments {
      changes.append {
        change(id, $0) { tenant in
          guard tenant.departments.count > 1 else { return }
          tenant.departments.removeAll { $0.id == department.id }
        }
      }
    }
    for base in tenant.knowledge {
      changes.append { without(knowledge: base.id, of: id, $0) }
      for document in base.documents {
        changes.append {
          change(id, $0) { tenant in
            for index in tenant.knowledge.indices where tenant.knowledge[index].id == base.id {
              tenant.knowledge[index].documents.removeAll { $0.name == document.name }
            }
          }
        }
      }
    }
    return changes
  }

  // MARK: Tools

  /// Nil where the edit changes nothing.
  static func change(_ scenario: Scenario, _ edit: (inout Scenario) -> Void) -> Scenario? {
    var changed = scenario
    edit(&changed)
    return changed == scenario ? nil : changed
  }

  static func change(
    _ tenant: String,
    _ scenario: Scenario,
    _ edit: (inout Tenant) -> Void
  ) -> Scenario? {
    change(scenario) { changed in
      for index in changed.world.tenants.indices where changed.world.tenants[index].id == tenant {
        edit(&changed.world.tenants[index])
      }
    }
  }

  private static func withOneReplica(_ scenario: Scenario) -> Scenario? {
    change(scenario) { changed in
      changed.world.replicas = 1
      for index in changed.timeline.indices {
        switch changed.timeline[index].action {
        case .restartVendor(let pause, _):
          changed.timeline[index].action = .restartVendor(downFor: pause)
        case .crashVendor(let pause, _):
          changed.timeline[index].action = .crashVendor(downFor: pause)
        default: break
        }
      }
    }
  }

  private static func withoutSecretManager(_ scenario: Scenario) -> Scenario? {
    change(scenario) { changed in
      changed.world.secretManager = .embedded
      changed.timeline.removeAll { step in
        switch step.action {
        case .changeSecret: true
        case .fault(let fault): fault.place == .secretManager
        default: false
        }
      }
    }
  }

  private static func withoutAzure(_ tenant: String, _ scenario: Scenario) -> Scenario? {
    guard
      let changed = change(
        tenant,
        scenario,
        {
          $0.azure = nil
          $0.beginsOnAzure = false
        }
      )
    else { return nil }
    return change(changed) { changed in
      changed.timeline.removeAll { step in
        switch step.action {
        case .regenerateKey(tenant, _), .installKey(tenant, .azure): true
        default: false
        }
      }
    }
  }

  private static func without(tenant: String, _ scenario: Scenario) -> Scenario? {
    guard scenario.world.tenants.count > 1, scenario.pair?.tenant != tenant,
      let gone = scenario.world.tenants.first(where: { $0.id == tenant })
    else { return nil }
    var smaller = scenario
    for person in gone.people { smaller = withoutSteps(of: person.id, smaller) }
    smaller.timeline.removeAll { $0.action.tenant == tenant }
    smaller.world.tenants.removeAll { $0.id == tenant }
    return smaller
  }

  private static func without(person: String, of tenant: String, _ scenario: Scenario) -> Scenario?
  {
    change(tenant, withoutSteps(of: person, scenario)) { tenant in
      guard tenant.people.count > 1 else { return }
      tenant.people.removeAll { $0.id == person }
      if tenant.rejectedKey.tells == person { tenant.rejectedKey.tells = nil }
      for index in tenant.conversations.indices {
        tenant.conversations[index].members.removeAll { $0 == person }
      }
      let names = scenario.timeline.compactMap(\.action.conversation)
      tenant.conversations.removeAll { $0.members.isEmpty && !names.contains($0.id) }
    }
  }

  private static func withoutSteps(of person: String, _ scenario: Scenario) -> Scenario {
    var smaller = scenario
    for index in smaller.timeline.indices {
      guard case .ask(var ask) = smaller.timeline[index].action, ask.people.count > 1 else {
        continue
      }
      ask.people.removeAll { $0 == person }
      smaller.timeline[index].action = .ask(ask)
    }
    smaller.timeline.removeAll { $0.action.people.contains(person) }
    return smaller
  }

  private static func without(
    conversation: String,
    of tenant: String,
    _ scenario: Scenario
  ) -> Scenario? {
    guard
      let smaller = change(
        tenant,
        scenario,
        { $0.conversations.removeAll { $0.id == conversation } }
      )
    else { return nil }
    return change(smaller) { smaller in
      for index in smaller.timeline.indices {
        smaller.timeline[index].action.leave(conversation: conversation)
      }
    }
  }

  private static func without(
    knowledge base: String,
    of tenant: String,
    _ scenario: Scenario
  ) -> Scenario? {
    guard
      let smaller = change(
        tenant,
        scenario,
        { tenant in
          tenant.knowledge.removeAll { $0.id == base }
          tenant.guestKnowledge.removeAll { $0 == base }
          for index in tenant.departments.indices {
            tenant.departments[index].knowledge.removeAll { $0 == base }
          }
        }
      )
    else { return nil }
    var other = smaller
    other.timeline.removeAll { step in
      switch step.action {
      case .addDocument(tenant, base, _, _), .removeDocument(tenant, base, _): true
      default: false
      }
    }
    if case .documents(let knowledge)? = other.pair?.secret, other.pair?.tenant == tenant {
      other.pair?.secret = .documents(knowledge: knowledge.filter { $0 != base })
    }
    return other
  }
}
