import Worlds
import Yams

/// Warnings of what can never come to anything: keys that nobody installs, documents that are not
/// there, expectations that nothing in this story or world can meet, checks that begin too late.
extension TimelineChecks {
  /// What is still under way when the last step is done gets so long.
  private static let clearing = Duration.seconds(240)

  func warnOfTheFutile(_ timeline: [PlacedStep], checks: [ReviewerCheck], in node: Node?) {
    warnOfUnusedKeys(timeline)
    warnOfMissingDocuments(timeline)
    let prospects = Prospects(timeline)
    for entry in timeline {
      for expectation in entry.step.expectations {
        guard let reason = hindrance(expectation, entry, prospects) else { continue }
        reporter.warning("nothing can meet this: \(reason)", at: place(expectation, entry))
      }
    }
    let end = timeline.map(\.step.timing.ends).max() ?? .zero
    for check in checks {
      guard let from = check.from, from > end + Self.clearing,
        let place = node?.value(of: check.id)?.value(of: "from")
      else { continue }
      reporter.warning("nothing happens so late: the story ends before", at: place)
    }
  }

  private func warnOfUnusedKeys(_ timeline: [PlacedStep]) {
    var used: Set<[String]> = []
    for entry in timeline {
      switch entry.step.action {
      case .installKey(let tenant, .named(let key)), .changeSecret(let tenant, let key),
        .deleteKey(let tenant, let key?):
        used.insert([tenant, key])
      default: continue
      }
    }
    for entry in timeline {
      guard case .createKey(let tenant, let key) = entry.step.action, !used.contains([tenant, key])
      else { continue }
      let place = entry.node.value(of: "create-key")?.value(of: "key") ?? entry.node
      reporter.warning("nobody ever uses the key '\(key)'", at: place)
    }
  }

  private func warnOfMissingDocuments(_ timeline: [PlacedStep]) {
    var present: Set<String> = []
    for tenant in names.world.tenants {
      for base in tenant.knowledge {
        present.formUnion(base.documents.map { "\(tenant.id)/\(base.id)/\($0.name)" })
      }
    }
    for entry in timeline {
      switch entry.step.action {
      case .addDocument(let tenant, let knowledge, let name, _):
        let isNew = present.insert("\(tenant)/\(knowledge)/\(name)").inserted
        if isNew, let change = entry.node.value(of: "change-document") {
          let place = change.value(of: "name") ?? entry.node
          reporter.warning("there is no document '\(name)' in '\(knowledge)' then", at: place)
        }
      case .removeDocument(let tenant, let knowledge, let name):
        let place = entry.node.value(of: "remove-document")?.value(of: "name") ?? entry.node
        if present.remove("\(tenant)/\(knowledge)/\(name)") == nil,
          !entry.step.expectations.contains(.accepted(false))
        {
          reporter.warning("there is no document '\(name)' in '\(knowledge)' then", at: place)
        }
      default: continue
      }
    }
  }

  /// Why nothing can meet the expectation; nil where something may.
  private func hindrance(
    _ expectation: Expectation,
    _ entry: PlacedStep,
    _ prospects: Prospects
  ) -> String? {
    let asked = entry.step.action.askedPeople
    switch expectation {
    case .because(.tooMany) where names.world.questionsAMinute == nil:
      return "the world has no 'questions-a-minute'"
    case .because(.subscriptionEnded):
      let beginsLater = names.world.tenants.contains { !$0.isSubscribed }
      return prospects.endsSubscription || beginsLater ? nil : "nobody cancels a subscription"
    case .because(.deactivated):
      return prospects.deactivates ? nil : "nobody is deactivated"
    case .grows(true):
      let streams = asked.contains { names.tenant(ofPerson: $0)?.streamsReplies == true }
      return streams ? nil : "the world says 'replies: whole', or nothing"
    case .waits(true):
      let waits = asked.contains { names.tenant(ofPerson: $0)?.rejectedKey.waitsFor != nil }
      return waits ? nil : "the world does not say 'messages: wait' of the customer"
    case .drawsOn(let knowledge):
      let reader = asked.first { !mayEverRead($0, knowledge, prospects) }
      return reader.map { "'\($0)' may never read '\(knowledge)'" }
    default: return nil
    }
  }

  private func mayEverRead(_ person: String, _ base: String, _ prospects: Prospects) -> Bool {
    guard let tenant = names.tenant(ofPerson: person) else { return true }
    if tenant.guestKnowledge.contains(base) { return true }
    let own = names.person(person)?.department
    return tenant.departments.contains { department in
      department.knowledge.contains(base)
        && (department.id == own || prospects.moves[person]?.contains(department.id) == true)
    }
  }

  private func place(_ expectation: Expectation, _ entry: PlacedStep) -> Node {
    let word =
      switch expectation {
      case .because: "because"
      case .drawsOn: "draws-on"
      case .waits: "waits"
      default: "grows"
      }
    return entry.node.value(of: "expect")?.value(of: word) ?? entry.node
  }
}

/// What happens anywhere in a story, looked up for each of its expectations.
private struct Prospects {
  var endsSubscription = false
  var deactivates = false
  /// For each person the departments that he comes to.
  var moves: [String: Set<String>] = [:]

  init(_ timeline: [PlacedStep]) {
    for entry in timeline {
      switch entry.step.action {
      case .cancelSubscription: endsSubscription = true
      case .setActive(_, false): deactivates = true
      case .movePerson(let person, let department): moves[person, default: []].insert(department)
      default: continue
      }
    }
  }
}

extension Step.Timing {
  /// After which it does not happen any more.
  var ends: Duration {
    switch self {
    case .at(let moment): moment
    case .every(_, let from, let until): max(from, until)
    }
  }
}
