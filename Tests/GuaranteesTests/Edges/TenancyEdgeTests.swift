import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

/// Boundaries of `tenant-isolation`, `deployment-model` and of callers that mutants slipped
/// through.
@Suite struct TenancyEdgeTests {
  private static let moment = 0.000_001

  /// Ana gets `p1` at 10 s; the other customer is asked for at 20 s.
  private func judge(_ write: (inout Chronicle) -> Void) -> Finding {
    Chronicle.of { story in
      story.create("g1", .tenant("globex"))
      story.act(.installKey, "g1", tenant: "globex")
      story.addDocument("p1", "policies")
      story.at(10)
      story.converse("ana", ["p1"])
      story.at(20)
      write(&story)
    }.judge("tenant-isolation")
  }

  @Test func `Whoever asks in vain has asked, by a call or by a reply`() {
    #expect(judge { _ = $0.ask("eve") }.verdict == .inconclusive)
    #expect(judge { $0.refuse($0.ask("eve")) }.exercise.map(\.count) == [2, 1, 1])
    #expect(judge { $0.call("g1", for: $0.ask("eve")) }.exercise.map(\.count) == [2, 1, 1])
    #expect(judge { $0.converse("ben") }.verdict == .inconclusive)
  }

  @Test func `A document that is gone cannot leak`() {
    let finding = judge { story in
      story.record(
        .documentChanged(
          Event.DocumentChanged(
            document: "p1",
            knowledge: "policies",
            tenant: "acme",
            change: .removed
          )
        )
      )
      story.at(30)
      story.converse("eve", on: "g1")
    }
    #expect(finding.verdict == .inconclusive, "\(finding.sentence)")
  }

  @Test func `Words that anybody may say prove no leak`() {
    func finding(_ canary: String) -> Finding {
      judge { story in
        story.converse("eve", on: "g1")
        let first = story.ask("ana", question: canary)
        story.answer(first, story.call("a1", for: first))
        let second = story.ask("eve")
        story.answer(second, story.call("g1", for: second), [canary])
      }
    }
    #expect(finding("words/vacation").verdict == .held)
    #expect(finding("q-secret").verdict == .violated)
  }

  @Test func `Texts of two customers in one call of its own are a leak`() {
    let finding = judge { story in
      story.converse("eve", on: "g1")
      story.ask("ana", question: "q-ana")
      story.ask("eve", question: "q-eve")
      story.call("a1", for: nil, also: ["q-ana", "q-eve"])
    }
    #expect(finding.verdict == .violated, "\(finding.sentence)")
  }

  // MARK: Cancellation

  /// A hosted customer cancels at 100 s.
  private func cancelled(
    status: Int = 200,
    tenant: String = "acme",
    _ write: (inout Chronicle) -> Void
  ) -> Finding {
    var story = Chronicle()
    story.facts.tenants = ["acme", "globex"].map {
      Facts.Tenant(id: $0, providerHosts: [], deployment: .hosted)
    }
    story.at(0)
    story.create("v", .vendor)
    story.at(10)
    story.converse("ana", on: "v")
    story.converse("eve", on: "v")
    story.at(100)
    story.act(.cancelSubscription, tenant: tenant, status: status)
    write(&story)
    return story.judge("deployment-model")
  }

  @Test(arguments: [(101, Verdict.held), (101 + moment, .violated)] as [(Double, Verdict)])
  func `A second on the wire after a cancellation is allowed`(second: Double, verdict: Verdict) {
    let finding = cancelled { story in
      story.at(second)
      story.call("v", for: story.ask("ana"))
    }
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  @Test func `Only successful calls for the customer who cancelled count`() {
    func finding(_ person: String, status: Int = 200) -> Finding {
      cancelled { story in
        story.at(200)
        story.call("v", for: story.ask(person), status: status)
      }
    }
    #expect(finding("ana").verdict == .violated)
    #expect(finding("ana", status: 401).verdict == .held)
    #expect(finding("eve").verdict == .held)
    let refused = cancelled(status: 500) { story in
      story.at(200)
      story.call("v", for: story.ask("ana"))
    }
    #expect(refused.verdict == .held, "\(refused.sentence)")
  }

  // MARK: Callers

  private func impostor(
    _ trick: Event.Impostor.Trick,
    status: Int,
    _ write: (inout Chronicle) -> Void = { _ in }
  ) -> Finding {
    Chronicle.of { story in
      story.at(10)
      story.converse("ana")
      story.at(20)
      story.record(
        .impostor(Event.Impostor(message: "forged", trick: trick, platform: .teams, status: status))
      )
      write(&story)
    }.judge("authenticated-callers")
  }

  @Test(arguments: [
    (200, Verdict.violated), (299, .violated), (300, .violated), (401, .held),
    (403, .held), (404, .violated),
  ])
  func `Whoever is not genuine is refused by name`(status: Int, verdict: Verdict) {
    #expect(impostor(.expired, status: status).verdict == verdict)
  }

  @Test func `What was refused and served is counted and told`() {
    let finding = impostor(.expired, status: 401)
    #expect(finding.exercise.map(\.count) == [1, 0, 1])
    #expect(
      finding.sentence
        == "1 caller with a forged, expired or misaddressed token was refused; genuine ones were "
        + "served."
    )
    let twice = impostor(.expired, status: 401) { story in
      story.record(
        .impostor(
          Event.Impostor(message: "forged2", trick: .noToken, platform: .teams, status: 403)
        )
      )
      let message = story.ask("ana")
      story.deliver(message)
      story.deliver(message, attempt: 2)
      story.answer(message, story.call("a1", for: message))
    }
    #expect(twice.exercise.map(\.count) == [2, 1, 2])
    #expect(twice.sentence.contains("tokens were refused") || twice.sentence.contains("were"))
    #expect(twice.sentence.contains("1 repeated message was served once"))
  }

  @Test func `Nobody genuine was served, so a refusal proves nothing`() {
    let finding = Chronicle.of { story in
      story.deliver(story.ask("ana"))
      story.record(
        .impostor(Event.Impostor(message: "forged", trick: .garbage, platform: .teams, status: 401))
      )
    }.judge("authenticated-callers")
    #expect(finding.verdict == .inconclusive)
    #expect(finding.sentence == "No genuine message was served, so a refusal proves nothing.")
  }
}
