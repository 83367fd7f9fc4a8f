import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

/// Boundaries of `usage-visibility` that mutants of its checker slipped through.
@Suite struct UsageEdgeTests {
  private static let moment = 0.000_001

  private struct Stated {
    var usage: (prompt: Int, completion: Int) = (10, 5)
    var embedded = 10
    /// The vendor's page, where it has one.
    var page: (prompt: Int, completion: Int)?
    var isOnVendorAccount = false
    var pageKey: String? = "a1"
  }

  /// An embedding of 10 tokens and a completion of 10 and 5 on `a1`, at 10 s.
  private func judge(
    _ stated: Stated = Stated(),
    _ write: (inout Chronicle) -> Void = { _ in }
  ) -> Finding {
    Chronicle.of { story in
      story.create("g1", .tenant("globex"))
      story.act(.installKey, "g1", tenant: "globex")
      story.at(10)
      story.converse("ana")
      write(&story)
      report(&story, .usage, "completions", stated.usage.prompt, stated.usage.completion)
      report(&story, .usage, "embeddings", stated.embedded, 0)
      let sum = stated.usage.prompt + stated.usage.completion + stated.embedded
      report(&story, .costs, "all", sum, 0)
      if let page = stated.page {
        line(&story, "/v1/embeddings", stated, 10, 0)
        line(&story, "/v1/chat/completions", stated, page.prompt, page.completion)
      }
    }.judge("usage-visibility")
  }

  private func report(
    _ story: inout Chronicle,
    _ source: Event.ProviderReport.Source,
    _ item: String,
    _ prompt: Int,
    _ completion: Int
  ) {
    story.record(
      .providerReport(
        .init(
          source: source,
          key: Fingerprint("a1"),
          item: item,
          calls: 1,
          promptTokens: prompt,
          completionTokens: completion,
          nanoDollars: 0
        )
      )
    )
  }

  private func line(
    _ story: inout Chronicle,
    _ endpoint: String,
    _ stated: Stated,
    _ prompt: Int,
    _ completion: Int
  ) {
    story.record(
      .usageLine(
        .init(
          tenant: "acme",
          isOnVendorAccount: stated.isOnVendorAccount,
          key: stated.pageKey.map { Fingerprint($0) },
          endpoint: endpoint,
          model: "m",
          calls: 1,
          cutOffCalls: 0,
          promptTokens: prompt,
          completionTokens: completion
        )
      )
    )
  }

  @Test func `What agrees is told with its numbers, and what of the page`() {
    let finding = judge()
    #expect(finding.verdict == .held)
    #expect(
      finding.sentence
        == "25 tokens on 2 keys stand in the provider's usage and cost APIs."
    )
    #expect(finding.exercise.map(\.count) == [2, 25, 0, 0, 0, 0])
    let paged = judge(Stated(page: (10, 5)))
    #expect(paged.sentence.hasSuffix(", and the vendor's usage page says the same."))
    #expect(paged.exercise.map(\.count) == [2, 25, 2, 25, 0, 0])
  }

  @Test(arguments: [(10, 4), (10, 6), (9, 5), (11, 5), (9, 6)])
  func `Asked and answered tokens must each be right`(prompt: Int, completion: Int) {
    let usage = judge(Stated(usage: (prompt, completion)))
    #expect(usage.verdict == .violated && usage.witnesses?.count == 1)
    #expect(usage.sentence.contains("usage API says \(prompt + completion) tokens of completions"))
    let page = judge(Stated(page: (prompt, completion)))
    #expect(page.verdict == .violated && page.witnesses?.count == 1, "\(page.sentence)")
    #expect(page.sentence.hasSuffix("seen were 1 call and 15 tokens."))
  }

  @Test func `Completions and embeddings are told apart`() {
    #expect(judge(Stated(usage: (20, 5), embedded: 0)).witnesses?.count == 2)
  }

  @Test func `A line for nobody's key is told, and one for the vendor's account is compared`() {
    let nobody = judge(Stated(page: (10, 5), pageKey: nil))
    #expect(nobody.verdict == .violated)
    let vendors = judge(Stated(page: (10, 5), isOnVendorAccount: true, pageKey: nil))
    #expect(vendors.verdict == .violated)
    // Missing on the key, and too much on the account, of both kinds.
    #expect(vendors.witnesses?.count == 4)
  }

  @Test func `Calls that cost nothing are asked for nowhere`() {
    let finding = judge { story in
      story.call("a1", for: story.ask("ana"), status: 429)
      story.call("v", for: story.ask("ana"), status: 401)
      story.call("a1", for: story.ask("ana"), outcome: .refused)
    }
    #expect(finding.verdict == .held, "\(finding.sentence)")
    #expect(finding.exercise.map(\.count) == [2, 25, 0, 0, 0, 0])
  }

  @Test func `A call that was cut off is itemised, and may be in the sums or not`() {
    func finding(_ prompt: Int, _ completion: Int) -> Finding {
      judge(Stated(usage: (prompt, completion))) { story in
        story.call("a1", for: story.ask("ana"), outcome: .cutOff)
      }
    }
    #expect(finding(10, 5).verdict == .held)
    #expect(finding(10, 5).sentence.contains("1 call cut off or in a disturbed world are itemised"))
    #expect(finding(20, 10).verdict == .held)
    #expect(finding(21, 5).verdict == .violated)
    #expect(finding(10, 11).verdict == .violated)
    #expect(finding(10, 4).verdict == .violated)
  }

  /// The fault begins so long after a call at 100 s: the vendor has two seconds to write it down.
  @Test(arguments: [(102, Verdict.held), (102 + moment, .violated)] as [(Double, Verdict)])
  func `Two seconds after a call a fault no longer excuses`(second: Double, verdict: Verdict) {
    let finding = judge { story in
      story.at(100)
      story.call("a1", for: story.ask("ana"))
      story.at(second)
      story.record(.fault(Event.Fault(name: "outage", phase: .began)))
      story.at(200)
      story.record(.fault(Event.Fault(name: "outage", phase: .ended)))
    }
    #expect(finding.verdict == verdict, "\(finding.sentence)")
  }

  @Test func `Another customer's calls are not this one's`() {
    let finding = judge { story in
      story.call("g1", for: story.ask("eve"), endpoint: "/v1/embeddings")
    }
    #expect(finding.verdict == .violated)
    #expect(finding.sentence.contains("of embeddings for g1; seen were 10 tokens"))
  }
}
