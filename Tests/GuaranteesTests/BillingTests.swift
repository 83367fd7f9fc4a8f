import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

@Suite struct BillingTests {
  private func row(
    _ endpoint: String,
    calls: Int,
    prompt: Int,
    completion: Int,
    key: String = "a1"
  ) -> Event.Kind {
    .ledgerRow(
      Event.LedgerRow(
        key: Fingerprint(key),
        project: "p",
        endpoint: endpoint,
        model: "m",
        calls: calls,
        promptTokens: prompt,
        completionTokens: completion
      )
    )
  }

  /// One conversation: an embedding of 10 tokens, a completion of 10 and 5.
  private func books(
    prompt: Int = 10,
    completion: Int = 5,
    calls: Int = 1,
    _ write: (inout Chronicle) -> Void = { _ in }
  ) -> Chronicle {
    Chronicle.of {
      $0.converse("ana")
      write(&$0)
      $0.record(row("/v1/embeddings", calls: 1, prompt: 10, completion: 0))
      $0.record(
        row("/v1/chat/completions", calls: calls, prompt: prompt, completion: completion)
      )
    }
  }

  @Test func booksThatAgreeHold() {
    let finding = books().judge("direct-billing")
    #expect(finding.verdict == .held)
    #expect(finding.sentence.contains("25 tokens of 2 calls"))
  }

  @Test(arguments: [(11, 5, 1), (9, 5, 1), (10, 6, 1), (10, 4, 1), (10, 5, 2), (10, 5, 0)])
  func oneTokenMoreOrLessIsAViolation(prompt: Int, completion: Int, calls: Int) {
    let story = books(prompt: prompt, completion: completion, calls: calls)
    #expect(story.judge("direct-billing").verdict == .violated)
  }

  @Test func withoutBooksNothingCanBeTold() {
    #expect(Chronicle.of { $0.converse("ana") }.judge("direct-billing").verdict == .inconclusive)
  }

  @Test func aMissingRowIsAViolation() {
    let story = Chronicle.of {
      $0.converse("ana")
      $0.record(row("/v1/embeddings", calls: 1, prompt: 10, completion: 0))
    }
    #expect(story.judge("direct-billing").verdict == .violated)
  }

  @Test(arguments: [(10, 5, 1), (20, 5, 2), (20, 10, 2)])
  func aCallThatWasCutOffMayStandInTheBooksOrNot(prompt: Int, completion: Int, calls: Int) {
    let story = books(prompt: prompt, completion: completion, calls: calls) {
      $0.call("a1", for: $0.ask("ana"), outcome: .cutOff)
    }
    let finding = story.judge("direct-billing")
    #expect(finding.verdict == .held)
    #expect(finding.sentence.contains("1 call cut off"))
  }

  @Test func moreThanWasCutOffIsAViolation() {
    let story = books(prompt: 21, completion: 5, calls: 2) {
      $0.call("a1", for: $0.ask("ana"), outcome: .cutOff)
    }
    #expect(story.judge("direct-billing").verdict == .violated)
  }

  @Test func costsOnAnotherAccountAreAViolation() {
    let story = books {
      $0.call("v", for: $0.ask("ana"), endpoint: "/v1/embeddings")
      $0.record(row("/v1/embeddings", calls: 1, prompt: 10, completion: 0, key: "v"))
    }
    #expect(story.judge("direct-billing").verdict == .violated)
    #expect(story.judge("no-pooling").verdict == .violated)
  }

  // MARK: Pooling

  @Test func ownKeysHoldWhereAnotherWasThere() {
    #expect(Chronicle.of { $0.converse("ana") }.judge("no-pooling").verdict == .held)
    var alone = Chronicle()
    alone.create("a1")
    alone.act(.installKey, "a1")
    alone.converse("ana")
    #expect(alone.judge("no-pooling").verdict == .inconclusive)
    #expect(Chronicle.of { _ in }.judge("no-pooling").verdict == .inconclusive)
  }

  @Test func anotherCustomersKeyIsAViolation() {
    let story = Chronicle.of {
      $0.create("g1", .tenant("globex"))
      $0.act(.installKey, "g1", tenant: "globex")
      $0.converse("ana")
      $0.converse("eve", on: "g1")
      $0.converse("eve", on: "a1")
    }
    #expect(story.judge("no-pooling").verdict == .violated)
    #expect(story.judge("no-pooling").witnesses?.count == 2)
  }

  @Test func aCallOfTwoCustomersTogetherIsAViolation() {
    let story = Chronicle.of {
      $0.addDocument("d1", "policies")
      $0.addDocument("d2", "plans", tenant: "globex")
      $0.call("a1", for: nil, ["d1", "d2"], endpoint: "/v1/embeddings")
    }
    #expect(story.judge("no-pooling").verdict == .violated)
    #expect(story.judge("tenant-isolation").verdict == .violated)
  }

  @Test func aVendorsProbeOnItsOwnKeyIsAViolation() {
    let story = Chronicle.of {
      $0.converse("ana")
      $0.call("v", for: nil, endpoint: "/v1/models")
    }
    #expect(story.judge("no-pooling").verdict == .violated)
  }
}
