import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

/// Boundaries of `azure-parity` that mutants of its checker slipped through.
@Suite struct AzureParityEdgeTests {
  private static let azure = "acme-openai.openai.azure.com"
  private static let moment = 0.000_001

  /// `z1` is installed at 10 s, converses at 20 s, and its books are read at the end.
  private func judge(_ write: (inout Chronicle) -> Void = { _ in }) -> Finding {
    Chronicle.of { story in
      story.create("z1")
      story.create("z2")
      story.create("g1", .tenant("globex"))
      story.act(.installKey, "g1", tenant: "globex", host: "api.openai.com")
      story.at(10)
      story.act(.installKey, "z1", host: Self.azure)
      story.at(20)
      let message = story.ask("ana")
      story.call("z1", for: message, endpoint: "/embeddings", host: Self.azure)
      story.answer(message, story.call("z1", for: message, host: Self.azure))
      write(&story)
      story.record(
        .ledgerRow(
          Event.LedgerRow(
            key: Fingerprint("z1"),
            project: "p",
            endpoint: "/x",
            model: "m",
            calls: 90,
            promptTokens: 900,
            completionTokens: 900
          )
        )
      )
    }.judge("azure-parity")
  }

  @Test func `Calls with a customer's texts that succeeded are counted, by their kind`() {
    let counts = judge { story in
      story.at(30)
      story.call("z1", for: nil, host: Self.azure)
      story.call("z1", for: story.ask("ana"), status: 429, host: Self.azure)
      story.call("z1", for: story.ask("ana"), endpoint: "/embeddings", host: Self.azure)
    }.exercise.map(\.count)
    #expect(counts == [1, 1, 2])
  }

  @Test func `What was not exercised is named`() {
    #expect(
      Chronicle.of { _ in }.judge("azure-parity").sentence
        == "No key of an Azure resource was installed."
    )
    let embedded = Chronicle.of { story in
      story.create("z1")
      story.act(.installKey, "z1", host: Self.azure)
      story.at(20)
      story.call("z1", for: story.ask("ana"), endpoint: "/embeddings", host: Self.azure)
      story.record(
        .ledgerRow(
          Event.LedgerRow(
            key: Fingerprint("z1"),
            project: "p",
            endpoint: "/x",
            model: "m",
            calls: 1,
            promptTokens: 10,
            completionTokens: 0
          )
        )
      )
    }.judge("azure-parity")
    #expect(embedded.sentence == "No completion succeeded on a key of an Azure resource.")
  }

  /// The administrator checks `z2` in the settings: sent at 30 s, answered at 32 s.
  @Test(
    arguments: [
      ("z2", 30, Verdict.held), ("z2", 32, .held), ("z2", 31, .held),
      ("z2", 30 - moment, .violated), ("z2", 32 + moment, .violated), ("a1", 31, .violated),
    ] as [(String, Double, Verdict)]
  )
  func `What an administrator tries out is no call for people`(
    key: String,
    second: Double,
    verdict: Verdict
  ) {
    let finding = judge { story in
      // The keys are the customer's, so that what they call is for it.
      story.at(5)
      story.act(.checkKey, "a1")
      story.at(6)
      story.act(.checkKey, "z2")
      story.at(second)
      story.call(key, for: nil, endpoint: "/models", host: "api.openai.com")
      story.at(32)
      story.act(.checkKey, "z2", took: 2)
    }
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  @Test func `A trial carries nobody's texts, and is the customer's own`() {
    let withText = judge { story in
      story.at(31)
      story.call("z2", for: story.ask("ana"), endpoint: "/embeddings")
      story.at(32)
      story.act(.checkKey, "z2", took: 2)
    }
    #expect(withText.verdict == .violated)
    let ofAnother = judge { story in
      story.at(5)
      story.act(.checkKey, "z2")
      story.at(31)
      story.call("z2", for: nil, endpoint: "/models")
      story.at(32)
      story.act(.checkKey, "z2", tenant: "globex", took: 2)
    }
    #expect(ofAnother.verdict == .violated)
  }

  @Test func `Another customer's calls are not bound by it`() {
    let finding = judge { story in
      story.at(30)
      story.call("g1", for: story.ask("eve"), endpoint: "/v1/embeddings")
    }
    #expect(finding.verdict == .held, "\(finding.sentence)")
  }

  @Test(arguments: [(11, Verdict.held), (11 + moment, .violated)] as [(Double, Verdict)])
  func `A second on the wire is allowed, and no more`(second: Double, verdict: Verdict) {
    let finding = Chronicle.of { story in
      story.create("z1")
      story.at(10)
      story.act(.installKey, "z1", host: Self.azure)
      story.at(second)
      story.call("a1", for: story.ask("ana"), endpoint: "/v1/embeddings")
      story.at(20)
      let message = story.ask("ana")
      story.call("z1", for: message, endpoint: "/embeddings", host: Self.azure)
      story.call("z1", for: message, host: Self.azure)
      story.record(
        .ledgerRow(
          Event.LedgerRow(
            key: Fingerprint("z1"),
            project: "p",
            endpoint: "/x",
            model: "m",
            calls: 2,
            promptTokens: 20,
            completionTokens: 5
          )
        )
      )
    }.judge("azure-parity")
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  /// The next installation is sent at 40 s and answered at 42 s.
  @Test(arguments: [(40, Verdict.held), (40 - moment, .violated)] as [(Double, Verdict)])
  func `It ends when the next installation is sent`(second: Double, verdict: Verdict) {
    let finding = judge { story in
      story.at(second)
      story.call("a1", for: story.ask("ana"), endpoint: "/v1/embeddings")
      story.at(42)
      story.act(.installKey, "a1", took: 2, host: "api.openai.com")
    }
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  @Test func `The right key elsewhere and another key there are both wrong`() {
    for (key, host) in [("z1", "api.openai.com"), ("a1", Self.azure)] {
      let finding = judge { story in
        story.at(30)
        story.call(key, for: story.ask("ana"), endpoint: "/embeddings", host: host)
      }
      #expect(finding.verdict == .violated && finding.witnesses?.count == 1)
    }
  }

  @Test func `Taking the key out of the settings ends it as well`() {
    let finding = judge { story in
      story.at(30)
      story.act(.removeKey, "z1")
      story.at(40)
      story.call("a1", for: story.ask("ana"), endpoint: "/v1/embeddings")
    }
    #expect(finding.verdict == .held)
    #expect(finding.exercise.first?.count == 1)
  }
}
