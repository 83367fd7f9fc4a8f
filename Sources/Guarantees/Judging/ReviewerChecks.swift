package import Evidence
import Worlds

/// Judges the checks that a scenario's writer added: from the same story as the catalogue's.
package struct ReviewerChecks: Sendable {
  /// Before a check's own id, wherever promises are named.
  package static let prefix = "check:"

  let story: Story

  package init(_ story: Story) {
    self.story = story
  }

  /// One finding for each, in the file's order.
  package func findings() -> [GuaranteeFinding] {
    (story.facts.checks ?? []).map { check in
      GuaranteeFinding(guarantee: Self.prefix + check.id, finding: finding(of: check))
    }
  }

  private func finding(of check: Facts.Check) -> Finding {
    let all = items(of: check.subject)
    let inTime = all.filter { item in
      check.subject == .invoices
        || (check.from.map { item.at >= $0 } ?? true) && (check.until.map { item.at < $0 } ?? true)
    }
    let meant = inTime.filter { item in check.filters.allSatisfy { item.meets($0) } }
    let exercise = [
      Finding.Count("\(check.subject.rawValue) looked at", inTime.count),
      Finding.Count("of them meant", meant.count),
    ]
    var breaches = Breaches()
    var held = check.about + " "
    let noun = check.subject.noun
    let nouns = check.subject.rawValue
    switch check.claim {
    case .never:
      for item in meant { breaches.add(contrary(check, item), item) }
      held += "None of \(inTime.count.of(noun, nouns)) was otherwise."
    case .every(let terms):
      for item in meant where !terms.allSatisfy({ item.meets($0) }) {
        breaches.add(contrary(check, item), item)
      }
      held += "Each of \(meant.count.of(noun, nouns)) was so."
    case .count(let least, let most):
      breaches.compare(meant.count, with: (least, most), of: meant, check.about)
      held += "There were \(meant.count)."
    case .sum(let least, let most):
      let sum = meant.reduce(0) { $0 + $1.amount }
      breaches.compare(sum, with: (least, most), of: meant, check.about)
      held += "There were \(sum)."
    }
    return .judged(
      breaches,
      exercise: exercise,
      missing: missing(check, inTime: inTime.count, meant: meant.count, of: all),
      held: held
    )
  }

  private func contrary(_ check: Facts.Check, _ item: CheckedItem) -> String {
    let moment = (item.at - story.facts.startedAt).inClock
    return "\(check.about) But there was \(item.what), \(moment) into the story."
  }

  /// Why the check could not have failed; nil where it could have.
  private func missing(
    _ check: Facts.Check,
    inTime: Int,
    meant: Int,
    of all: [CheckedItem]
  ) -> String? {
    switch check.claim {
    case .every:
      return meant > 0 ? nil : "Not exercised: none of the \(check.subject.rawValue) was meant."
    case .count(_, nil), .sum(_, nil): return nil
    case .never, .count, .sum:
      if check.subject == .finds { return unsearched(check) ?? absent(check.filters, of: all) }
      guard inTime > 0 else {
        return "Not exercised: there were no \(check.subject.rawValue) in that time."
      }
      return absent(check.filters, of: all)
    }
  }

  private func unsearched(_ check: Facts.Check) -> String? {
    let surfaces = check.filters.filter { $0.word == .surface }.map(\.value)
    let searched = story.searches.filter { search in
      surfaces.allSatisfy { $0 == search.of.surface.rawValue } && search.of.bytes > 0
    }
    return searched.isEmpty ? "Not exercised: nobody searched there." : nil
  }

  /// What the filters name and the story never had.
  private func absent(_ filters: [Facts.Check.Filter], of all: [CheckedItem]) -> String? {
    for filter in filters {
      let isThere: Bool
      switch filter.word {
      case .key: isThere = story.keys.keys.values.contains { $0.created.of.name == filter.value }
      case .carries: isThere = wasSeen(filter)
      case .by, .seenBy, .tenant, .conversation:
        isThere = all.isEmpty || all.contains { $0.meets(filter) }
      case .outcome, .account, .host, .endpoint, .status, .slowerThan, .surface, .item:
        isThere = true
      }
      if !isThere {
        return "Not exercised: nothing in the story had \(filter.word.rawValue) '\(filter.value)'."
      }
    }
    return nil
  }

  /// Whether a marker came as far as a prompt or a reply: then it could have gone astray.
  private func wasSeen(_ filter: Facts.Check.Filter) -> Bool {
    (items(of: .calls) + items(of: .replies)).contains { $0.meets(filter) }
  }
}

extension Breaches {
  fileprivate mutating func add(_ what: String, _ item: CheckedItem) {
    add(what, events: [item.event])
  }

  fileprivate mutating func compare(
    _ number: Int,
    with bounds: (least: Int?, most: Int?),
    of items: [CheckedItem],
    _ about: String
  ) {
    if let least = bounds.least, number < least {
      add("\(about) But there were \(number), not at least \(least).", events: items.map(\.event))
    }
    if let most = bounds.most, number > most {
      add("\(about) But there were \(number), not at most \(most).", events: items.map(\.event))
    }
  }
}

extension Facts.Check.Subject {
  /// One of them.
  fileprivate var noun: String {
    switch self {
    case .messages: "message"
    case .replies: "reply"
    case .calls: "call"
    case .retrievals: "retrieval"
    case .requests: "request"
    case .finds: "find"
    case .invoices: "line"
    }
  }
}
