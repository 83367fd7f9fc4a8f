import Evidence
import Guarantees
import Testing

/// Two plays with a secret exchanged: what those see who must not know is equal, or the promise is
/// broken; what proves nothing is inconclusive.
@Suite struct NonInterferenceTests {
  @Test func equalPairsHold() {
    for secret in Event.PairPlan.Secret.allCases {
      let finding = Pair(secret).judged()
      #expect(finding.verdict == .held, "\(secret): \(finding.sentence)")
      #expect(finding.sentence.contains("the same, to the moment"))
    }
  }

  @Test(arguments: Event.PairRow.Kind.allCases)
  func anotherTextIsALeak(kind: Event.PairRow.Kind) {
    var pair = Pair(.documents)
    pair.outside[4].kind = kind
    pair.outside[4].second?.digest = "other"
    pair.outside[4].first?.excerpt = "three days"
    pair.outside[4].second?.excerpt = "nine days"
    let finding = pair.judged()
    #expect(finding.verdict == .violated)
    #expect(finding.witnesses?.count == 1)
    let sides = finding.witnesses?.first.sides
    #expect(sides == Finding.Sides(first: "“three days”", second: "“nine days”"))
    #expect(finding.sentence.contains("“three days” in the first play, “nine days” in the"))
    #expect(finding.sentence.contains("ben"))
  }

  @Test func aNanosecondIsALeakWhereSizesAreEqual() {
    var pair = Pair(.documents)
    pair.outside[3].second?.nanoseconds += 1
    #expect(pair.judged().verdict == .violated)
    // Where sizes differ, moments may; the order may not.
    pair.plan.parts[0].second?.bytes += 1
    #expect(pair.judged().verdict == .held)
    pair.outside[3].second?.place += 1
    let finding = pair.judged()
    #expect(finding.verdict == .violated)
    #expect(finding.sentence.contains("another order"))
  }

  @Test(arguments: [(0, Verdict.violated), (1, .held)])
  func aGrowingReplyIsComparedWhereSizesAreEqual(moreBytes: Int, verdict: Verdict) {
    var pair = Pair(.documents)
    pair.plan.parts[0].second?.bytes += moreBytes
    pair.outside.append(pair.outside[3])
    pair.outside[pair.outside.count - 1].kind = .partial
    pair.outside[pair.outside.count - 1].second?.digest = "other"
    #expect(pair.judged().verdict == verdict)
  }

  @Test func whatWasSeenOnceOnlyIsALeak() {
    for isFirst in [true, false] {
      var pair = Pair(.key)
      if isFirst { pair.outside[11].second = nil } else { pair.outside[11].first = nil }
      let finding = pair.judged()
      #expect(finding.verdict == .violated)
      let sides = finding.witnesses?.first.sides
      #expect((isFirst ? sides?.second : sides?.first) == "nothing")
    }
  }

  @Test func theEarliestDifferenceIsShownFirst() {
    var pair = Pair(.customer)
    for index in [9, 2, 5] { pair.outside[index].second?.digest = "other" }
    let witnesses = pair.judged().witnesses
    #expect(witnesses?.count == 3)
    #expect(witnesses?.first.what.contains("q2") == true)
    #expect(witnesses?.last.what.contains("q9") == true)
  }

  /// Who may know may see what he likes.
  @Test func insidersAreNotCompared() {
    var pair = Pair(.documents)
    pair.inside.second = nil
    #expect(pair.judged().verdict == .held)
    // In a group somebody reads along who may not.
    pair.inside.conversation = "group"
    #expect(pair.judged().verdict == .violated)
  }

  @Test func administratorsOfOthersAreOutsiders() {
    var pair = Pair(.customer)
    pair.outside[0].conversation = nil
    pair.outside[0].second?.digest = "other"
    #expect(pair.judged().verdict == .violated)
    pair.outside[0].tenant = "acme"
    #expect(pair.judged().verdict == .held)
  }

  @Test func ofAnotherGuaranteeNothingIsSaid() {
    var pair = Pair(.documents)
    pair.outside[4].second?.digest = "other"
    #expect(pair.chronicle().judge("tenant-isolation").verdict != .violated)
    #expect(pair.chronicle().judge("encrypted-custody").verdict != .violated)
  }

  @Test func tooLittleProvesNothing() {
    func verdict(_ secret: Event.PairPlan.Secret, _ change: (inout Pair) -> Void) -> Verdict {
      var pair = Pair(secret)
      change(&pair)
      return pair.judged().verdict
    }
    #expect(verdict(.documents) { $0.outside.removeLast(2) } == .held)
    #expect(verdict(.documents) { $0.outside.removeLast(3) } == .inconclusive)
    #expect(verdict(.documents) { $0.plan.parts = [] } == .inconclusive)
    #expect(verdict(.documents) { $0.plan.parts[0].second?.digest = "a" } == .inconclusive)
    #expect(verdict(.documents) { $0.plan.firstUses = 0 } == .inconclusive)
    #expect(verdict(.documents) { $0.plan.secondUses = 0 } == .inconclusive)
    #expect(verdict(.documents) { $0.inside.second?.digest = "1" } == .inconclusive)
    #expect(verdict(.key) { $0.plan.firstUses = 0 } == .inconclusive)
    // Without the documents they cannot be in use; and keys show to nobody who may know.
    #expect(
      verdict(.documents) {
        $0.plan.parts[0].second = nil
        $0.plan.secondUses = 0
      } == .held
    )
    #expect(verdict(.key) { $0.inside.second?.digest = "1" } == .held)
  }
}

/// A story in which everything else holds, and what was seen in its two plays.
private struct Pair {
  var plan: Event.PairPlan
  /// Twelve replies.
  var outside: [Event.PairRow]
  var inside: Event.PairRow

  init(_ secret: Event.PairPlan.Secret) {
    plan = Event.PairPlan(
      secret: secret,
      tenant: "acme",
      knowledge: secret == .key ? [] : ["salaries"],
      parts: [
        .init(
          name: "it",
          first: .init(bytes: 9, digest: "a"),
          second: .init(bytes: 9, digest: "b")
        )
      ],
      firstUses: 3,
      secondUses: 3
    )
    let (tenant, who) = secret == .customer ? ("globex", "eve") : ("acme", "ben")
    outside = (0..<12).map { Self.row(tenant, "with-\(who)", $0, second: "1") }
    inside = Self.row("acme", secret == .key ? nil : "with-ana", 20, second: "2")
  }

  private static func row(
    _ tenant: String,
    _ conversation: String?,
    _ number: Int,
    second: String
  ) -> Event.PairRow {
    func side(_ digest: String) -> Event.PairRow.Side {
      .init(nanoseconds: Int64(number) * 1_000_000, place: number + 1, bytes: 5, digest: digest)
    }
    return Event.PairRow(
      kind: .reply,
      tenant: tenant,
      conversation: conversation,
      subject: "q\(number)",
      number: 1,
      first: side("1"),
      second: side(second)
    )
  }

  func judged() -> Finding {
    let guarantee =
      switch plan.secret {
      case .documents: "department-isolation"
      case .customer: "tenant-isolation"
      case .key: "encrypted-custody"
      }
    return chronicle().judge(guarantee)
  }

  func chronicle() -> Chronicle {
    var story = Chronicle()
    story.begin()
    story.create("e1", .tenant("globex"))
    story.act(.installKey, "e1", tenant: "globex")
    for surface in [Event.Surface.storage, .log] {
      story.record(.searched(.init(surface: surface, items: 1, bytes: 10)))
    }
    story.addDocument("d", "salaries")
    story.at(1)
    story.converse("ana", ["d"])
    story.converse("ben")
    story.converse("eve", on: "e1")
    story.record(.pairPlan(plan))
    for row in outside + [inside] { story.record(.pairRow(row)) }
    return story
  }
}
