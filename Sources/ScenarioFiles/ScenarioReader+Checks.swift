import Worlds
import Yams

extension ScenarioReader {
  /// `checks: { id: { about: ..., never: calls, where: { key: first } } }`.
  func checks(_ node: Node, _ moments: StepMoments) -> [ReviewerCheck] {
    (reporter.entries(of: node, what: "'checks'") ?? []).compactMap { entry in
      guard let id = reporter.identifier(entry, kind: "check") else { return nil }
      if knownGuarantees.contains(id) {
        reporter.error("'\(id)' is a promise of the catalogue", at: entry.keyNode)
      }
      return check(id, entry, moments)
    }
  }

  private func check(_ id: String, _ entry: Entry, _ moments: StepMoments) -> ReviewerCheck? {
    let what = "check '\(id)'"
    guard let fields = Fields(entry.value, what: what, shape: .check, reporter: reporter) else {
      return nil
    }
    let about = fields.requiredText("about")
    let claims = ["never", "every", "count", "sum"].compactMap { fields.entry($0) }
    if claims.count > 1 {
      reporter.error(
        "a check says one of 'never', 'every', 'count' and 'sum'",
        at: claims[1].keyNode
      )
    }
    guard let first = claims.first else {
      reporter.error("\(what) needs 'never', 'every', 'count' or 'sum'", at: entry.value)
      return nil
    }
    let subject = self.subject(first)
    let filters = fields["where"].map { conditions($0, of: subject, word: "where") } ?? []
    let claim = self.claim(first, fields, subject)
    let from = fields["from"].map { moments.moment($0, what: "'from'", reporter: reporter) }
    let until = fields["until"].map { moments.moment($0, what: "'until'", reporter: reporter) }
    if case .some(.some(let from)) = from, case .some(.some(let until)) = until, until <= from,
      let node = fields["until"]
    {
      reporter.error("'until' is not after 'from': nothing could count", at: node)
    }
    guard let about, let subject, let claim else { return nil }
    return ReviewerCheck(
      id: id,
      about: about,
      subject: subject,
      filters: filters,
      claim: claim,
      from: from ?? nil,
      until: until ?? nil,
      line: entry.keyNode.mark?.line ?? 0
    )
  }

  /// What the check looks at; of a sum it follows from what is added up.
  private func subject(_ claim: Entry) -> String? {
    guard claim.key == "sum" else {
      let subjects = ReviewerCheck.subjects.map(\.name)
      return reporter.word(claim.value, kind: "subject", among: subjects)
    }
    let measures = ReviewerCheck.measures.keys.sorted()
    return reporter.word(claim.value, kind: "measure", among: measures)
      .flatMap { ReviewerCheck.measures[$0] }
  }

  private func claim(_ entry: Entry, _ fields: Fields, _ subject: String?) -> ReviewerCheck.Claim? {
    let owners = [
      ("at-least", ["count", "sum"]), ("at-most", ["count", "sum"]), ("is", ["every"]),
    ]
    for (word, claims) in owners where !claims.contains(entry.key) {
      guard let misplaced = fields.entry(word) else { continue }
      let owner = claims.map { "'\($0)'" }.joined(separator: " or ")
      reporter.error("'\(word)' belongs to \(owner)", at: misplaced.keyNode)
    }
    switch entry.key {
    case "never": return .never
    case "every":
      return fields.required("is").map { .every(conditions($0, of: subject, word: "is")) }
    default:
      let least = fields["at-least"].flatMap {
        reporter.integer($0, what: "'at-least'", in: 0...Self.mostCounted)
      }
      let most = fields["at-most"].flatMap {
        reporter.integer($0, what: "'at-most'", in: 0...Self.mostCounted)
      }
      if fields["at-least"] == nil, fields["at-most"] == nil {
        reporter.error("'\(entry.key)' needs 'at-least' or 'at-most'", at: entry.keyNode)
      }
      if let least, let most, most < least, let node = fields["at-most"] {
        reporter.error("'at-most' is less than 'at-least'", at: node)
      }
      return entry.key == "sum"
        ? .sum(atLeast: least, atMost: most) : .count(atLeast: least, atMost: most)
    }
  }

  static let mostCounted = 1_000_000_000

  private func conditions(_ node: Node, of subject: String?, word: String)
    -> [ReviewerCheck.Filter]
  {
    guard let fields = Fields(node, what: "'\(word)'", shape: .condition, reporter: reporter) else {
      return []
    }
    if fields.keys.isEmpty { reporter.error("'\(word)' says nothing", at: node) }
    let suitable = ReviewerCheck.subjects.first { $0.name == subject }?.words
    return Shape.condition.keys.compactMap { key in
      guard let entry = fields.entry(key) else { return nil }
      if let suitable, let subject, !suitable.contains(key) {
        reporter.error(
          "\(subject) are not told apart by '\(key)'; by: \(suitable.joined(separator: ", "))",
          at: entry.keyNode
        )
      }
      return condition(key, entry.value, subject).map { ReviewerCheck.Filter(key, $0) }
    }
  }

  private func condition(_ key: String, _ node: Node, _ subject: String?) -> String? {
    switch key {
    case "tenant":
      guard let names else { return reporter.text(node, what: "'tenant'") }
      return reporter.word(node, kind: "tenant", among: names.tenants)
    case "by", "seen-by": return person(node)
    case "in":
      guard let names else { return reporter.text(node, what: "'in'") }
      return reporter.word(node, kind: "conversation", among: names.conversations)
    case "outcome":
      let known = subject.flatMap { ReviewerCheck.outcomes[$0] }
      return reporter.word(
        node,
        kind: "outcome",
        among: known ?? Array(Set(ReviewerCheck.outcomes.values.joined())).sorted()
      )
    case "key":
      return reporter.text(node, what: "'key'")
        .flatMap { reporter.identifier($0, at: node, kind: "key") }
    case "account": return reporter.word(node, kind: "account", among: ["customer", "vendor"])
    case "host": return hostName(node, what: "'host'")
    case "endpoint": return reporter.word(node, kind: "endpoint", among: ["chat", "embeddings"])
    case "status": return reporter.integer(node, what: "'status'", in: 0...599).map(String.init)
    case "carries": return marked(node)
    case "slower-than":
      return reporter.duration(node, what: "'slower-than'", above: .milliseconds(1))
        .map { "\($0.nanoseconds / 1_000_000)" }
    case "surface": return reporter.word(node, kind: "surface", among: ReviewerCheck.surfaces)
    default:
      return reporter.word(node, kind: "item", among: ["seats", "tokens", "other", "total"])
    }
  }

  /// `hr-handbook` or `hr-handbook/salary-bands.md`, with its customer in front.
  private func marked(_ node: Node) -> String? {
    guard let text = reporter.text(node, what: "'carries'"), let names else { return nil }
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    let known = names.world.tenants.flatMap { $0.knowledge.map(\.id) }
    guard let base = parts.first, known.contains(base) else {
      reporter.unknown(parts.first ?? text, kind: "knowledge base", among: known, at: node)
      return nil
    }
    let owners = names.world.tenants.filter { $0.knowledge.contains { $0.id == base } }
    guard owners.count == 1 else {
      reporter.error("'\(base)' is a knowledge base of several customers", at: node)
      return nil
    }
    return "\(owners[0].id)/\(text)"
  }
}
