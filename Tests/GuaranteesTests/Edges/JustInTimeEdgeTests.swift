import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

/// Boundaries of `just-in-time-retrieval` that mutants of its checker slipped through.
@Suite struct JustInTimeEdgeTests {
  private static let moment = 0.000_001

  /// The key is changed past the vendor at 200 s, the vendor follows; the story ends at 10,000 s.
  private func judge(_ write: (inout Chronicle) -> Void) -> Finding {
    var story = Chronicle()
    story.facts.tenants[0].secretManager = "vault"
    story.begin()
    story.at(200)
    story.create("a2")
    story.changeSecret("a2")
    story.at(300)
    story.retrieve("a2")
    let message = story.ask("ana")
    story.answer(message, story.call("a2", for: message))
    write(&story)
    story.at(10_000)
    story.endStory()
    return story.judge("just-in-time-retrieval")
  }

  /// An administrator's check of `a3` is sent at 600 s and answered at 602 s; the wire takes 1 s.
  @Test(
    arguments: [
      (600, Verdict.held), (603, .held), (600 - moment, .violated), (603 + moment, .violated),
    ] as [(Double, Verdict)]
  )
  func `A trial lies between the submission and its answer`(second: Double, verdict: Verdict) {
    let finding = judge { story in
      story.at(500)
      story.create("a3")
      story.act(.installStandby, "a3")
      story.at(second)
      story.call("a3", for: nil, endpoint: "/v1/models")
      story.at(602)
      story.act(.checkKey, "a3", took: 2)
    }
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  /// Asking whether a refused key works again is a call like any other: it has a retrieval of its
  /// own, and its retrieval was for a call.
  @Test(arguments: [(true, Verdict.held), (false, .violated)])
  func `A probe has a retrieval of its own`(retrieves: Bool, verdict: Verdict) {
    let finding = judge { story in
      story.at(500)
      story.retrieve("a2")
      story.call("a2", for: story.ask("ana"), status: 401)
      story.at(560)
      if retrieves { story.retrieve("a2") }
      story.call("a2", for: nil, status: 401)
    }
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  @Test func `A trial carries no texts, and the key that was submitted`() {
    func finding(_ key: String, asking: Bool, _ verb: Event.AdminAction.Verb) -> Finding {
      judge { story in
        story.at(500)
        story.create("a3")
        story.act(.installStandby, "a3")
        story.at(601)
        story.call(key, for: asking ? story.ask("ana") : nil, endpoint: "/v1/embeddings")
        story.at(602)
        story.act(verb, "a3", took: 2)
      }
    }
    #expect(finding("a3", asking: false, .checkKey).verdict == .held)
    #expect(finding("a3", asking: true, .checkKey).verdict == .violated)
    #expect(finding("a1", asking: false, .checkKey).verdict == .violated)
    #expect(finding("a3", asking: false, .uploadDocument).verdict == .violated)
  }

  @Test func `A retrieval serves the key that it brought, and calls after it`() {
    let other = judge { story in
      story.at(600)
      story.retrieve("a1")
      story.call("a2", for: story.ask("ana"))
    }
    #expect(other.verdict == .violated)
    let late = judge { story in
      story.at(600)
      story.call("a2", for: story.ask("ana"))
      story.at(601)
      story.retrieve("a2")
    }
    #expect(late.witnesses?.count == 2, "\(late.sentence)")
  }

  @Test func `An old retrieval is said to be old`() {
    let finding = judge { story in
      story.at(600)
      story.call("a2", for: story.ask("ana"))
    }
    #expect(finding.witnesses?.count == 1)
    #expect(finding.sentence.hasSuffix("which had last been retrieved 300.0 s before."))
  }

  @Test func `Only reading is a retrieval`() {
    let finding = judge { story in
      story.at(600)
      story.record(
        .secretAccess(
          Event.SecretAccess(
            order: 99,
            operation: .write,
            secret: "secret/acme",
            tenant: "acme",
            principal: "vendor",
            key: Fingerprint("a2"),
            status: 200
          )
        )
      )
    }
    #expect(finding.verdict == .held, "\(finding.sentence)")
    #expect(finding.exercise.map(\.count) == [1, 1, 1, 1])
  }

  @Test(arguments: [(9_940, Verdict.held), (9_940 - moment, .violated)] as [(Double, Verdict)])
  func `A retrieval near the story's end may still have a call coming`(
    second: Double,
    verdict: Verdict
  ) {
    let finding = judge { story in
      story.at(second)
      story.retrieve("a2")
    }
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  /// The retrieval is at 1,000 s: what was disturbed within a minute of it is not told.
  @Test(
    arguments: [
      (900, 940, Verdict.held), (900, 940 - moment, .violated),
      (1_060, 1_100, .held), (1_060 + moment, 1_100, .violated), (990, 1_010, .held),
    ] as [(Double, Double, Verdict)]
  )
  func `Quiet times are a minute on both sides`(from: Double, until: Double, verdict: Verdict) {
    let finding = judge { story in
      if from > 1_000 {
        story.at(1_000)
        story.retrieve("a2")
      }
      story.at(from)
      story.record(.fault(Event.Fault(name: "outage", phase: .began)))
      if from < 1_000, until > 1_000 {
        story.at(1_000)
        story.retrieve("a2")
      }
      story.at(until)
      story.record(.fault(Event.Fault(name: "outage", phase: .ended)))
      if until < 1_000 {
        story.at(1_000)
        story.retrieve("a2")
      }
    }
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  /// The key is changed once more at 700 s; somebody asks at 800 s, or right afterwards.
  private func changed(
    next: String,
    at second: Double = 800,
    _ between: (inout Chronicle) -> Void = { _ in }
  ) -> Finding {
    judge { story in
      story.at(700)
      story.create("a4")
      story.create("a5")
      story.changeSecret("a4")
      between(&story)
      story.at(second)
      story.retrieve(next)
      story.call(next, for: story.ask("ana"))
    }
  }

  @Test func `The next call must carry the new key, unless yet another was installed`() {
    #expect(changed(next: "a2").verdict == .violated)
    #expect(changed(next: "a4").verdict == .held)
    let superseded = changed(next: "a5") { story in
      story.at(750)
      story.act(.installKey, "a5")
    }
    #expect(superseded.verdict == .held, "\(superseded.sentence)")
    for (verb, tenant) in [(Event.AdminAction.Verb.checkKey, "acme"), (.installKey, "globex")] {
      let other = changed(next: "a2") { story in
        story.at(750)
        story.act(verb, "a5", tenant: tenant)
      }
      #expect(other.verdict == .violated, "\(verb) of \(tenant)")
    }
  }

  @Test(arguments: [(701, Verdict.held), (701 + moment, .violated)] as [(Double, Verdict)])
  func `A call on the wire at the change may carry the old key`(second: Double, verdict: Verdict) {
    #expect(changed(next: "a2", at: second).verdict == verdict)
  }

  @Test func `What was not exercised is named`() {
    var story = Chronicle()
    story.facts.tenants[0].secretManager = "vault"
    story.begin()
    let silent = story.judge("just-in-time-retrieval")
    #expect(silent.sentence == "No provider call used a key that a secret manager keeps.")
    story.at(10)
    story.retrieve("a1")
    story.call("a1", for: story.ask("ana"))
    let unprobed = story.judge("just-in-time-retrieval")
    #expect(unprobed.sentence.hasPrefix("The key was not changed past the vendor"))
  }
}
