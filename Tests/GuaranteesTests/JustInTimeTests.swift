import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

/// Retrievals in the log of a secret manager against the calls that the provider saw.
@Suite struct JustInTimeTests {
  private static let id = "just-in-time-retrieval"

  /// A customer whose key is kept in Vault; the story ends long after what is written.
  private func judge(_ write: (inout Chronicle) -> Void) -> Finding {
    var story = Chronicle()
    story.facts.tenants[0].secretManager = "vault"
    story.begin()
    write(&story)
    story.at(10_000)
    story.endStory()
    return story.judge(Self.id)
  }

  /// A question that is embedded and completed, with a retrieval for each call.
  private func converse(_ story: inout Chronicle, at seconds: Double, on key: String = "a1") {
    story.at(seconds)
    let message = story.ask("ana")
    story.retrieve(key)
    story.call(key, for: message, endpoint: "/v1/embeddings")
    story.retrieve(key)
    story.answer(message, story.call(key, for: message))
  }

  /// The key is changed to `a2` past the vendor, and the vendor follows.
  private func probe(_ story: inout Chronicle, at seconds: Double, next: String = "a2") {
    story.at(seconds)
    story.create("a2")
    story.changeSecret("a2")
    converse(&story, at: seconds + 100, on: next)
  }

  @Test func oneRetrievalForEachCallHolds() {
    let finding = judge { story in
      converse(&story, at: 100)
      probe(&story, at: 200)
    }
    #expect(finding.verdict == .held, "\(finding.sentence)")
    #expect(finding.exercise.contains(Finding.Count("retrievals that served a call", 4)))
  }

  @Test func withoutAManagerItIsNotClaimed() {
    let story = Chronicle.of { $0.converse("ana") }
    #expect(story.judge(Self.id).verdict == .notClaimed)
  }

  @Test func withoutTheProbeOrACallItIsOpen() {
    #expect(judge { converse(&$0, at: 100) }.verdict == .inconclusive)
    #expect(judge { _ in }.verdict == .inconclusive)
  }

  @Test(arguments: [(5.0, Verdict.held), (5.000_000_001, .violated)])
  func aRetrievalLastsFiveSeconds(age: Double, verdict: Verdict) {
    let finding = judge { story in
      probe(&story, at: 200)
      story.at(600)
      let message = story.ask("ana")
      story.retrieve("a2")
      story.at(600 + age)
      story.answer(message, story.call("a2", for: message))
    }
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  @Test func aRetrievalServesOneCall() {
    let finding = judge { story in
      probe(&story, at: 200)
      story.at(600)
      let message = story.ask("ana")
      story.retrieve("a2")
      story.call("a2", for: message, endpoint: "/v1/embeddings")
      story.answer(message, story.call("a2", for: message))
    }
    #expect(finding.verdict == .violated)
    #expect(finding.sentence.contains("had used already"))
  }

  @Test func aCallWithoutAnyRetrievalIsAViolation() {
    let finding = judge { story in
      story.at(100)
      let message = story.ask("ana")
      story.answer(message, story.call("a1", for: message))
    }
    #expect(finding.verdict == .violated)
    #expect(finding.sentence.contains("never been retrieved"))
  }

  @Test func aRefusedRetrievalIsNone() {
    let finding = judge { story in
      story.at(100)
      let message = story.ask("ana")
      story.retrieve("a1", status: 403)
      story.answer(message, story.call("a1", for: message))
    }
    #expect(finding.verdict == .violated)
  }

  @Test func theOldKeyAfterAChangeIsAViolation() {
    let finding = judge { story in
      converse(&story, at: 100)
      probe(&story, at: 200, next: "a1")
    }
    #expect(finding.verdict == .violated)
    #expect(finding.witnesses?.worst.what.contains("still carried") == true)
  }

  @Test func aRetrievalForNoCallIsAViolationInQuietTimes() {
    func finding(_ disturb: (inout Chronicle) -> Void) -> Finding {
      judge { story in
        probe(&story, at: 200)
        disturb(&story)
        story.at(1_000)
        story.retrieve("a2")
      }
    }
    #expect(finding { _ in }.verdict == .violated)
    let disturbed = finding { story in
      story.at(970)
      story.record(.fault(Event.Fault(name: "outage", phase: .began)))
      story.at(980)
      story.record(.fault(Event.Fault(name: "outage", phase: .ended)))
    }
    #expect(disturbed.verdict == .held, "\(disturbed.sentence)")
  }

  @Test func whatAnAdministratorTriesOutNeedsNoRetrieval() {
    let finding = judge { story in
      probe(&story, at: 200)
      story.at(600)
      story.create("a3")
      story.call("a3", for: nil, endpoint: "/v1/models")
      story.at(601)
      story.act(.installKey, "a3", took: 2)
    }
    #expect(finding.verdict == .held, "\(finding.sentence)")
  }

  @Test func copiesOfTheNetworkAreNotTheVendors() {
    let finding = judge { story in
      probe(&story, at: 200)
      story.at(600)
      story.record(.fault(Event.Fault(name: "duplication of all", phase: .began)))
      let message = story.ask("ana")
      story.retrieve("a2")
      story.call("a2", for: message)
      story.answer(message, story.call("a2", for: message))
      story.at(620)
      story.record(.fault(Event.Fault(name: "duplication of all", phase: .ended)))
    }
    #expect(finding.verdict == .held, "\(finding.sentence)")
  }
}

extension Chronicle {
  mutating func retrieve(_ key: String, status: Int = 200) {
    record(
      .secretAccess(
        Event.SecretAccess(
          order: events.count + 1,
          operation: .read,
          secret: "secret/acme",
          tenant: "acme",
          principal: "vendor",
          key: status == 200 ? Fingerprint(key) : nil,
          status: status
        )
      )
    )
  }

  mutating func changeSecret(_ key: String) {
    record(
      .secretChanged(
        Event.SecretChanged(
          tenant: "acme",
          key: Fingerprint(key),
          providerHost: "api.openai.com",
          afterOrder: order
        )
      )
    )
  }
}
