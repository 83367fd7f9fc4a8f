import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

/// Checks that a scenario's writer adds: what they catch, and when they could not have.
@Suite struct ReviewerChecksTests {
  private typealias Check = Facts.Check

  /// Ana's question of HR at 10, ben's of the handbook at 20, a refused one of ben's at 30.
  private static func story(_ write: (inout Chronicle) -> Void = { _ in }) -> Chronicle {
    Chronicle.of {
      $0.addDocument("acme/salaries/s1", "salaries")
      $0.addDocument("acme/policies/p1", "policies")
      $0.at(10)
      $0.converse("ana", ["acme/salaries/s1"])
      $0.at(20)
      $0.converse("ben", ["acme/policies/p1"])
      $0.at(30)
      $0.converseInVain("ben")
      write(&$0)
    }
  }

  private func finding(
    _ subject: Check.Subject,
    _ filters: [Check.Filter],
    _ claim: Check.Claim,
    from: Double? = nil,
    until: Double? = nil,
    in chronicle: Chronicle = story()
  ) -> Finding {
    var chronicle = chronicle
    func moment(_ seconds: Double?) -> Timestamp? {
      seconds.map { Chronicle.start + .milliseconds(Int64($0 * 1_000)) }
    }
    chronicle.facts.checks = [
      Check(
        id: "own",
        about: "So it is.",
        subject: subject,
        filters: filters,
        claim: claim,
        from: moment(from),
        until: moment(until)
      )
    ]
    return chronicle.judge("check:own")
  }

  @Test func neverLooksAtTheWindowAndAtAllWordsTogether() {
    let onKey: [Check.Filter] = [.init(.key, "a1"), .init(.outcome, "completed")]
    let broken = finding(.calls, onKey, .never)
    #expect(broken.verdict == .violated)
    #expect(broken.witnesses?.count == 4)
    #expect(broken.sentence.hasPrefix("So it is. But there was a call on a1"))
    #expect(broken.sentence.contains(" for ana (completed), 0m10s into the story."))
    #expect(finding(.calls, onKey, .never, from: 25).verdict == .held)
    #expect(finding(.calls, onKey, .never, until: 20).witnesses?.count == 2)
    let refused = onKey + [.init(.status, "401")]
    #expect(finding(.calls, refused, .never).verdict == .held)
  }

  @Test func neverIsInconclusiveWhereNothingCouldMatch() {
    let onKey: [Check.Filter] = [.init(.key, "a1"), .init(.status, "500")]
    #expect(finding(.calls, onKey, .never).verdict == .held)
    #expect(finding(.calls, onKey, .never, from: 40).verdict == .inconclusive)
    #expect(finding(.calls, [.init(.key, "a2")], .never).verdict == .inconclusive)
    #expect(finding(.calls, [.init(.by, "gus")], .never).verdict == .inconclusive)
    #expect(finding(.replies, [.init(.carries, "acme/plans")], .never).verdict == .inconclusive)
  }

  @Test func whoSawWhichMarker() {
    let seen: [Check.Filter] = [.init(.seenBy, "ben"), .init(.carries, "acme/salaries")]
    #expect(finding(.replies, seen, .never).verdict == .held)
    let told = Self.story {
      $0.at(40)
      $0.converse("ben", ["acme/salaries/s1#2"])
    }
    #expect(finding(.replies, seen, .never, in: told).verdict == .violated)
    #expect(finding(.replies, seen, .never, until: 40, in: told).verdict == .held)
    let other: [Check.Filter] = [.init(.seenBy, "ben"), .init(.carries, "acme/sal")]
    #expect(finding(.replies, other, .never, in: told).verdict == .inconclusive)
    // In a group everybody reads along.
    let group = Self.story {
      $0.at(40)
      $0.converse("ana", ["acme/salaries/s1"], in: "group")
    }
    #expect(finding(.replies, seen, .never, in: group).verdict == .violated)
  }

  @Test func everyWantsSomethingThatIsMeant() {
    let refused = Check.Claim.every([.init(.outcome, "refused")])
    let bens: [Check.Filter] = [.init(.by, "ben")]
    #expect(finding(.messages, bens, refused, from: 25).verdict == .held)
    #expect(finding(.messages, bens, refused).verdict == .violated)
    #expect(finding(.messages, [.init(.by, "gus")], refused).verdict == .inconclusive)
    let soon = Check.Claim.every([.init(.slowerThan, "1000")])
    #expect(finding(.messages, bens, soon).witnesses?.count == 2)
  }

  @Test func countsHaveBounds() {
    let answered: [Check.Filter] = [.init(.outcome, "answered")]
    func verdict(_ least: Int?, _ most: Int?) -> Verdict {
      finding(.messages, answered, .count(atLeast: least, atMost: most)).verdict
    }
    #expect(verdict(2, nil) == .held)
    #expect(verdict(3, nil) == .violated)
    #expect(verdict(nil, 2) == .held)
    #expect(verdict(nil, 1) == .violated)
    #expect(verdict(1, 2) == .held)
    #expect(
      finding(.messages, answered, .count(atLeast: nil, atMost: 1), from: 99).verdict
        == .inconclusive
    )
  }

  @Test func sumsAddUpTokensAndCents() {
    let invoiced = Self.story {
      for (item, cents) in [(Event.InvoiceLine.Kind.seats, 250), (.seats, 125), (.total, 375)] {
        $0.record(
          .invoiceLine(
            .init(
              tenant: "acme",
              period: "2026-01",
              isIssued: true,
              kind: item,
              item: "A line",
              quantity: 1,
              cents: cents
            )
          )
        )
      }
    }
    func seats(_ least: Int?, _ most: Int?) -> Finding {
      finding(
        .invoices,
        [.init(.item, "seats")],
        .sum(atLeast: least, atMost: most),
        in: invoiced
      )
    }
    #expect(seats(375, 375).verdict == .held)
    #expect(seats(376, nil).verdict == .violated)
    #expect(seats(nil, 374).sentence.hasPrefix("So it is. But there were 375, not at most 374."))
    #expect(finding(.invoices, [], .sum(atLeast: nil, atMost: 1)).verdict == .inconclusive)
    let all = finding(.calls, [], .sum(atLeast: 0, atMost: nil))
    #expect(all.verdict == .held)
    #expect(finding(.calls, [], .sum(atLeast: 1_000_000, atMost: nil)).verdict == .violated)
  }

  @Test func findsWantSomebodyWhoSearched() {
    let inLog: [Check.Filter] = [.init(.surface, "log"), .init(.key, "a1")]
    #expect(finding(.finds, inLog, .never).verdict == .inconclusive)
    let searched = Self.story {
      $0.record(.searched(.init(surface: .log, items: 1, bytes: 100)))
    }
    #expect(finding(.finds, inLog, .never, in: searched).verdict == .held)
    #expect(
      finding(.finds, [.init(.surface, "storage")], .never, in: searched).verdict == .inconclusive
    )
    let found = Self.story {
      $0.record(.searched(.init(surface: .log, items: 1, bytes: 100)))
      $0.record(
        .sighting(
          .init(subject: .key(Fingerprint("a1")), surface: .log, place: "x.log", encoding: "plain")
        )
      )
    }
    #expect(finding(.finds, inLog, .never, in: found).verdict == .violated)
  }

  @Test func theyWeighLikePromises() {
    func run(_ claim: Check.Claim) -> RunResult {
      var chronicle = Self.story()
      chronicle.facts.checks = [
        Check(id: "own", about: "So.", subject: .calls, filters: [], claim: claim)
      ]
      let judge = Judge(guarantees: [])
      let result = ScenarioResult(
        file: "a.yaml",
        title: "A",
        about: "",
        family: "a",
        shows: ["check:own"],
        ending: .played,
        history: chronicle.history,
        findings: judge.findings(in: chronicle.history),
        replay: ""
      )
      return judge.run(subject: "", seed: 1, scenarios: [result])
    }
    #expect(run(.never).exitStatus == .violated)
    #expect(run(.never).guarantees.map(\.guarantee) == ["check:own"])
    #expect(run(.every([.init(.key, "a1")])).exitStatus == .held)
    #expect(run(.every([.init(.key, "a1")])).guarantees.map(\.verdict) == [.held])
  }

  @Test func theEvidenceKeepsThem() throws {
    var chronicle = Self.story()
    chronicle.facts.checks = [
      Check(
        id: "own",
        about: "So.",
        subject: .replies,
        filters: [.init(.seenBy, "ben")],
        claim: .every([.init(.outcome, "refusal")]),
        from: Chronicle.start
      )
    ]
    let log = try EvidenceLog.data(of: chronicle.history)
    #expect(try EvidenceLog.read(log).facts.checks == chronicle.facts.checks)
  }
}
