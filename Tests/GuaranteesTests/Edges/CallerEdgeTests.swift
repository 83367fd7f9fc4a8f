import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

/// Boundaries of `authenticated-callers`, `right-destination` and `tenant-isolation` that mutants
/// of their checkers slipped through.
@Suite struct CallerEdgeTests {
  private func knock(
    _ trick: Event.Impostor.Trick,
    status: Int,
    _ write: (inout Chronicle, String) -> Void = { _, _ in }
  ) -> Finding {
    Chronicle.of { story in
      story.converse("ana")
      let message = story.ask("ana", id: "forged")
      story.record(
        .impostor(.init(message: message, trick: trick, platform: .teams, status: status))
      )
      write(&story, message)
    }.judge("authenticated-callers")
  }

  @Test func `Whoever is let in has a status of success, and 300 is none`() {
    #expect(knock(.genuine, status: 300).verdict == .violated)
    #expect(knock(.genuine, status: 299).verdict == .inconclusive)
  }

  @Test func `While the network is disturbed a refusal is not the vendor's`() {
    let finding = Chronicle.of { story in
      story.converse("ana")
      let forged = story.ask("ana", id: "forged")
      story.record(
        .impostor(.init(message: forged, trick: .expired, platform: .teams, status: 401))
      )
      story.record(.fault(.init(name: "outage", phase: .began)))
      let message = story.ask("ana", id: "genuine")
      story.record(
        .impostor(.init(message: message, trick: .genuine, platform: .teams, status: 503))
      )
    }.judge("authenticated-callers")
    #expect(finding.verdict == .held, "\(finding.sentence)")
  }

  @Test func `What a forged caller sent is neither served nor repeated`() {
    let finding = knock(.expired, status: 401) { story, message in
      story.deliver(message, attempt: 2)
      story.refuse(message)
    }
    #expect(finding.exercise.map(\.count) == [1, 0, 1])
  }

  @Test func `A second reply to what came once is another promise's affair`() {
    let finding = Chronicle.of { story in
      let message = story.converse("ana")
      story.answer(message, "c1")
      let forged = story.ask("ana", id: "forged")
      story.record(
        .impostor(.init(message: forged, trick: .expired, platform: .teams, status: 401))
      )
    }.judge("authenticated-callers")
    #expect(finding.verdict == .held, "\(finding.sentence)")
  }

  // MARK: Destinations

  private func travelled(
    to host: String,
    _ write: (inout Chronicle) -> Void
  ) -> Finding {
    var story = Chronicle()
    story.facts.tenants[1].providerHosts = ["other.openai.com"]
    story.begin()
    story.create("a9")
    write(&story)
    story.record(
      .exchange(
        .init(
          host: host,
          method: "POST",
          path: "/v1/embeddings",
          key: Fingerprint("a9"),
          requestBytes: 10,
          status: 200
        )
      )
    )
    return story.judge("right-destination")
  }

  @Test func `A key that nobody submitted belongs where its owner's keys do`() {
    #expect(travelled(to: "api.openai.com") { _ in }.verdict == .held)
    #expect(travelled(to: "other.openai.com") { _ in }.verdict == .violated)
  }

  @Test func `A key that somebody else submitted belongs where theirs do`() {
    func submitted(_ host: String) -> Verdict {
      travelled(to: host) { $0.act(.installKey, "a9", tenant: "globex") }.verdict
    }
    #expect(submitted("other.openai.com") == .held)
    #expect(submitted("api.openai.com") == .violated)
  }

  @Test func `A key that lies in a file has not travelled`() {
    for (surface, expected) in [(Event.Surface.storage, Verdict.held), (.request, .violated)] {
      let finding = travelled(to: "api.openai.com") { story in
        story.record(
          .sighting(
            .init(
              subject: .key(Fingerprint("a9")),
              surface: surface,
              place: "somewhere",
              encoding: "plain"
            )
          )
        )
      }
      #expect(finding.verdict == expected)
    }
  }

  // MARK: Calls without a message

  private func together(_ write: (inout Chronicle) -> Void) -> Finding {
    Chronicle.of { story in
      story.create("g1", .tenant("globex"))
      story.act(.installKey, "g1", tenant: "globex")
      story.addDocument("p1", "policies")
      story.addDocument("g2", "plans", tenant: "globex")
      story.converse("ana", ["p1"])
      story.converse("eve", on: "g1", ["g2"])
      write(&story)
    }.judge("tenant-isolation")
  }

  @Test func `A call for nobody may carry texts of one customer, and not of two`() {
    #expect(together { $0.call("a1", for: nil, ["p1"]) }.verdict == .held)
    #expect(together { $0.call("a1", for: nil, ["p1", "g2"]) }.verdict == .violated)
  }

  @Test func `A call for a message is judged once, by what stands in its prompt`() {
    let finding = together { $0.call("a1", for: $0.ask("ana"), ["p1", "g2"]) }
    #expect(finding.witnesses?.count == 1)
  }

  @Test func `A forged message is nobody's question`() {
    let honest = together { _ in }
    let forged = together { story in
      let message = story.ask("ana", id: "forged")
      story.record(
        .impostor(.init(message: message, trick: .expired, platform: .teams, status: 401))
      )
      story.refuse(message)
    }
    #expect(forged.exercise.map(\.count) == honest.exercise.map(\.count))
  }
}
