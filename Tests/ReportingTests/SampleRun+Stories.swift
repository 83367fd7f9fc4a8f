import Evidence
import Guarantees
import Worlds

extension SampleRun {
  static func story(
    _ index: Int,
    _ title: String,
    _ about: String,
    shows: [String],
    history: HistoryBuilder?,
    findings: [GuaranteeFinding] = [],
    ending: ScenarioResult.Ending = .played,
    expected: [GuaranteeExpectation] = []
  ) -> ScenarioResult {
    ScenarioResult(
      file: "Scenarios/\(files[index])",
      title: title,
      about: about,
      family: String(files[index].split(separator: "/")[0]),
      shows: shows,
      ending: ending,
      history: history?.history,
      findings: findings,
      expectedVerdicts: expected,
      replay: "keyproof run Scenarios/\(files[index]) --world simulated --seed 42"
    )
  }

  static func found(
    _ id: String,
    _ verdict: Verdict,
    _ sentence: String,
    exercise: [Finding.Count] = [],
    witnesses: Finding.Witnesses? = nil
  ) -> GuaranteeFinding {
    GuaranteeFinding(
      guarantee: id,
      finding: Finding(
        verdict: verdict,
        sentence: sentence,
        exercise: exercise,
        witnesses: witnesses
      )
    )
  }

  /// Ten minutes, 5,000 events, an outage, a crash, and calls on a deleted key.
  static func revocation() throws -> ScenarioResult {
    var build = HistoryBuilder(scenario: "The key is deleted at the provider", start: start)
    try build.setUp()
    for index in 0..<1_240 {
      let at = Double(index) * 0.48 + 2
      build.message(index, at: at, dead: at > 300 && index != 700)
      if index == 500 { build.fault("outage of the provider", .began, at: at) }
      if index == 560 { build.fault("outage of the provider", .ended, at: at) }
      if index == 620 { try build.endKey("acme/first", at: at) }
      if index == 900 { build.vendor(.crashed, at: at) }
      if index == 920 { build.vendor(.started, at: at) }
    }
    build.expect(line: 14, "answer: refused", met: false, "an answer came: \(hostile)", at: 310)
    build.expect(line: 14, "answer: refused", met: true, "", at: 320)
    build.expect(line: 19, "because: key-rejected", met: true, "", at: 330)
    let late = build.events.filter {
      if case .providerCall(let call) = $0.kind {
        call.succeeded && $0.at > start + .seconds(301)
      } else {
        false
      }
    }
    build.end(at: 600)
    let ids = late.map(\.id)
    let witness = Finding.Witness(
      events: Array(ids.prefix(1)),
      what: "A call with the deleted key was answered. \(hostile)"
    )
    let worst = Finding.Witness(events: Array(build.events.prefix(12).map(\.id)), what: "Worst.")
    return story(
      0,
      "The key is deleted at the provider \(hostile)",
      "People keep chatting while the customer deletes its key at OpenAI.\n\(hostile)",
      shows: ["instant-revocation", "no-calls-after-revocation"],
      history: build,
      findings: [
        found(
          "direct-billing",
          .held,
          "All calls are in the books.",
          exercise: [.init("calls", 9)]
        ),
        found(
          "instant-revocation",
          .violated,
          "3 calls succeeded on key acme/first after it was deleted. \(hostile)",
          exercise: [.init("calls after the deletion", 620), .init("people told", 617)],
          witnesses: .init(count: 3, first: witness, worst: worst, last: witness)
        ),
        found("no-calls-after-revocation", .inconclusive, "The story ended too soon."),
        found("encrypted-custody", .inconclusive, "Nothing was searched."),
        found("department-isolation", .inconclusive, "No canary was planted."),
        found("latency-neutrality", .inconclusive, "No pair was played."),
        found("just-in-time-retrieval", .notClaimed, "The embedded store shows no reads."),
      ]
    )
  }

  /// Quarterly rotation over two years.
  static func twoYears() throws -> ScenarioResult {
    var build = HistoryBuilder(scenario: "Quarterly rotation over two years", start: start)
    try build.setUp()
    let day = 86_400.0
    var number = 0
    for quarter in 1...8 {
      for _ in 0..<50 {
        build.message(number, at: day * (1 + Double(number) * 730 / 400), dead: false)
        number += 1
      }
      let at = day * 91 * Double(quarter)
      try build.createKey("acme/q\(quarter)", at: at)
      try build.install("acme/q\(quarter)", at: at + 300)
      try build.endKey(quarter == 1 ? "acme/first" : "acme/q\(quarter - 1)", at: at + day)
    }
    build.sort()
    build.end(at: day * 735)
    return story(
      1,
      "Quarterly rotation over two years",
      "Every quarter the customer makes a new key, sets it, and deletes the old one a day later.",
      shows: ["direct-billing", "encrypted-custody"],
      history: build,
      findings: catalogue().map { guarantee in
        found(
          guarantee.id,
          ["direct-billing", "encrypted-custody"].contains(guarantee.id) ? .held : .inconclusive,
          "400 calls under 9 keys are in the books, to the token.",
          exercise: [.init("calls", 400), .init("keys", 9)]
        )
      }
    )
  }

  static func leakage() throws -> ScenarioResult {
    var build = HistoryBuilder(scenario: "An instruction in a document", start: start)
    try build.setUp(tenants: ["acme", "globex", "initech"])
    for index in 0..<12 { build.message(index, at: Double(index) * 2 + 1, dead: false) }
    build.end(at: 30)
    return story(
      2,
      "An instruction in a document asks for HR's salaries",
      "Sales asks a harmless question; a document of Sales tells the model to quote HR.",
      shows: ["department-isolation", "latency-neutrality"],
      history: build,
      findings: [
        found("department-isolation", .inconclusive, "No question reached HR's documents."),
        found("latency-neutrality", .inconclusive, "41 pairs are too few."),
        found("direct-billing", .held, "12 calls are in the books."),
      ]
    )
  }

  static func honest() throws -> ScenarioResult {
    var build = HistoryBuilder(scenario: "The honest vendor stops", start: start)
    try build.setUp()
    for index in 0..<220 {
      build.message(index, at: Double(index) * 3 + 1, dead: index > 100)
      if index == 100 { try build.endKey("acme/first", at: Double(index) * 3 + 2) }
    }
    build.end(at: 700)
    return story(
      3,
      "The honest vendor stops at once",
      "The key is deleted under traffic; everybody is told.",
      shows: ["no-calls-after-revocation", "encrypted-custody"],
      history: build,
      findings: catalogue().map {
        found(
          $0.id,
          $0.id == "just-in-time-retrieval" ? .notClaimed : .held,
          "Held: 119 calls refused, 119 people told.",
          exercise: [.init("refusals", 119)]
        )
      }
    )
  }

  static func control() throws -> ScenarioResult {
    var build = HistoryBuilder(scenario: "A vendor that falls back", start: start)
    try build.setUp()
    build.message(1, at: 5, dead: false)
    build.end(at: 10)
    let witness = Finding.Witness(events: [3], what: "A call on the vendor's own key.")
    return story(
      4,
      "A vendor that falls back to its own key",
      "The vendor answers a 401 with its own key: it must be found out.",
      shows: ["instant-revocation"],
      history: build,
      findings: [
        found(
          "instant-revocation",
          .violated,
          "1 call ran on the vendor's own key.",
          witnesses: .init(count: 1, first: witness, worst: witness, last: witness)
        ),
        found("direct-billing", .held, "The books agree."),
      ],
      expected: [
        GuaranteeExpectation(guarantee: "instant-revocation", verdict: .violated),
        GuaranteeExpectation(guarantee: "direct-billing", verdict: .violated),
      ]
    )
  }

  static func notRun() -> ScenarioResult {
    story(
      5,
      "The customer's key against the vendor's",
      "Pairs of questions.",
      shows: ["latency-neutrality"],
      history: nil,
      ending: .notRun(reason: "latency is judged in the loopback world alone")
    )
  }

  static func failedHarness() -> ScenarioResult {
    story(
      6,
      "A story that the harness could not play",
      "",
      shows: ["direct-billing"],
      history: nil,
      ending: .internalError("a job came from another thread \(hostile)")
    )
  }
}
