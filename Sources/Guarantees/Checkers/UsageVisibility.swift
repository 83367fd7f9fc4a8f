import Evidence

/// Every call with a customer's text that cost tokens ran on a key that its administrator had
/// handed over; the provider's usage API shows it under that key, token for token; the cost API
/// shows the same tokens at the list price; and the vendor's own usage page says nothing else.
/// Calls that were cut off, or under way in a disturbed world, are itemised. Keys of Azure
/// resources have no such interfaces: their books are judged by direct-billing and azure-parity.
enum UsageVisibility {
  static let guarantee = Guarantee(
    id: "usage-visibility",
    statement: "Every token that the assistant spends shows in the provider's usage and cost APIs, "
      + "under the customer's key, and the vendor's own usage page agrees with them.",
    source: "You have full visibility into token usage through the OpenAI dashboard",
    consequence: "Part of what the assistant does is paid, or hidden, where the customer cannot "
      + "look.",
    check: check
  )

  static func check(_ story: Story) -> Finding {
    var breaches = Breaches()
    addInvisible(story, to: &breaches)
    var tokens = 0
    var loose = 0
    var keys = 0
    let usage = SeenUsage(story)
    for (name, key) in reportedKeys(story) {
      keys += 1
      let reports = story.providerReports.filter { $0.of.key == key }
      for kind in CallKind.allCases {
        let seen = usage.calls(on: key, kind).sums
        tokens += seen.firmPrompt + seen.firmCompletion
        loose += seen.looseCalls
        compareUsage(name, kind, seen, reports, &breaches)
      }
      compareCosts(name, reports, story, &breaches)
    }
    var page = UsagePage()
    page.addDifferences(from: usage, story, to: &breaches)
    let itemised =
      loose == 0 ? "" : "; \(loose.of("call")) cut off or in a disturbed world are itemised"
    return .judged(
      breaches,
      exercise: [
        Finding.Count("keys in the provider's reports", keys),
        Finding.Count("tokens", tokens),
        Finding.Count("rows of the vendor's usage page", page.rows),
        Finding.Count("tokens on it", page.tokens),
        Finding.Count("calls that cannot be reconciled", loose),
        Finding.Count("calls that the page itemises as cut off", page.cutOffCalls),
      ],
      missing: tokens == 0 ? "The provider's reports hold nothing of a customer's key." : nil,
      held: "\(tokens.of("token")) on \(keys.of("key")) stand in the provider's usage and cost APIs"
        + (page.rows > 0 ? ", and the vendor's usage page says the same" : "") + itemised + "."
    )
  }

  /// Keys that administrators handed over and the provider's interfaces speak of, by name.
  private static func reportedKeys(_ story: Story) -> [(name: String, key: Event.Key)] {
    let hosts = Set(
      story.providerReports.compactMap {
        story.keys.keys[$0.of.key]?.created.of.providerHost
      }
    )
    return story.keys.keys.filter { key, known in
      !story.keys.submitters(of: key).isEmpty && hosts.contains(known.created.of.providerHost)
    }.map { (story.keys.name(of: $0.key), $0.key) }.sorted { $0.name < $1.name }
  }

  private static func addInvisible(_ story: Story, to breaches: inout Breaches) {
    for index in story.calls.indices where story.calls[index].costsTokens {
      guard let key = story.calls[index].of.key else { continue }
      for tenant in story.calls[index].tenants
      where !story.keys.wasSubmitted(key, by: tenant) {
        let call = story.calls[index]
        breaches.add(
          "\((call.of.promptTokens + call.of.completionTokens).of("token")) of call "
            + "\(call.of.order) for \(tenant) show under \(story.keys.name(of: key)), where "
            + "\(tenant) cannot look.",
          events: [call.event],
          weight: Int64(call.of.promptTokens + call.of.completionTokens) + 2
        )
      }
    }
  }

  private static func compareUsage(
    _ name: String,
    _ kind: CallKind,
    _ seen: TokenSums,
    _ reports: [Story.Occurrence<Event.ProviderReport>],
    _ breaches: inout Breaches
  ) {
    let usage = reports.filter { $0.of.source == .usage && $0.of.item == kind.rawValue }
    let prompt = usage.reduce(0) { $0 + $1.of.promptTokens }
    let completion = usage.reduce(0) { $0 + $1.of.completionTokens }
    guard !seen.prompt.contains(prompt) || !seen.completion.contains(completion) else { return }
    breaches.add(
      "The provider's usage API says \((prompt + completion).of("token")) of \(kind.rawValue) for "
        + "\(name); seen were \((seen.firmPrompt + seen.firmCompletion).of("token")).",
      events: usage.map(\.event),
      weight: 2
    )
  }

  /// The same tokens as in the usage API, and where the list price is known, at that price.
  private static func compareCosts(
    _ name: String,
    _ reports: [Story.Occurrence<Event.ProviderReport>],
    _ story: Story,
    _ breaches: inout Breaches
  ) {
    let usage = reports.filter { $0.of.source == .usage }
    let costs = reports.filter { $0.of.source == .costs }
    func sum(_ all: [Story.Occurrence<Event.ProviderReport>]) -> Int {
      all.reduce(0) { $0 + $1.of.promptTokens + $1.of.completionTokens }
    }
    if sum(usage) != sum(costs) {
      breaches.add(
        "The provider's cost API has \(sum(costs).of("token")) for \(name), and its usage API "
          + "\(sum(usage).of("token")).",
        events: (usage + costs).map(\.event),
        weight: 2
      )
    }
    for cost in costs {
      guard let price = listPrice(of: cost.of.item, story) else { continue }
      let due = price * Int64(cost.of.promptTokens + cost.of.completionTokens)
      guard due != cost.of.nanoDollars else { continue }
      breaches.add(
        "The provider's cost API charges \(name) \(cost.of.nanoDollars) billionths of a dollar "
          + "for '\(cost.of.item)'; by the list price it is \(due).",
        events: [cost.event],
        weight: 2
      )
    }
  }

  /// For a token of a line such as `gpt-4o-mini-2024-07-18, input_tokens`.
  private static func listPrice(of item: String, _ story: Story) -> Int64? {
    let prices = (story.facts.terms?.tokenPrices ?? []).filter { item.hasPrefix($0.model) }
    guard let price = prices.max(by: { $0.model.utf8.count < $1.model.utf8.count }) else {
      return nil
    }
    if item.hasSuffix(", input_tokens") { return price.input }
    return item.hasSuffix(", output_tokens") ? price.output : nil
  }
}
