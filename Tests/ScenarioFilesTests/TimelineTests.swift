import ScenarioFiles
import Testing
import Worlds

@Suite struct TimelineTests {
  @Test func isSortedByTimeAndStable() throws {
    let library = try TemporaryLibrary()
    let (scenarios, diagnostics) = try library.load(
      timeline: """
          - { at: 5m, ask: { who: ana, text: late } }
          - { at: 1m, ask: { who: ana, text: first } }
          - { every: 30s, from: 1m, until: 2m, ask: { who: ana, text: second } }
          - { at: 60s, ask: { who: ana, text: third } }
          - { every: 1m, until: 2m, ask: { who: ana, text: begin } }
        """
    )
    #expect(diagnostics.map(\.rendered) == [])
    let timeline = try #require(scenarios.first).timeline
    let texts = timeline.map { step in
      if case .ask(let ask) = step.action { ask.questions[0] } else { "" }
    }
    #expect(texts == ["begin", "first", "second", "third", "late"])
    #expect(timeline.map(\.line) == [10, 7, 8, 9, 6])
    #expect(timeline[2].timing == .every(.seconds(30), from: .seconds(60), until: .seconds(120)))
  }

  @Test func severalPeopleAtOneMomentAskEach() throws {
    let library = try TemporaryLibrary()
    let (scenarios, _) = try library.load(
      timeline: "  - { at: 1m, ask: { who: [ana, ben], from: questions/q.txt } }"
    )
    let timeline = try #require(scenarios.first).timeline
    #expect(
      timeline.map(\.action) == [
        .ask(.init(people: ["ana"], questions: ["One?"], marksQuestions: true)),
        .ask(.init(people: ["ben"], questions: ["Two?"], marksQuestions: true)),
      ]
    )
  }

  @Test func readsEveryAction() throws {
    let library = try TemporaryLibrary()
    let (scenarios, diagnostics) = try library.load(
      timeline: """
          - { every: 30s, until: 10m, ask: { who: [ana, ben], from: questions/q.txt } }
          - { at: 1m, ask: { who: ana, text: "Here?", in: lunch } }
          - { at: 1m, create-key: { key: second } }
          - { at: 1m, install-key: { tenant: acme, key: second }, expect: { accepted: true } }
          - { at: 1m, install-key: { key: never-issued } }
          - { at: 1m, remove-key: }
          - { at: 1m, delete-key: { key: first } }
          - { at: 1m, delete-key: {} }
          - { at: 1m, move: { who: ana, to: sales } }
          - { at: 1m, add-document: { knowledge: hr-handbook, name: b.md, text: "# B" } }
          - { at: 1m, remove-document: { knowledge: hr-handbook, name: b.md } }
          - { at: 1m, restart-vendor: { down-for: 5s } }
          - { at: 1m, crash-vendor: { down-for: 0s } }
          - { at: 1m, knock: { as: ben, with: expired, text: "Hm?" }, expect: { answer: none } }
          - { at: 1m, deliver-again: { who: ana } }
          - { at: 1m, press: { who: ana, button: retry, times: 2 }, expect: { grows: false } }
          - { at: 1m, press: { who: ana, button: helpful, in: lunch }, expect: { accepted: true } }
          - { at: 1m, pause: {} }
        """
    )
    #expect(diagnostics.map(\.rendered) == [])
    let timeline = try #require(scenarios.first).timeline
    #expect(
      timeline.dropFirst().map(\.action) == [
        .ask(.init(people: ["ana"], questions: ["Here?"], conversation: "lunch")),
        .createKey(tenant: "acme", key: "second"),
        .installKey(tenant: "acme", key: .named("second")),
        .installKey(tenant: "acme", key: .neverIssued),
        .removeKey(tenant: "acme"),
        .deleteKey(tenant: "acme", key: "first"),
        .deleteKey(tenant: "acme", key: nil),
        .movePerson(person: "ana", department: "sales"),
        .addDocument(tenant: "acme", knowledge: "hr-handbook", name: "b.md", text: "# B"),
        .removeDocument(tenant: "acme", knowledge: "hr-handbook", name: "b.md"),
        .restartVendor(downFor: .seconds(5)),
        .crashVendor(downFor: .zero),
        .impostor(.init(person: "ben", trick: "expired", text: "Hm?")),
        .deliverAgain(person: "ana"),
        .press(.init(button: .retry, person: "ana", asker: "ana", times: 2)),
        .press(.init(button: .helpful, person: "ana", asker: "ana", conversation: "lunch")),
        .pause,
      ]
    )
    #expect(timeline[3].expectations == [.accepted(true)])
    #expect(timeline[13].expectations == [.answer(.none, within: .seconds(60))])
  }

  @Test func readsEveryFaultAndExpectation() throws {
    let library = try TemporaryLibrary()
    let place = "between-vendor-and: provider, for: 2m"
    let (scenarios, diagnostics) = try library.load(
      timeline: """
          - at: 1m
            ask: { who: ana, text: "Hm?" }
            expect:
              { answer: given-or-refused, within: 5s, because: no-key, draws-on: hr-handbook,
                nothing-from: hr-handbook, mentions: a, never-mentions: b }
          - { at: 1m, fault: { kind: outage, between-vendor-and: directory, for: 2m } }
          - { at: 1m, fault: { kind: slow, \(place), by: 2s } }
          - at: 1m
            fault: { kind: loss, between-vendor-and: chat-platform, for: 1s, percent: 1 }
          - { at: 1m, fault: { kind: duplication, \(place), percent: 100 } }
          - { at: 1m, fault: { kind: reset, \(place), percent: 20 } }
          - { at: 1m, fault: { kind: status, \(place), status: 429, retry-after: 5s } }
          - { at: 1m, fault: { kind: status, \(place), status: 500 } }
          - { at: 1m, fault: { kind: redirect, \(place), to: harvest.example } }
        """
    )
    #expect(diagnostics.map(\.rendered) == [])
    let timeline = try #require(scenarios.first).timeline
    #expect(
      timeline[0].expectations == [
        .answer(.givenOrRefused, within: .seconds(5)), .because(.noKey),
        .drawsOn(knowledge: "hr-handbook"), .nothingFrom(knowledge: "hr-handbook"),
        .mentions("a"), .neverMentions("b"),
      ]
    )
    let lasting = Duration.seconds(120)
    #expect(
      timeline.dropFirst().map(\.action) == [
        .fault(.init(kind: .outage, place: .directory, lasting: lasting)),
        .fault(.init(kind: .slow(.seconds(2)), place: .provider, lasting: lasting)),
        .fault(.init(kind: .loss(percent: 1), place: .chatPlatform, lasting: .seconds(1))),
        .fault(.init(kind: .duplication(percent: 100), place: .provider, lasting: lasting)),
        .fault(.init(kind: .reset(percent: 20), place: .provider, lasting: lasting)),
        .fault(
          .init(kind: .status(429, retryAfter: .seconds(5)), place: .provider, lasting: lasting)
        ),
        .fault(.init(kind: .status(500, retryAfter: nil), place: .provider, lasting: lasting)),
        .fault(.init(kind: .redirect(to: "harvest.example"), place: .provider, lasting: lasting)),
      ]
    )
  }

  @Test func readsTheWorld() throws {
    let library = try TemporaryLibrary()
    let (scenarios, _) = try library.load(timeline: "  - { at: 1m, pause: {} }")
    let world = try #require(scenarios.first).world
    #expect(world.file == "worlds/small.yaml")
    #expect(world.startsAt.iso8601 == "2026-01-05T08:00:00.000Z")
    #expect(world.model.firstToken == .milliseconds(200)...(.milliseconds(900)))
    let tenant = try #require(world.tenants.first)
    #expect(tenant.keyInstalled)
    #expect(
      tenant.departments == [
        .init(id: "hr", knowledge: ["hr-handbook"]), .init(id: "sales", knowledge: []),
      ]
    )
    #expect(tenant.people.map(\.id) == ["ana", "ben"])
    #expect(tenant.people[1].platform == .googleChat)
    #expect(
      tenant.conversations == [.init(id: "lunch", kind: .group, platform: .teams, members: ["ana"])]
    )
    #expect(tenant.knowledge[0].documents == [.init(name: "a.md", text: "# A\n\nA document.")])
  }
}
