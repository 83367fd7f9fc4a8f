import Evidence
import Worlds

/// Where a story was played twice with a secret exchanged: whatever somebody sees who must not know
/// the secret is the same in both plays. Compared are texts byte for byte, what was seen at all,
/// and in which order; and the moment of each, to the nanosecond of virtual time, where every text
/// and key that was exchanged has as many bytes as what took its place; only there, too, what a
/// growing reply shows on its way, since that is cut by moments.
///
/// Who must not know follows from the world. Of documents: everybody who at no moment of the story
/// may read one of their knowledge bases, and every conversation that such a person reads along; of
/// a customer: all others, their administrators included; of a key: everybody but the administrator
/// who entered it. What those see who may know is not compared, and must differ somewhere:
/// otherwise the exchange reached nobody, and equality would prove nothing.
///
/// What may differ: the names that the mock model draws for its completions, which are compared by
/// where they recur; and digests of the secret on the pages of its own administrator.
struct NonInterference {
  /// Fewer replies to people who must not know prove nothing.
  static let fewestReplies = 10

  private let story: Story
  private let plan: Story.Occurrence<Event.PairPlan>
  private let outside: [Story.Occurrence<Event.PairRow>]
  private let inside: [Story.Occurrence<Event.PairRow>]
  /// Whether what was exchanged has the same sizes, so that moments can be compared.
  private let comparesMoments: Bool

  /// Nil where the story was not played twice, or with something else exchanged.
  init?(_ story: Story, of secret: Event.PairPlan.Secret) {
    guard let plan = story.pairPlans.last, plan.of.secret == secret else { return nil }
    self.story = story
    self.plan = plan
    var outside: [Story.Occurrence<Event.PairRow>] = []
    var inside: [Story.Occurrence<Event.PairRow>] = []
    let comparesMoments = plan.of.parts.allSatisfy { $0.first.bytes == $0.second?.bytes }
    for row in story.pairRows where comparesMoments || row.of.kind != .partial {
      if Self.mustNotKnow(row.of, plan.of, story) {
        outside.append(row)
      } else {
        inside.append(row)
      }
    }
    self.outside = outside
    self.inside = inside
    self.comparesMoments = comparesMoments
  }

  /// The differences; the rows come in the order of seeing, and so the earliest is the first.
  func addBreaches(to breaches: inout Breaches) {
    for row in outside {
      guard let difference = difference(row.of) else { continue }
      breaches.add(
        "Played again \(exchange), \(audience(row.of)) saw \(difference.what) "
          + "\(place(row.of)): \(difference.sides.first) in the first play, "
          + "\(difference.sides.second) in the second.",
        events: events(row),
        sides: difference.sides
      )
    }
  }

  var exercise: [Finding.Count] {
    [
      Finding.Count("texts and keys exchanged", exchanged),
      Finding.Count("uses of what was exchanged, first play", plan.of.firstUses),
      Finding.Count("uses of what was exchanged, second play", plan.of.secondUses),
      Finding.Count("observations compared, of people who must not know", outside.count),
      Finding.Count("replies among them", replies),
      Finding.Count("observations that differed, of people who may know", insideDifferences),
    ]
  }

  /// What the pair lacks to prove anything; nil when it lacks nothing.
  var missing: String? {
    if exchanged == 0 { return "Nothing was exchanged between the two plays." }
    if plan.of.firstUses == 0 { return "What was exchanged was in use in neither play." }
    let isGone = plan.of.parts.allSatisfy { $0.second == nil }
    if plan.of.secondUses == 0, !isGone {
      return "What was exchanged was not in use in the second play."
    }
    if plan.of.secret != .key, insideDifferences == 0 {
      return "Even those who may know saw the same in both plays."
    }
    guard replies >= Self.fewestReplies else {
      return
        "\(replies.of("reply", "replies")) to people who must not know are too few to compare: "
        + "\(Self.fewestReplies) are needed."
    }
    return nil
  }

  /// A sentence for the finding, with a blank before it.
  var held: String {
    " Played again \(exchange), \(outside.count.of("observation")) of those who must not know were "
      + (comparesMoments ? "the same, to the moment." : "the same in text and order.")
  }

  private var exchanged: Int {
    plan.of.parts.count { $0.first.digest != $0.second?.digest }
  }

  private var replies: Int {
    outside.count { $0.of.kind == .reply && $0.of.first != nil }
  }

  private var insideDifferences: Int {
    inside.count { $0.of.first?.digest != $0.of.second?.digest }
  }

  private static func mustNotKnow(
    _ row: Event.PairRow,
    _ plan: Event.PairPlan,
    _ story: Story
  ) -> Bool {
    guard row.tenant == plan.tenant else { return true }
    guard let conversation = row.conversation else { return false }
    switch plan.secret {
    case .customer: return false
    case .key: return true
    case .documents:
      let bases = story.facts.knowledge.filter {
        $0.tenant == plan.tenant && plan.knowledge.contains($0.id)
      }
      return story.members(of: conversation).contains { person in
        !bases.contains { story.mayEver(person, read: $0) }
      }
    }
  }
}

extension NonInterference {
  private struct Difference {
    var what: String
    var sides: Finding.Sides
  }

  private func difference(_ row: Event.PairRow) -> Difference? {
    guard let first = row.first, let second = row.second else {
      return Difference(
        what: row.kind.words,
        sides: .init(first: shown(row.first), second: shown(row.second))
      )
    }
    if first.digest != second.digest {
      return Difference(
        what: "\(row.kind.words) with another text",
        sides: .init(first: shown(first), second: shown(second))
      )
    }
    if comparesMoments {
      guard first.nanoseconds != second.nanoseconds else { return nil }
      return Difference(
        what: "\(row.kind.words) at another moment",
        sides: .init(first: moment(first), second: moment(second))
      )
    }
    guard first.place != second.place else { return nil }
    return Difference(
      what: "\(row.kind.words) in another order",
      sides: .init(first: "as number \(first.place)", second: "as number \(second.place)")
    )
  }

  private func shown(_ side: Event.PairRow.Side?) -> String {
    guard let side else { return "nothing" }
    return side.excerpt.map { "“\($0)”" } ?? "\(side.bytes.of("byte"))"
  }

  private func moment(_ side: Event.PairRow.Side) -> String {
    let microseconds = side.nanoseconds / 1_000
    let digits = String(microseconds % 1_000_000)
    let fraction = String(repeating: "0", count: 6 - digits.count) + digits
    return "after \(microseconds / 1_000_000).\(fraction) s"
  }

  private var exchange: String {
    let isGone = plan.of.parts.allSatisfy { $0.second == nil }
    switch plan.of.secret {
    case .documents:
      return (isGone ? "without the documents of " : "with other words in the documents of ")
        + plan.of.knowledge.listed
    case .customer:
      return "with other documents, questions and keys of \(plan.of.tenant)"
    case .key: return "with other values of the keys of \(plan.of.tenant)"
    }
  }

  private func audience(_ row: Event.PairRow) -> String {
    guard let conversation = row.conversation else { return "the administrator of \(row.tenant)" }
    return story.members(of: conversation).listed
  }

  private func place(_ row: Event.PairRow) -> String {
    row.conversation == nil || row.kind == .typing ? "(\(row.subject))" : "to \(row.subject)"
  }

  /// The row, and what it is of in the first play.
  private func events(_ row: Story.Occurrence<Event.PairRow>) -> [Int] {
    guard let message = story.message(row.of.subject) else { return [row.event] }
    let replies = message.replies.map { story.replies[$0].event }
    return [message.event] + (row.of.kind == .reply ? replies : []) + [row.event]
  }
}

extension Event.PairRow.Kind {
  fileprivate var words: String {
    switch self {
    case .reply: "a reply"
    case .partial: "a growing reply"
    case .typing: "the assistant typing"
    case .delivery: "a delivery answered"
    case .adminAnswer: "a page"
    }
  }
}
