import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

@Suite struct UsageTests {
  /// An embedding of 10 tokens and a completion of 10 and 5 on the customer's key, with what the
  /// provider and the vendor say of them.
  private func story(
    usagePrompt: Int = 10,
    costPrompt: Int = 10,
    nanoDollars: Int64 = 1_500,
    pagePrompt: Int = 10,
    pageCalls: Int = 1,
    pageCutOff: Int = 0,
    reports: Bool = true,
    _ write: (inout Chronicle) -> Void = { _ in }
  ) -> Finding {
    Chronicle.of { chronicle in
      chronicle.facts.terms = Facts.Terms(
        seatCents: 500,
        trialDays: 14,
        markupPercent: 20,
        tokenPrices: [.init(model: "m", input: 150, output: 600)]
      )
      chronicle.converse("ana")
      write(&chronicle)
      page(&chronicle, "/v1/embeddings", calls: 1, prompt: 10)
      page(
        &chronicle,
        "/v1/chat/completions",
        calls: pageCalls,
        cutOff: pageCutOff,
        prompt: pagePrompt,
        completion: 5
      )
      if reports { report(&chronicle, usagePrompt, costPrompt, nanoDollars) }
    }.judge("usage-visibility")
  }

  private func page(
    _ chronicle: inout Chronicle,
    _ endpoint: String,
    calls: Int,
    cutOff: Int = 0,
    prompt: Int,
    completion: Int = 0
  ) {
    chronicle.record(
      .usageLine(
        .init(
          tenant: "acme",
          isOnVendorAccount: false,
          key: Fingerprint("a1"),
          endpoint: endpoint,
          model: "m",
          calls: calls,
          cutOffCalls: cutOff,
          promptTokens: prompt,
          completionTokens: completion
        )
      )
    )
  }

  private func report(
    _ chronicle: inout Chronicle,
    _ usage: Int,
    _ cost: Int,
    _ nanoDollars: Int64
  ) {
    func sum(
      _ source: Event.ProviderReport.Source,
      _ item: String,
      _ prompt: Int,
      _ completion: Int = 0,
      nanoDollars: Int64 = 0
    ) {
      chronicle.record(
        .providerReport(
          .init(
            source: source,
            key: Fingerprint("a1"),
            item: item,
            calls: 1,
            promptTokens: prompt,
            completionTokens: completion,
            nanoDollars: nanoDollars
          )
        )
      )
    }
    sum(.usage, "completions", usage, 5)
    sum(.usage, "embeddings", 10)
    sum(.costs, "m, input_tokens", cost, nanoDollars: nanoDollars)
    sum(.costs, "n, input_tokens", 10)
    sum(.costs, "m, output_tokens", 0, 5, nanoDollars: 3_000)
  }

  @Test func statementsThatAgreeHold() {
    #expect(story().verdict == .held)
    #expect(story().sentence.contains("25 tokens"))
  }

  @Test(arguments: [9, 11]) func aTokenMoreOrLessIsAViolation(tokens: Int) {
    #expect(story(usagePrompt: tokens).verdict == .violated)
    #expect(story(costPrompt: tokens, nanoDollars: Int64(tokens) * 150).verdict == .violated)
    #expect(story(pagePrompt: tokens).verdict == .violated)
  }

  @Test func aBillionthMoreThanTheListPriceIsAViolation() {
    #expect(story(nanoDollars: 1_501).verdict == .violated)
  }

  @Test func callsOnThePageAreCountedOnce() {
    #expect(story(pageCalls: 2).verdict == .violated)
    #expect(story(pageCalls: 0).verdict == .violated)
  }

  @Test func aCutOffCallMayStandOnThePageOrNot() {
    func cutOff(_ chronicle: inout Chronicle) {
      chronicle.call("a1", for: chronicle.ask("ana"), outcome: .cutOff)
    }
    #expect(story(pageCutOff: 1, cutOff).verdict == .held)
    #expect(story(usagePrompt: 20, costPrompt: 20, nanoDollars: 3_000, cutOff).verdict == .held)
    #expect(story(pageCutOff: 2, cutOff).verdict == .violated)
    #expect(story(pageCutOff: 1).verdict == .violated)
  }

  @Test func tokensOnAnotherAccountAreHidden() {
    let finding = story { $0.call("v", for: $0.ask("ana"), endpoint: "/v1/embeddings") }
    #expect(finding.verdict == .violated)
    #expect(finding.sentence.contains("cannot look"))
  }

  @Test func withoutReportsNothingIsShown() {
    #expect(story(reports: false).verdict == .inconclusive)
  }
}
