import Evidence
import Guarantees
import Testing
import Worlds

@testable import Reporting

/// What the page works out beyond the verdicts: answers, ends of keys, money, choice of events.
@Suite struct PartsOfThePageTests {
  private func answers(of run: RunResult) -> [String: BuyerAnswer] {
    Dictionary(
      uniqueKeysWithValues: RunDigest(run: run, catalogue: SampleRun.catalogue())
        .answers.map { ($0.question.id, $0) }
    )
  }

  @Test func theWorstPromiseAnswersAQuestion() throws {
    var run = try SampleRun.run()
    let answers = self.answers(of: run)
    let revocation = try #require(answers["revocation"])
    #expect(revocation.verdict == .violated)
    #expect(revocation.sentence.contains("3 calls succeeded on key acme/first"))
    #expect(revocation.stories == 1)
    #expect(revocation.counts.contains(.init("people told", 617)))
    #expect(answers["storage"]?.verdict == .held)
    #expect(answers["latency"]?.verdict == .inconclusive)
    #expect(answers["retrieval"]?.verdict == nil)
    #expect(answers["retrieval"]?.sentence == "Not put to the test in this run.")
    #expect(answers["azure"]?.verdict == nil)
    #expect(answers["azure"]?.wasLeftOut == true)
    run.scenarios[0].shows.append("just-in-time-retrieval")
    let told = try #require(self.answers(of: run)["retrieval"])
    #expect(told.verdict == .notClaimed)
    #expect(told.sentence == "The vendor does not claim it.")
  }

  @Test func everyPromiseOfAQuestionIsInTheCatalogue() {
    for question in BuyerQuestion.all {
      for id in question.guarantees { #expect(Catalogue.guarantee(id) != nil, "\(id)") }
      #expect(!question.source.isEmpty)
    }
    #expect(Set(BuyerQuestion.all.map(\.id)).count == BuyerQuestion.all.count)
  }

  @Test func aKeysEndIsToldToTheSecond() throws {
    var build = HistoryBuilder(scenario: "A key ends", start: SampleRun.start)
    try build.setUp()
    for number in 0..<10 { build.message(number, at: 10 * Double(number + 1), dead: false) }
    try build.endKey("acme/first", at: 105, afterOrder: 10)
    build.message(10, at: 110, dead: true)
    build.message(11, at: 115, dead: false)
    build.end(at: 200)
    let moment = try #require(KeyMoment.moments(in: build.history, limit: 9).first)
    #expect(moment.kind == .deletedAtProvider)
    #expect(moment.lastCall == SampleRun.start + .milliseconds(100_100))
    #expect(moment.firstRefusal == SampleRun.start + .milliseconds(110_100))
    #expect(moment.lateCalls == 1)
    #expect(moment.slowestNotice == .milliseconds(300))
    #expect(moment.successor == nil)
    #expect(moment.window.lowerBound == SampleRun.start + .seconds(75))
  }

  @Test func booksAreSetAgainstWhatWasSeen() throws {
    var build = HistoryBuilder(scenario: "Money", start: SampleRun.start)
    try build.setUp()
    let created = build.events.compactMap { event in
      if case .keyCreated(let of) = event.kind { of } else { nil }
    }
    let key = try #require(created.first?.key)
    for number in 0..<3 {
      let call = Event.ProviderCall(
        order: number + 1,
        host: "api.openai.com",
        endpoint: "/v1/chat/completions",
        model: "gpt",
        key: key,
        project: "p",
        arrivedAt: SampleRun.start,
        authenticatedAt: SampleRun.start,
        status: 200,
        outcome: number == 2 ? .cutOff : .completed,
        promptTokens: 100,
        completionTokens: 10
      )
      build.add(.providerCall(call), at: 1)
    }
    func digest(_ tokens: Int) -> MoneyDigest {
      var booked = build
      let row = Event.LedgerRow(
        key: key,
        project: "p",
        endpoint: "/v1/chat/completions",
        model: "gpt",
        calls: 2,
        promptTokens: tokens,
        completionTokens: 20
      )
      booked.add(.ledgerRow(row), at: 2)
      return MoneyDigest([SampleRun.story(3, "", "", shows: [], history: booked)])
    }
    let row = try #require(digest(200).rows.first)
    #expect(row.payer == .vendor)
    #expect(row.completed == .init(calls: 2, tokens: 220))
    #expect(row.cutOff == .init(calls: 1, tokens: 110))
    #expect(row.books[.ledger]?.unexplained == 0)
    #expect(row.books[.usage] == nil)
    // The call that was cut off may stand in the books; nothing else may.
    #expect(digest(300).rows.first?.books[.ledger]?.unexplained == 0)
    #expect(digest(199).rows.first?.books[.ledger]?.unexplained == 1)
    #expect(digest(311).rows.first?.books[.ledger]?.unexplained == 1)
  }

  @Test func ofManyEventsTheWeightyStay() throws {
    let story = try SampleRun.revocation()
    let events = try #require(story.history?.events)
    let chosen = StoryEvents.choice(of: events, witnesses: [4_000], limit: 300)
    #expect(chosen.count == 300)
    #expect(chosen.map(\.id) == chosen.map(\.id).sorted())
    #expect(chosen.contains { $0.id == 4_000 })
    for event in events where EventRow(event.kind).rank == 0 {
      #expect(chosen.contains(event), "\(event)")
    }
    #expect(StoryEvents.choice(of: events, witnesses: [], limit: 10_000) == events)
    #expect(StoryEvents.share(of: [10, 500, 400], room: 1_000) == StoryEvents.storyLimit)
    #expect(StoryEvents.share(of: [10, 900, 400, 800], room: 1_000) == 330)
  }

  @Test func fieldsOfAnEventAreThoseOfTheEvidence() throws {
    let history = try #require(SampleRun.revocation().history)
    let fields = EventFields(history, words: EventWords(history: history))
    let call = try #require(
      history.events.first { if case .providerCall = $0.kind { true } else { false } }
    )
    let named = Dictionary(
      uniqueKeysWithValues: fields.fields(of: call).map { ($0.name, $0.value) }
    )
    #expect(named["endpoint"] == "/v1/chat/completions")
    #expect(named["authenticated at"] == "2.100 s")
    #expect(named["key"]?.hasPrefix("key acme/first") == true)
    #expect(named["streamed"] == "no")
    #expect(named["error code"] == nil)
  }
}
