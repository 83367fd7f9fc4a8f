import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

/// Boundaries of the promises about whose key pays that mutants of their checkers slipped through.
@Suite struct MoneyEdgeTests {
  private func pooled(_ write: (inout Chronicle) -> Void) -> Finding {
    Chronicle.of { story in
      story.create("g1", .tenant("globex"))
      story.act(.installKey, "g1", tenant: "globex")
      story.at(10)
      story.converse("ana")
      write(&story)
    }.judge("no-pooling")
  }

  @Test func `Calls that carry texts are counted, side calls among them`() {
    let counts = pooled { story in
      story.call("a1", for: nil)
      story.call("a1", for: story.ask("ana"), status: 500)
      story.call("a1", for: story.ask("ana"), endpoint: "/v1/embeddings")
    }.exercise.map(\.count)
    #expect(counts == [3, 2, 3])
  }

  @Test func `A call with texts of two customers is named, and so is the one on a foreign key`() {
    let finding = pooled { story in
      story.ask("eve", question: "q-eve")
      story.call("a1", for: story.ask("ana"), also: ["q-eve"])
    }
    #expect(finding.witnesses?.count == 2)
    #expect(finding.sentence.contains("carries texts of acme, globex together"))
  }

  @Test func `A call without texts on a key that nobody installed must not succeed`() {
    #expect(pooled { $0.call("v", for: nil) }.verdict == .violated)
    #expect(pooled { $0.call("v", for: nil, status: 401) }.verdict == .held)
    #expect(pooled { $0.call("a1", for: nil, status: 401) }.verdict == .held)
    #expect(pooled { $0.call(nil, for: nil, status: 401) }.verdict == .held)
  }

  @Test func `A call without texts on a customer's key is a trial of it, or foreign`() {
    let foreign = pooled { $0.call("a1", for: nil) }
    #expect(foreign.verdict == .violated)
    #expect(foreign.sentence.contains("carries nothing of acme"))
    // A second of transit after the answer to the administrator is still the trial.
    for (arrivedAgo, verdict) in [(0.0, Verdict.held), (-1, .held), (-1.1, .violated)] {
      let finding = pooled { story in
        story.at(100)
        story.act(.checkKey, "a1", took: 2)
        story.at(100 - arrivedAgo)
        story.call("a1", for: nil)
      }
      #expect(finding.verdict == verdict)
    }
    let before = pooled { story in
      story.at(100)
      story.act(.installKey, "a1", took: 2)
      story.call("a1", for: nil, arrivedAgo: 2.1)
    }
    #expect(before.verdict == .violated)
  }

  private func billed(_ write: (inout Chronicle) -> Void) -> Finding {
    Chronicle.of { story in
      story.at(10)
      story.converse("ana")
      write(&story)
      for (endpoint, tokens) in [("/v1/embeddings", 0), ("/v1/chat/completions", 5)] {
        story.record(
          .ledgerRow(
            Event.LedgerRow(
              key: Fingerprint("a1"),
              project: "p",
              endpoint: endpoint,
              model: "m",
              calls: 1,
              promptTokens: 10,
              completionTokens: tokens
            )
          )
        )
      }
    }.judge("direct-billing")
  }

  @Test func `An answer that nobody paid is a violation of its own`() {
    #expect(billed { _ in }.verdict == .held)
    let finding = billed { $0.answer($0.ask("ben"), nil) }
    #expect(finding.verdict == .violated && finding.witnesses?.count == 1)
    #expect(finding.sentence == "An answer to ben rests on no call that its company paid.")
  }

  @Test func `A call that was refused cost nothing, on whatever key`() {
    #expect(billed { $0.call("v", for: $0.ask("ana"), status: 401) }.verdict == .held)
    #expect(billed { $0.call("a1", for: $0.ask("ana"), status: 401) }.verdict == .held)
  }

  private func custody(_ write: (inout Chronicle) -> Void) -> Finding {
    var story = Chronicle()
    story.at(0)
    story.create("a1")
    write(&story)
    for surface in [Event.Surface.storage, .log] {
      story.record(.searched(Event.Searched(surface: surface, items: 1, bytes: 50)))
    }
    return story.judge("encrypted-custody")
  }

  @Test func `A search before any key was installed shows nothing`() {
    #expect(custody { _ in }.sentence == "No key was installed.")
    #expect(custody { $0.act(.installKey, "a1", status: 422) }.verdict == .inconclusive)
    #expect(custody { $0.act(.checkKey, "a1") }.verdict == .inconclusive)
    let held = custody { $0.act(.installKey, "a1") }
    #expect(held.sentence.contains("100 bytes of storage, log, in the clear"))
    #expect(held.exercise.first?.count == 1)
  }

  @Test func `A key in the clear is the worst of the finds`() {
    let finding = custody { story in
      story.act(.installKey, "a1")
      for (place, encoding) in [("one", "hex"), ("two", "plain"), ("three", "base64")] {
        story.record(
          .sighting(
            Event.Sighting(
              subject: .key(Fingerprint("a1")),
              surface: .log,
              place: place,
              encoding: encoding
            )
          )
        )
      }
    }
    #expect(finding.witnesses?.worst.what.contains("seen in two") == true)
    #expect(finding.witnesses?.count == 3)
  }
}
