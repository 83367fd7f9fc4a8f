import Evidence
import Guarantees
import Testing
import Worlds

/// A limit is shown by events, and missed where they are not there.
@Suite struct LimitTests {
  private static let limits = Catalogue.entries.filter { $0.kind == .limit }.map(\.id)

  private func day(
    _ deployment: Facts.Deployment = .pure,
    forbidden: Bool = false,
    _ write: (inout Chronicle) -> Void = { _ in }
  ) -> [String: LimitDemonstration] {
    var story = Chronicle()
    for index in story.facts.tenants.indices {
      story.facts.tenants[index].deployment = deployment
      if forbidden { story.facts.tenants[index].contracts = ["no-query-logging"] }
    }
    if deployment == .selfHosted {
      story.facts.hosts = [
        .init(name: "api.openai.com", role: .provider, zone: .customer),
        .init(name: "assistant.example", role: .vendor, zone: .customer),
      ]
    }
    story.facts.demonstrates = Self.limits
    story.begin()
    story.addDocument("d1", "policies")
    write(&story)
    story.endStory()
    return Dictionary(
      uniqueKeysWithValues: LimitDemonstration.all(in: story.history).map { ($0.limit, $0) }
    )
  }

  private func keep(_ story: inout Chronicle, on surface: Event.Surface) {
    story.record(
      .sighting(
        .init(subject: .canary("q1"), surface: surface, place: "v/db", encoding: "plain")
      )
    )
  }

  @Test(arguments: [Facts.Deployment.pure, .hybrid, .hosted])
  func everyLimitIsShownOfAModelOutsideOfTheCustomersNetwork(_ model: Facts.Deployment) {
    let seen = day(model) { story in
      story.converse("ana", ["d1"])
      keep(&story, on: .storage)
    }
    #expect(seen.count == Self.limits.count)
    for (limit, shown) in seen {
      #expect(shown.outcome == .shown, "\(limit): \(shown.sentence)")
      #expect(!shown.events.isEmpty, "\(limit)")
    }
  }

  @Test func aStoryInWhichNobodyAsksShowsNone() {
    for (limit, shown) in day() { #expect(shown.outcome == .missed, "\(limit)") }
    for (limit, shown) in day(.selfHosted) { #expect(shown.outcome == .missed, "\(limit)") }
  }

  @Test func eachLimitWantsItsOwnEvents() {
    let unanswered = day { story in
      let message = story.ask("ana")
      story.deliver(message)
    }
    #expect(unanswered["vendor-in-the-path"]?.outcome == .missed)
    #expect(unanswered["no-data-sovereignty"]?.outcome == .shown)
    #expect(unanswered["provider-processes-data"]?.outcome == .missed)
    let withoutTexts = day { $0.converse("ana") }
    #expect(withoutTexts["provider-processes-data"]?.outcome == .missed)
    #expect(withoutTexts["vendor-in-the-path"]?.outcome == .shown)
    #expect(withoutTexts["vendor-can-log"]?.outcome == .missed)
    let elsewhere = day { story in
      story.converse("ana")
      keep(&story, on: .reply)
    }
    #expect(elsewhere["vendor-can-log"]?.outcome == .missed)
  }

  @Test func whatAContractForbidsIsNoDemonstration() {
    let seen = day(forbidden: true) { story in
      story.converse("ana")
      keep(&story, on: .log)
    }
    #expect(seen["vendor-can-log"]?.outcome == .missed)
  }

  @Test func selfHostedIsTheContrastUnlessDataGoOut() {
    let inside = day(.selfHosted) { $0.converse("ana", ["d1"]) }
    for (limit, shown) in inside { #expect(shown.outcome == .absent, "\(limit)") }
    let outside = day(.selfHosted) { story in
      let message = story.ask("ana")
      story.call("a1", for: message, ["d1"], host: "elsewhere.example")
    }
    for (limit, shown) in outside { #expect(shown.outcome == .missed, "\(limit)") }
  }

  @Test func whoDemonstratesNothingShowsNothing() {
    var story = Chronicle.of { $0.converse("ana") }
    #expect(LimitDemonstration.all(in: story.history).isEmpty)
    story.facts.demonstrates = ["no-such-limit"]
    #expect(LimitDemonstration.all(in: story.history).map(\.outcome) == [.missed])
  }
}
