import ScenarioFiles
import Testing
import Worlds

/// Names that others count from, files of many stories, and worlds said otherwise.
@Suite struct VariantTests {
  private static func file(_ head: String, world: String = "worlds/small.yaml") -> String {
    """
    scenario: S
    about: A story.
    shows: [direct-billing]
    world: \(world)
    \(head)
    """
  }

  private func messages(_ text: String) throws -> [String] {
    let library = try TemporaryLibrary()
    try library.write("s.yaml", text)
    return library.load("s.yaml").diagnostics.map { "\($0.line): \($0.message)" }
  }

  @Test func stepsCountFromOthersWhereverTheyStand() throws {
    let library = try TemporaryLibrary()
    let (scenarios, diagnostics) = try library.load(
      timeline: """
          - { at: 30s after second, name: third, pause: {} }
          - { at: 10s before first, pause: {} }
          - { at: 1m, name: first, pause: {} }
          - { at: 2m after first, name: second, pause: {} }
          - { every: 10s, from: third, times: 3, ask: { who: ana, text: Hm } }
        """
    )
    #expect(diagnostics == [])
    let timeline = try #require(scenarios.first).timeline
    #expect(timeline.map(\.timing.begins) == [50, 60, 180, 210, 210].map { .seconds($0) })
    #expect(timeline.map(\.name) == [nil, "first", "second", "third", nil])
    #expect(
      timeline[4].timing == .every(.seconds(10), from: .seconds(210), until: .seconds(240))
    )
    #expect(timeline[4].messages == 3)
  }

  @Test func circlesOfNamesComeToAnEnd() throws {
    #expect(
      try messages(
        Self.file(
          """
          timeline:
            - { at: 1s after b, name: a, pause: {} }
            - { at: 1s after a, name: b, pause: {} }
            - { at: a, pause: {} }
            - { at: 1m, name: a, pause: {} }
          """
        )
      ) == [
        "6: 'a' counts from itself, by way of 'a'", "9: a step is named 'a' already",
      ]
    )
    var chain = "timeline:\n  - { at: 1s, name: s0, pause: {} }\n"
    for number in 1...5_000 {
      chain += "  - { at: 1s after s\(number - 1), name: s\(number), pause: {} }\n"
    }
    #expect(try messages(Self.file(chain)) == [])
  }

  @Test func eachCombinationIsAStory() throws {
    let library = try TemporaryLibrary()
    try library.write(
      "s.yaml",
      Self.file(
        """
        parameters: { who: ana }
        matrix: { down: [1s, 2s], manager: [vault, aws] }
        timeline:
          - { at: 1m, restart-vendor: { down-for: "${down}" } }
          - { at: 2m, ask: { who: "${who}", text: "Is ${manager} there, ${who}?" } }
        """,
        world: "{ from: worlds/small.yaml, secret-manager: \"${manager}\" }"
      )
    )
    let (scenarios, diagnostics) = library.load("s.yaml")
    #expect(diagnostics == [])
    #expect(
      scenarios.map(\.variant) == [
        "down=1s,manager=vault", "down=1s,manager=aws", "down=2s,manager=vault",
        "down=2s,manager=aws",
      ]
    )
    #expect(scenarios.map(\.world.secretManager) == [.vault, .aws, .vault, .aws])
    #expect(Set(scenarios.map(\.file)).count == 4)
    #expect(Set(scenarios.map(\.path)) == ["s.yaml"])
    let last = try #require(scenarios.last)
    #expect(last.file == "s.yaml#down=2s,manager=aws")
    #expect(last.timeline[0].action == .restartVendor(downFor: .seconds(2)))
    #expect(
      last.timeline[1].action == .ask(.init(people: ["ana"], questions: ["Is aws there, ana?"]))
    )
  }

  @Test func mistakesWithParametersAreToldOnce() throws {
    #expect(
      try messages(
        Self.file(
          """
          parameters: { pause: 1s, unused: 2s }
          matrix: { a: [x, y, x], pause: [1s], b: 5 }
          timeline:
            - { at: 1m, restart-vendor: { down-for: "${puase}" } }
          """
        )
      ) == [
        "6: 'x' stands more than once in 'a'", "6: 'pause' is a parameter already",
        "6: each word of 'matrix' takes a list of values",
      ]
    )
    #expect(
      try messages(
        Self.file(
          """
          matrix: { pause: [1s, 2s] }
          timeline:
            - { at: 1m, restart-vendor: { down-for: "${puase}" } }
          """
        )
      ).first == "7: unknown parameter 'puase'"
    )
    let numbers = (0..<9).map { "n\($0)" }.joined(separator: ", ")
    #expect(
      try messages(Self.file("matrix: { a: [\(numbers)], b: [\(numbers)] }\ntimeline: []"))
        == ["5: this would be more than 64 stories"]
    )
  }

  @Test func aChangedWorldKeepsWhatItDoesNotName() throws {
    let library = try TemporaryLibrary()
    try library.write(
      "s.yaml",
      Self.file(
        "timeline: [{ at: 1m, ask: { who: ben, text: Hm } }]",
        world:
          "{ from: worlds/small.yaml, tenants: { acme: { people: { ben: { department: hr } } } } }"
      )
    )
    let (scenarios, diagnostics) = library.load("s.yaml")
    #expect(diagnostics == [])
    let tenant = try #require(scenarios.first?.world.tenants.first)
    #expect(tenant.people.map(\.department) == ["hr", "hr"])
    #expect(tenant.people.map(\.platform) == [.teams, .googleChat])
    #expect(tenant.conversations.count == 1)
  }

  @Test func whatIsWrongOnlyBesideTheChangesStandsWithThem() throws {
    #expect(
      try messages(
        Self.file(
          "timeline: [{ at: 1m, pause: {} }]",
          world:
            "{ from: worlds/small.yaml, tenants: { acme: { "
            + "knowledge: { other: knowledge/hr }, departments: { hr: { knowledge: [no] } } } } }"
        )
      ) == ["4: unknown knowledge base 'no'; known: hr-handbook, other"]
    )
    #expect(
      try messages(
        Self.file(
          "timeline: [{ at: 1m, pause: {} }]",
          world: "{ from: worlds/small.yaml, tenants: { acme: { deployment: hosted, key: none } } }"
        )
      ) == ["4: tenant 'acme' is hosted: it has no key of its own to install"]
    )
  }
}

/// Steps that bring others with them, and questions that come many at once.
@Suite struct ConsequenceTests {
  @Test func aKeyExpiresAndProcessesRestartInTurn() throws {
    let library = try TemporaryLibrary()
    try library.write("worlds/small.yaml", Corpus.world)
    let (scenarios, diagnostics) = try library.load(
      timeline: """
          - { at: 1m, create-key: { key: third, expires-after: 30d } }
          - { at: 2m, install-key: { key: third } }
          - { at: 3m, upgrade-vendor: { down-for: 5s } }
          - { at: 4m, join: { who: eve } }
          - { at: 5m, leave: { who: eve } }
        """
    )
    #expect(diagnostics.map(\.rendered) == [])
    let timeline = try #require(scenarios.first).timeline
    #expect(
      timeline.map(\.action) == [
        .createKey(tenant: "acme", key: "third"),
        .installKey(tenant: "acme", key: .named("third")),
        .restartVendor(downFor: .seconds(5), replica: 1),
        .restartVendor(downFor: .seconds(5), replica: 2),
        .setActive(person: "eve", isActive: true), .setActive(person: "eve", isActive: false),
        .deleteKey(tenant: "acme", key: "third"),
      ]
    )
    #expect(timeline[3].timing.begins == .seconds(215))
    #expect(timeline[6].timing.begins == .seconds(60 + 30 * 86_400))
    #expect(scenarios.first?.world.tenants.first?.people.map(\.isAbsent) == [false, false, true])
  }

  @Test func aBurstCountsEachMessage() throws {
    let library = try TemporaryLibrary()
    let (scenarios, _) = try library.load(
      timeline: """
          - { at: 1m, ask: { who: [ana, ben], from: questions/q.txt, burst: 4 } }
          - { every: 1m, times: 3, ask: { who: ana, text: Hm, burst: 5 } }
        """
    )
    let timeline = try #require(scenarios.first).timeline
    #expect(timeline.reduce(0) { $0 + $1.messages } == 4 + 4 + 15)
    let questions = timeline.compactMap { step in
      if case .ask(let ask) = step.action, ask.burst == 4 { ask.questions } else { nil }
    }
    #expect(questions == [["One?", "Two?", "Three?"], ["Two?", "Three?", "One?"]])
  }

  @Test func changingWhatIsNotThereIsWarnedOf() throws {
    let library = try TemporaryLibrary()
    let (_, diagnostics) = try library.load(
      timeline: """
          - { at: 1m, change-document: { knowledge: hr-handbook, name: a.md, text: New } }
          - { at: 2m, change-document: { knowledge: hr-handbook, name: b.md, text: New } }
        """
    )
    #expect(diagnostics.map(\.message) == ["there is no document 'b.md' in 'hr-handbook' then"])
  }
}
