import Worlds

/// A scenario in plain words, with its times worked out, for whoever wants to know what a file says
/// before it is played.
package struct StoryTeller {
  private let scenario: Scenario

  package init(_ scenario: Scenario) {
    self.scenario = scenario
  }

  package var text: String {
    var lines = [scenario.title, "", scenario.about, ""]
    lines.append("It is there to show: \(scenario.shows.joined(separator: ", ")).")
    if !scenario.demonstrates.isEmpty {
      lines.append("It demonstrates: \(scenario.demonstrates.joined(separator: ", ")).")
    }
    if let vendor = scenario.vendor { lines.append("The vendor under test is '\(vendor)'.") }
    lines += scenario.expectedVerdicts.map {
      "As a control it must bring out \($0.guarantee) as \($0.verdict)."
    }
    lines.append(place)
    if let pair = scenario.pair { lines.append(pair.sentence) }
    if scenario.crashesEverywhere {
      lines.append(
        "It is played once to count what the vendor does to its wires and its disk, and then once "
          + "for each of these operations (at most 600) with a crash right there; a run says how "
          + "many there were."
      )
    }
    lines += [""] + world + [""]
    lines += scenario.timeline.flatMap(self.lines)
    lines += ["", "The last step is at \(DurationText.text(end)); \(messages) in all."]
    lines += scenario.checks.flatMap(self.lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private var place: String {
    switch scenario.playsIn {
    case .both: "It plays in the simulated world, or over sockets with --world loopback."
    case .simulated: "It plays in the simulated world alone."
    case .loopback: "It plays over sockets alone."
    }
  }

  private var messages: String {
    let count = scenario.timeline.reduce(0) { $0 + $1.messages }
    return count == 1 ? "1 message" : "\(count) messages"
  }

  private var end: Duration {
    scenario.timeline.map { step in
      switch step.timing {
      case .at(let moment): moment
      case .every(_, let from, let until): max(from, until)
      }
    }.max() ?? .zero
  }

  private var world: [String] {
    let world = scenario.world
    var lines = ["\(world.title) (\(world.file)), from \(world.startsAt.iso8601):"]
    for tenant in world.tenants {
      lines.append("  \(tenant.id): \(tenant.name), \(tenant.deployment.rawValue), \(key(tenant))")
      for department in tenant.departments {
        let people = tenant.people.filter { $0.department == department.id }.map(\.id)
        lines.append(
          "    \(department.id): \(people.isEmpty ? "nobody" : people.commaSeparated); "
            + "may read \((department.knowledge + tenant.guestKnowledge).readable)"
        )
      }
      lines += rejectedKey(tenant.rejectedKey)
      lines += tenant.conversations.map { conversation in
        "    \(conversation.kind.rawValue) '\(conversation.id)' on "
          + "\(conversation.platform.rawValue): \(conversation.members.readable)"
      }
      let absent = tenant.people.filter(\.isAbsent).map(\.id)
      if !absent.isEmpty { lines.append("    not there yet: \(absent.commaSeparated)") }
      if !tenant.isSubscribed { lines.append("    not subscribed yet") }
      if tenant.forbidsQueryLogging { lines.append("    a contract forbids to keep questions") }
      let guests = tenant.people.filter(\.isGuest).map(\.id)
      if !guests.isEmpty {
        lines.append(
          "    guests: \(guests.commaSeparated); may read \(tenant.guestKnowledge.readable)"
        )
      }
    }
    if world.secretManager != .embedded {
      lines.append("  The keys are kept in \(world.secretManager.rawValue).")
    }
    if let spread = world.revocationsSpreadWithin {
      lines.append(
        "  Some of a provider's machines take a key for \(DurationText.text(spread)) after its end."
      )
    }
    if let rate = world.questionsAMinute {
      lines.append("  A customer may ask \(rate) questions a minute.")
    }
    if world.replicas > 1 { lines.append("  The vendor runs as \(world.replicas) processes.") }
    return lines
  }

  private func rejectedKey(_ wanted: WorldDescription.RejectedKey) -> [String] {
    var lines: [String] = []
    if let time = wanted.waitsFor {
      lines.append("    while the key is rejected, messages wait up to \(DurationText.text(time))")
    }
    if let person = wanted.tells {
      lines.append("    when the key is rejected, \(person) gets a message")
    }
    return lines
  }

  private func key(_ tenant: WorldDescription.Tenant) -> String {
    if tenant.deployment == .hosted {
      return "on the vendor's account, charged for by \(tenant.paysTokensBySeat ? "seat" : "usage")"
    }
    guard tenant.keyInstalled else { return "no key yet" }
    return tenant.beginsOnAzure ? "key 'azure-1' in place" : "key 'first' in place"
  }

  private func lines(_ step: Step) -> [String] {
    let name = step.name.map { " (\($0))" } ?? ""
    var lines: [String]
    switch step.timing {
    case .at(let moment): lines = ["\(column(moment))\(step.action.sentence)\(name)"]
    case .every(let every, let from, let until):
      let times = (until - from + every - .nanoseconds(1)).nanoseconds / every.nanoseconds
      lines = [
        "\(column(from))every \(DurationText.text(every)) until \(DurationText.text(until)), "
          + "\(max(0, times)) times: \(step.action.sentence)\(name)"
      ]
    }
    lines += step.expectations.map { "\(column(nil))  expected: \($0.sentence)" }
    return lines
  }

  private func lines(_ check: ReviewerCheck) -> [String] {
    func words(_ filters: [ReviewerCheck.Filter]) -> String {
      filters.map { "\($0.word) \($0.shownValue)" }.joined(separator: " and ")
    }
    func bounds(_ least: Int?, _ most: Int?) -> String {
      [least.map { "at least \($0)" }, most.map { "at most \($0)" }].compactMap { $0 }
        .joined(separator: " and ")
    }
    let filters = check.filters.isEmpty ? "" : " with \(words(check.filters))"
    let claim =
      switch check.claim {
      case .never: "there are no \(check.subject)\(filters)"
      case .every(let terms): "all \(check.subject)\(filters) have \(words(terms))"
      case .count(let least, let most):
        "there are \(bounds(least, most)) \(check.subject)\(filters)"
      case .sum(let least, let most):
        "\(check.subject)\(filters) come to \(bounds(least, most)) "
          + (check.subject == "invoices" ? "cents" : "tokens")
      }
    let from = check.from.map { " from \(DurationText.text($0))" } ?? ""
    let until = check.until.map { " until \(DurationText.text($0))" } ?? ""
    return ["", "Check '\(check.id)': \(check.about)", "  It holds if\(from)\(until) \(claim)."]
  }

  private func column(_ moment: Duration?) -> String {
    let text = moment.map { DurationText.text($0) } ?? ""
    return "  " + text + String(repeating: " ", count: max(1, 10 - text.count))
  }
}

extension ReviewerCheck.Filter {
  /// As a file would write it.
  fileprivate var shownValue: String {
    guard word == "slower-than", let milliseconds = Int64(value) else { return value }
    return DurationText.text(.milliseconds(milliseconds))
  }
}

extension Scenario.Pair {
  /// What is exchanged between the two plays, and what must not change by it.
  fileprivate var sentence: String {
    let exchanged =
      switch secret {
      case .documents(let knowledge):
        isAbsent
          ? "without the documents of \(knowledge.readable)"
          : "with other words in the documents of \(knowledge.readable)"
      case .customer: "with other documents, questions and keys of \(tenant)"
      case .key: "with other values of \(tenant)'s keys"
      }
    return "It is played twice under one seed, the second time \(exchanged): whoever must not "
      + "know them must see the same both times."
  }
}

extension [String] {
  var commaSeparated: String { joined(separator: ", ") }
  fileprivate var readable: String { isEmpty ? "nothing" : commaSeparated }
}
