import ScenarioFiles
import Testing
import Worlds

/// Checks of the file's own, and warnings of what can never come to anything.
@Suite struct CheckTests {
  private func load(checks: String, timeline: String = "  - { at: 1m, name: noon, pause: {} }")
    throws -> (scenarios: [Scenario], diagnostics: [Diagnostic])
  {
    let library = try TemporaryLibrary()
    try library.write(
      "s.yaml",
      TemporaryLibrary.scenario(timeline: timeline) + "\nchecks:\n" + checks
    )
    return library.load("s.yaml")
  }

  @Test func isReadWithItsTimesWorkedOut() throws {
    let (scenarios, diagnostics) = try load(
      checks: """
          own:
            about: A guarantee.
            every: replies
            where: { seen-by: ben, carries: hr-handbook/a.md }
            is: { outcome: refusal, slower-than: 1500ms }
            from: 10s after noon
        """
    )
    #expect(diagnostics == [])
    #expect(
      scenarios.first?.checks == [
        ReviewerCheck(
          id: "own",
          about: "A guarantee.",
          subject: "replies",
          filters: [.init("seen-by", "ben"), .init("carries", "acme/hr-handbook/a.md")],
          claim: .every([.init("outcome", "refusal"), .init("slower-than", "1500")]),
          from: .seconds(70),
          until: nil,
          line: 8
        )
      ]
    )
  }

  @Test(arguments: [
    ("{ about: A, never: cals }", "unknown subject 'cals'"),
    (
      "{ about: A, never: calls, every: calls }",
      "a check says one of 'never', 'every', 'count' and 'sum'"
    ),
    ("{ about: A }", "check 'own' needs 'never', 'every', 'count' or 'sum'"),
    ("{ about: A, count: calls }", "'count' needs 'at-least' or 'at-most'"),
    ("{ about: A, never: calls, at-least: 1 }", "'at-least' belongs to 'count' or 'sum'"),
    ("{ about: A, sum: dollars, at-most: 1 }", "unknown measure 'dollars'; known: cents, tokens"),
    ("{ about: A, sum: tokens }", "'sum' needs 'at-least' or 'at-most'"),
    (
      "{ about: A, sum: cents, at-most: 1, where: { key: first } }",
      "invoices are not told apart by 'key'; by: tenant, item"
    ),
    (
      "{ about: A, never: calls, where: { surface: log } }",
      "calls are not told apart by 'surface'; by: tenant, by, key, account, host, endpoint, "
        + "outcome, status, carries"
    ),
    ("{ about: A, never: calls, where: { outcome: refusal } }", "unknown outcome 'refusal'"),
    ("{ about: A, never: calls, where: {} }", "'where' says nothing"),
    ("{ about: A, never: calls, where: { carries: hr } }", "unknown knowledge base 'hr'"),
    (
      "{ about: A, never: calls, from: 2m, until: 1m }",
      "'until' is not after 'from': nothing could count"
    ),
    ("{ about: A, never: calls, from: none }", "unknown step 'none'"),
    ("{ about: A, never: calls, where: { key: frist } }", "unknown key 'frist'"),
    (
      "{ about: A, every: calls, where: { by: ana }, is: { carries: hr-handbook/b.md } }",
      "unknown document of 'hr-handbook' 'b.md'"
    ),
    (
      "{ about: A, never: calls, where: { host: api.opnai.com } }",
      "'api.opnai.com' is nearly 'api.openai.com'"
    ),
    ("{ about: A, never: calls, from: 6m }", "nothing happens so late: the story ends before"),
  ])
  func mistakesArePointedAt(_ check: String, _ message: String) throws {
    let found = try load(checks: "  own: \(check)").diagnostics.map(\.message)
    #expect(found.count == 1 && found[0].hasPrefix(message), "\(found)")
  }

  @Test(arguments: [
    ("- { at: 1m, create-key: { key: second } }", "nobody ever uses the key 'second'"),
    (
      "- { at: 1m, remove-document: { knowledge: hr-handbook, name: b.md } }",
      "there is no document 'b.md' in 'hr-handbook' then"
    ),
    (
      "- { at: 1m, ask: { who: ana, text: Hm }, expect: { because: too-many } }",
      "nothing can meet this: the world has no 'questions-a-minute'"
    ),
    (
      "- { at: 1m, ask: { who: ana, text: Hm }, expect: { because: subscription-ended } }",
      "nothing can meet this: nobody cancels a subscription"
    ),
    (
      "- { at: 1m, ask: { who: ana, text: Hm }, expect: { because: deactivated } }",
      "nothing can meet this: nobody is deactivated"
    ),
    (
      "- { at: 1m, ask: { who: ana, text: Hm }, expect: { grows: true } }",
      "nothing can meet this: the world says 'replies: whole', or nothing"
    ),
    (
      "- { at: 1m, ask: { who: ana, text: Hm }, expect: { waits: true } }",
      "nothing can meet this: the world does not say 'messages: wait' of the customer"
    ),
    (
      "- { at: 1m, ask: { who: ben, text: Hm }, expect: { draws-on: hr-handbook } }",
      "nothing can meet this: 'ben' may never read 'hr-handbook'"
    ),
  ])
  func whatNothingCanMeetIsWarnedOf(_ step: String, _ message: String) throws {
    let library = try TemporaryLibrary()
    let (scenarios, diagnostics) = try library.load(timeline: "  \(step)")
    #expect(diagnostics.map(\.message) == [message])
    #expect(diagnostics.map(\.severity) == [.warning])
    #expect(scenarios.count == 1)
  }

  @Test func whoeverComesToReadLaterMayDrawOnIt() throws {
    let library = try TemporaryLibrary()
    let (_, diagnostics) = try library.load(
      timeline: """
          - { at: 1m, move: { who: ben, to: hr } }
          - { at: 2m, ask: { who: ben, text: Hm }, expect: { draws-on: hr-handbook } }
        """
    )
    #expect(diagnostics == [])
  }

  @Test func idlePeopleOfAnOwnWorldAreWarnedOf() throws {
    let library = try TemporaryLibrary()
    try library.write("s.yaml", Corpus.ownWorld + "\n  - { at: 2m, pause: {} }\n")
    #expect(library.load("s.yaml").diagnostics == [])
    try library.write(
      "s.yaml",
      Corpus.ownWorld.replacing("ask: { who: ana, text: Hm }", with: "pause: {}")
    )
    #expect(
      library.load("s.yaml").diagnostics.map(\.message) == ["'ana' does nothing in this story"]
    )
  }

  @Test func theStarterPlaysWithAndWithoutALibrary() throws {
    let library = try TemporaryLibrary()
    for world in [nil, "worlds/small.yaml"] {
      try library.write(
        "s.yaml",
        StarterScenario.text(title: "Mine", world: world)
          .replacing("instant-revocation, no-calls-after-revocation", with: "instant-revocation")
      )
      let (scenarios, diagnostics) = library.load("s.yaml")
      #expect(diagnostics.map(\.rendered) == [])
      #expect(scenarios.first?.checks.count == 1)
    }
  }

  @Test func aStoryIsToldWithItsTimes() throws {
    let library = try TemporaryLibrary()
    try library.write(
      "s.yaml",
      StarterScenario.text(title: "Mine", world: "worlds/small.yaml")
        .replacing("instant-revocation, no-calls-after-revocation", with: "instant-revocation")
    )
    let told = StoryTeller(try #require(library.load("s.yaml").scenarios.first)).text
    for line in [
      "Mine",
      "  acme: Acme, pure, key 'first' in place",
      "    hr: ana; may read hr-handbook",
      "  0s        every 20s until 5m, 15 times: ana, ben ask by turns "
        + "\"How many vacation days do I have?\"",
      "              expected: answer given within 1m",
      "  5m        acme deletes the key 'first' at the provider (deleted)",
      "  5m5s      every 30s until 10m5s, 10 times: ben, ana ask by turns "
        + "\"May I work from home?\"",
      "              expected: the refusal says key-rejected",
      "The last step is at 10m5s; 25 messages in all.",
      "Check 'nothing-on-the-old-key': No call on the deleted key comes through.",
      "  It holds if from 5m1s there are no calls with key first and outcome completed.",
    ] {
      #expect(told.split(separator: "\n").map(String.init).contains(line), "\(line)\n\(told)")
    }
  }
}
