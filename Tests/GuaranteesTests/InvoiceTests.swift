import Evidence
import Guarantees
import Testing
import Worlds

@Suite struct InvoiceTests {
  private static let day = 86_400.0

  /// The vendor starts on 5 January 2026; Ana writes at once, Ben on the second day given; the
  /// statements are read on 2 February.
  private func story(
    _ claim: Facts.Deployment = .pure,
    seats: Int = 210,
    total: Int? = nil,
    tokens: (item: String, quantity: Int, cents: Int)? = nil,
    seatTokensCents: Int64? = nil,
    issues: Bool = true,
    benWritesOn: Double? = nil,
    _ write: (inout Chronicle) -> Void = { _ in }
  ) -> Finding {
    var chronicle = Chronicle()
    chronicle.facts.tenants = [
      Facts.Tenant(
        id: "acme",
        providerHosts: ["api.openai.com"],
        deployment: claim,
        seatTokensCents: seatTokensCents
      )
    ]
    chronicle.facts.terms = Facts.Terms(
      seatCents: 500,
      trialDays: 14,
      markupPercent: 20,
      tokenPrices: [.init(model: "m", input: 100_000, output: 600_000)]
    )
    chronicle.begin()
    chronicle.record(.vendor(.started))
    let key = claim == .hosted ? "v" : "a1"
    chronicle.converse("ana", on: key)
    if let benWritesOn {
      chronicle.at(benWritesOn * Self.day)
      chronicle.converse("ben", on: key)
    }
    write(&chronicle)
    chronicle.at(28 * Self.day)
    func line(_ kind: Event.InvoiceLine.Kind, _ item: String, _ quantity: Int, _ cents: Int) {
      chronicle.record(
        .invoiceLine(
          .init(
            tenant: "acme",
            period: "2026-01",
            isIssued: issues,
            kind: kind,
            item: item,
            quantity: quantity,
            cents: cents
          )
        )
      )
    }
    if seats > 0 { line(.seats, "Seats", 1, seats) }
    if let tokens { line(.tokens, tokens.item, tokens.quantity, tokens.cents) }
    line(.total, "total", 0, total ?? seats + (tokens?.cents ?? 0))
    return chronicle.judge("deployment-model")
  }

  /// 13 of 31 days after the trial: 209.68 cents.
  @Test(arguments: [(209, Verdict.violated), (210, .held), (211, .violated)])
  func seatsAreProratedToTheCent(cents: Int, verdict: Verdict) {
    #expect(story(seats: cents).verdict == verdict)
  }

  /// From 25 January on: 7 of 31 days, 112.9 cents.
  @Test(arguments: [(322, Verdict.violated), (323, .held), (324, .violated), (420, .violated)])
  func aSeatInMidMonthPaysForTheRestOfIt(cents: Int, verdict: Verdict) {
    #expect(story(seats: cents, benWritesOn: 20).verdict == verdict)
  }

  @Test func aTotalIsTheSumOfItsLines() {
    #expect(story(total: 211).verdict == .violated)
  }

  @Test func aMonthThatEndedFallsDue() {
    #expect(story(issues: false).verdict == .violated)
    #expect(story(issues: false).sentence.contains("No invoice 2026-01"))
  }

  @Test func pureChargesForNoToken() {
    #expect(story(tokens: ("m, input tokens", 20, 1)).verdict == .violated)
    #expect(story(tokens: ("Model usage", 20, 1)).verdict == .violated)
  }

  /// On the twentieth day 20 prompt tokens: 2,000,000 billionths and a fifth more are 0.24 cents;
  /// 5 completion tokens: 0.36 cents. Neither makes a cent, but the quantities must be there.
  @Test func hostedChargesForTokensAtTheStatedMarkup() {
    let cents = 210 + 113
    let none = story(.hosted, seats: cents, benWritesOn: 20)
    #expect(none.verdict == .violated)
    #expect(none.sentence.contains("20 were seen"))
    let wrong = story(
      .hosted,
      seats: cents,
      tokens: ("m, input tokens", 20, 1),
      benWritesOn: 20
    )
    #expect(wrong.verdict == .violated)
  }

  /// 251 cents and a fifth more are 301 a month: 126 for 13 of 31 days, and 68 for 7. What was used
  /// does not count, and charging for it as well is charging twice.
  @Test(arguments: [
    (193, Verdict.violated), (194, .held), (195, .violated), (161, .violated), (0, .violated),
  ])
  func tokensMayBeChargedForByTheSeat(cents: Int, verdict: Verdict) {
    let finding = story(
      .hosted,
      seats: 210 + 113,
      tokens: cents > 0 ? ("Model usage by the seat", 2, cents) : nil,
      seatTokensCents: 251,
      benWritesOn: 20
    )
    #expect(finding.verdict == verdict)
    #expect(finding.sentence.contains("tokens by the seat") == (verdict == .violated))
  }

  @Test func aCancelledSubscriptionPaysUntilItsDay() {
    // 19 to 25 January.
    let finding = story(seats: 113) {
      $0.at(20 * Self.day)
      $0.act(.cancelSubscription)
    }
    #expect(finding.verdict == .held)
  }
}
