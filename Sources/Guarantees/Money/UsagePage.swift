import Evidence

/// The vendor's own usage page against the calls that were seen, by key and kind.
struct UsagePage {
  private(set) var rows = 0
  private(set) var tokens = 0
  private(set) var cutOffCalls = 0

  /// Only where the page was read at all: a vendor need not have one.
  mutating func addDifferences(
    from seen: SeenUsage,
    _ story: Story,
    to breaches: inout Breaches
  ) {
    rows = story.usageLines.count
    guard rows > 0 else { return }
    for line in story.usageLines {
      tokens += line.of.promptTokens + line.of.completionTokens
      cutOffCalls += line.of.cutOffCalls
      if line.of.key == nil, !line.of.isOnVendorAccount {
        breaches.add(
          "The vendor's usage page for \(line.of.tenant) names a key that is none of the "
            + "customer's.",
          events: [line.event]
        )
      }
    }
    for tenant in story.facts.tenants {
      for kind in CallKind.allCases {
        for account in accounts(of: tenant.id, story, seen) {
          let calls = seen.calls(of: tenant.id, on: account, kind)
          compare(tenant.id, account, kind, calls, story, &breaches)
        }
      }
    }
  }

  /// Sorted; nil for the vendor's account.
  private func accounts(
    of tenant: String,
    _ story: Story,
    _ seen: SeenUsage
  ) -> [Event.Key?] {
    let used = seen.keys.filter { story.keys.wasSubmitted($0, by: tenant) }
    let stated = story.usageLines.filter { $0.of.tenant == tenant }.compactMap(\.of.key)
    return [nil] + Set(used + stated).sorted().map { $0 }
  }

  private func compare(
    _ tenant: String,
    _ account: Event.Key?,
    _ kind: CallKind,
    _ calls: SeenUsage.Calls,
    _ story: Story,
    _ breaches: inout Breaches
  ) {
    let seen = calls.sums
    let lines = story.usageLines.filter { line in
      line.of.tenant == tenant && CallKind(endpoint: line.of.endpoint) == kind
        && (account == nil ? line.of.isOnVendorAccount : line.of.key == account)
    }
    let stated = lines.reduce(0) { $0 + $1.of.calls }
    let prompt = lines.reduce(0) { $0 + $1.of.promptTokens }
    let completion = lines.reduce(0) { $0 + $1.of.completionTokens }
    let cutOff = lines.reduce(0) { $0 + $1.of.cutOffCalls }
    guard
      !seen.calls.contains(stated) || !seen.prompt.contains(prompt)
        || !seen.completion.contains(completion) || cutOff > seen.looseCalls
    else { return }
    let name = account.map { story.keys.name(of: $0) } ?? "the vendor's account"
    breaches.add(
      "The vendor's usage page for \(tenant) says \(stated.of("call")) and "
        + "\((prompt + completion).of("token")) of \(kind.rawValue) on \(name); seen were "
        + "\(seen.firmCalls.of("call")) and \((seen.firmPrompt + seen.firmCompletion).of("token"))"
        + (seen.looseCalls > 0 ? ", and \(seen.looseCalls) that cannot be told" : "") + ".",
      events: lines.map(\.event) + calls.events,
      weight: Int64(abs(prompt + completion - seen.firmPrompt - seen.firmCompletion)) + 1
    )
  }
}
