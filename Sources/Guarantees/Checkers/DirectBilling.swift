import Evidence

/// The provider's books agree with the calls that were seen, token for token, for each key,
/// project, endpoint and model; every call with a customer's text that cost tokens ran on a key
/// that this customer's administrator had handed over; and every answer rests on such a call.
/// What the vendor itself charges is seats by its price list, to the cent, and no token.
/// Calls that were cut off before their usage was sent may stand in the books or not, and are told
/// apart.
enum DirectBilling {
  static let guarantee = Guarantee(
    id: "direct-billing",
    statement: "Model costs land on the customer's provider account, without markup: the "
      + "provider's ledger, the observed calls and the vendor's invoice reconcile, to the token "
      + "and the cent.",
    source: "Model API costs are billed directly to your OpenAI account with no vendor markup",
    consequence: "The customer pays somebody else for what it cannot check.",
    bounds: [
      "no token and no cent of difference; calls that were cut off before their usage came are "
        + "told apart"
    ],
    check: check
  )

  static func check(_ story: Story) -> Finding {
    var breaches = Breaches()
    let accounts = Accounts(story)
    accounts.addDifferences(to: &breaches, story)
    addForeignCosts(story, to: &breaches)
    // Who pays for tokens on its own account charges for them; that claim is deployment-model's.
    for tenant in story.facts.tenants where [.pure, .selfHosted].contains(tenant.deployment) {
      Invoices(story, of: tenant)?.addDifferences(to: &breaches)
    }
    let answered = addUnpaidAnswers(story, to: &breaches)
    return .judged(
      breaches,
      exercise: [
        Finding.Count("rows of the provider's books", story.ledger.count),
        Finding.Count("completed calls", accounts.completedCalls),
        Finding.Count("tokens", accounts.completedTokens),
        Finding.Count("calls cut off, unreconciled", accounts.cutOffCalls),
        Finding.Count("answers", answered),
        Finding.Count("lines of invoices", story.invoiceLines.count),
      ],
      missing: missing(story, answered: answered),
      held: "\(accounts.completedTokens.of("token")) of \(accounts.completedCalls.of("call")) "
        + "reconcile with the provider's books, and all \(answered.of("answer")) were paid by "
        + "the customer's own account\(accounts.unreconciled)."
    )
  }

  private static func missing(_ story: Story, answered: Int) -> String? {
    if story.ledger.isEmpty { return "The provider's books hold nothing of this story." }
    return answered == 0 ? "Nobody got an answer, so there was nothing to pay." : nil
  }

  private static func addForeignCosts(_ story: Story, to breaches: inout Breaches) {
    for index in story.calls.indices {
      guard story.calls[index].of.succeeded, let key = story.calls[index].of.key,
        story.calls[index].of.promptTokens + story.calls[index].of.completionTokens > 0
      else { continue }
      for tenant in story.calls[index].tenants
      where !story.keys.wasSubmitted(key, by: tenant) {
        let call = story.calls[index]
        breaches.add(
          "Call \(call.of.order) to \(call.of.endpoint) for \(tenant) was billed to "
            + "\(story.keys.name(of: key)), which its administrator never installed.",
          events: [call.event],
          weight: Int64(call.of.promptTokens + call.of.completionTokens)
        )
      }
    }
  }

  private static func addUnpaidAnswers(_ story: Story, to breaches: inout Breaches) -> Int {
    var answered = 0
    for message in story.messages {
      guard let answer = story.answers(to: message).first else { continue }
      answered += 1
      let isPaid = answer.of.completionCanaries.contains { canary in
        guard let call = story.call(completing: canary), let key = call.of.key else { return false }
        return story.keys.wasSubmitted(key, by: message.of.tenant)
      }
      guard !isPaid else { continue }
      breaches.add(
        "An answer to \(message.of.person) rests on no call that its company paid.",
        events: [message.event, answer.event]
      )
    }
    return answered
  }
}
