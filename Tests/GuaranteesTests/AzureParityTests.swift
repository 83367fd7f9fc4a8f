import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

@Suite struct AzureParityTests {
  private static let azure = "acme-openai.openai.azure.com"

  /// A conversation is two calls: 20 tokens asked, 5 answered.
  private func row(
    _ key: String,
    calls: Int,
    tokens: (prompt: Int, completion: Int)? = nil,
    cutOff: Event.LedgerRow.CutOff? = nil
  ) -> Event.Kind {
    .ledgerRow(
      Event.LedgerRow(
        key: Fingerprint(key),
        project: "acme-openai",
        endpoint: "/openai/deployments/x",
        model: "x",
        calls: calls,
        promptTokens: tokens?.prompt ?? calls * 10,
        completionTokens: tokens?.completion ?? 5,
        cutOff: cutOff
      )
    )
  }

  /// `z1` of the resource is installed at 10 s; a conversation on it follows.
  private func story(
    booked: Int? = 2,
    _ write: (inout Chronicle) -> Void = { _ in }
  ) -> Chronicle {
    Chronicle.of {
      $0.create("z1")
      $0.at(10)
      $0.act(.installKey, "z1", host: Self.azure)
      $0.at(20)
      Self.converse(&$0, "z1")
      write(&$0)
      if let booked { $0.record(row("z1", calls: booked)) }
    }
  }

  private static func converse(
    _ story: inout Chronicle,
    _ key: String,
    embedsOn other: String? = nil,
    at host: String? = nil
  ) {
    let message = story.ask("ana")
    story.call(
      other ?? key,
      for: message,
      endpoint: "/openai/deployments/search/embeddings",
      host: host ?? azure
    )
    story.answer(
      message,
      story.call(
        key,
        for: message,
        endpoint: "/openai/deployments/assistant/chat/completions",
        host: azure
      )
    )
  }

  @Test func callsOnTheResourceThatItBooksHold() {
    let finding = story().judge("azure-parity")
    #expect(finding.verdict == .held, "\(finding.sentence)")
    #expect(finding.sentence.contains(Self.azure))
  }

  @Test func withoutAnAzureKeyNothingIsShown() {
    #expect(Chronicle.of { $0.converse("ana") }.judge("azure-parity").verdict == .inconclusive)
    let idle = Chronicle.of {
      $0.create("z1")
      $0.act(.installKey, "z1", host: Self.azure)
    }
    #expect(idle.judge("azure-parity").verdict == .inconclusive)
    let refused = Chronicle.of {
      $0.create("z1")
      $0.act(.installKey, "z1", status: 422, host: Self.azure)
      $0.at(20)
      $0.converse("ana")
    }
    #expect(refused.judge("azure-parity").verdict == .inconclusive)
  }

  @Test func embeddingsElsewhereAreAViolation() {
    let ownAccount = story(booked: nil) {
      Self.converse(&$0, "z1", embedsOn: "v", at: "api.openai.com")
      $0.record(row("z1", calls: 3, tokens: (30, 10)))
    }
    let finding = ownAccount.judge("azure-parity")
    #expect(finding.verdict == .violated && finding.witnesses?.count == 1)
    let oldKey = story { $0.call("a1", for: $0.ask("ana"), endpoint: "/v1/embeddings") }
    #expect(oldKey.judge("azure-parity").verdict == .violated)
  }

  @Test func theKeyAtAnotherHostIsAViolationThoughItFails() {
    let lost = story {
      $0.call("z1", for: $0.ask("ana"), endpoint: "/v1/embeddings", status: 401)
    }
    #expect(lost.judge("azure-parity").verdict == .violated)
  }

  @Test(arguments: [(0.9, Verdict.held), (1.1, Verdict.violated)])
  func whatWasOnTheWireMayArriveElsewhere(after seconds: Double, verdict: Verdict) {
    let chronicle = Chronicle.of {
      $0.create("z1")
      $0.at(10)
      $0.act(.installKey, "z1", host: Self.azure)
      $0.at(10 + seconds)
      $0.call("a1", for: $0.ask("ana"), endpoint: "/v1/embeddings")
      $0.at(20)
      Self.converse(&$0, "z1")
      $0.record(row("z1", calls: 2))
    }
    #expect(chronicle.judge("azure-parity").verdict == verdict)
  }

  @Test func aMoveBackEndsTheObligation() {
    let back = story {
      $0.at(30)
      $0.act(.installKey, "a1", host: "api.openai.com")
      $0.at(40)
      $0.converse("ana")
    }
    #expect(back.judge("azure-parity").verdict == .held)
    #expect(back.judge("right-destination").verdict == .inconclusive)
  }

  @Test func aKeyThatAzureEndedBindsNoMore() {
    let ended = story {
      $0.end("z1")
      $0.at(30)
      $0.call("a1", for: $0.ask("ana"), endpoint: "/v1/embeddings")
    }
    // The call is another promise's: the key was gone, and something took its place.
    #expect(ended.judge("azure-parity").verdict == .held)
  }

  @Test(arguments: [1, nil])
  func whatItsBooksDoNotHoldIsAViolation(booked: Int?) {
    #expect(story(booked: booked).judge("azure-parity").verdict == .violated)
  }

  @Test(arguments: [(20, 5, Verdict.held), (19, 5, .violated), (20, 4, .violated)])
  func aTokenThatItsBooksDoNotHoldIsAViolation(prompt: Int, completion: Int, verdict: Verdict) {
    let chronicle = story(booked: nil) {
      $0.record(row("z1", calls: 2, tokens: (prompt, completion)))
    }
    #expect(chronicle.judge("azure-parity").verdict == verdict)
  }

  /// Three calls, of which one was cut off, and two of them booked: which two says the provider.
  @Test(
    arguments: [(2, 0, .held), (3, 1, .held), (2, 1, .violated), (2, nil, .held)]
      as [(Int, Int?, Verdict)]
  )
  func aCallThatWasCutOffStandsInForNoOther(booked: Int, cutOff: Int?, verdict: Verdict) {
    let chronicle = story(booked: nil) {
      $0.call("z1", for: $0.ask("ana"), outcome: .cutOff, host: Self.azure)
      let part = cutOff.map {
        Event.LedgerRow.CutOff(calls: $0, promptTokens: 10 * $0, completionTokens: 0)
      }
      $0.record(row("z1", calls: booked, cutOff: part))
    }
    #expect(chronicle.judge("azure-parity").verdict == verdict)
  }

  @Test(arguments: [
    ("a1", "api.openai.com", Verdict.held), ("a1", azure, .violated),
    ("z1", azure, .held), ("z1", "api.openai.com", .violated),
  ])
  func aKeyTravelsOnlyWhereItWasInstalledFor(key: String, host: String, verdict: Verdict) {
    var chronicle = Chronicle()
    chronicle.facts.tenants = [
      Facts.Tenant(id: "acme", providerHosts: ["api.openai.com", Self.azure])
    ]
    chronicle.facts.hosts.append(Facts.Host(name: Self.azure, role: .provider))
    chronicle.create("a1")
    chronicle.create("z1")
    chronicle.act(.installKey, "a1", host: "api.openai.com")
    chronicle.act(.installKey, "z1", host: Self.azure)
    chronicle.record(
      .exchange(
        Event.Exchange(
          host: host,
          method: "POST",
          path: "/x",
          key: Fingerprint(key),
          requestBytes: 1,
          status: 200
        )
      )
    )
    #expect(chronicle.judge("right-destination").verdict == verdict)
  }
}
