import Evidence

/// The vendor's own usage page against the calls that were seen, by key and kind.
struct UsagePage {
  private(set) var rows = 0
  private(set) var tokens = 0
  private(set) var cutOffCalls = 0

  /// Only where the page was read at all: a vendor need not have one.
  mutating func addDifferences(_ story: Story, to breaches: inout Breaches) {
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
        for account in accounts(of: tenant.id, story) {
          compare(tenant.id, account, kind, story, &breaches)
        }
      }
    }
  }

  /// Keys by their texts, sorted; nil for the vendor's account.
  private func accounts(of tenant: String, _ story: Story) -> [String?] {
    let used = story.calls.filter { $0.costsTokens }.compactMap { call in
      call.of.key.flatMap { story.keys.wasSubmitted($0, by: tenant) ? "\($0)" : nil }
    }
    let stated = story.usageLines.filter { $0.of.tenant == tenant }
      .compactMap { $0.of.key.map { "\($0)" } }
    return [nil] + Set(used + stated).sorted().map { $0 }
  }

  private func compare(
    _ tenant: String,
    _ account: String?,
    _ kind: CallKind,
    _ story: Story,
    _ breaches: inout Breaches
  ) {
    let calls = story.calls.filter { call in
      guard call.costsTokens, call.kind == kind, let key = call.of.key else { return false }
      guard let account else { return story.isOnVendorAccount(call, for: tenant) }
      return "\(key)" == account
    }
    let seen = TokenSums(calls, story)
    let lines = story.usageLines.filter { line in
      line.of.tenant == tenant && CallKind(endpoint: line.of.endpoint) == kind
        && (account == nil ? line.of.isOnVendorAccount : line.of.key.map { "\($0)" } == account)
    }
    let stated = lines.reduce(0) { $0 + $1.of.calls }
    let prompt = lines.reduce(0) { $0 + $1.of.promptTokens }
    let completion = lines.reduce(0) { $0 + $1.of.completionTokens }
    let cutOff = lines.reduce(0) { $0 + $1.of.cutOffCalls }
    guard
      !seen.calls.contains(stated) || !seen.prompt.contains(prompt)
        || !seen.completion.contains(completion) || cutOff > seen.looseCalls
    else { return }
    let key = calls.first?.of.key ?? lines.first?.of.key
    let name = account == nil ? "the vendor's account" : story.keys.name(of: key)
    breaches.add(
      "The vendor's usage page for \(tenant) says \(stated.of("call")) and "
        + "\((prompt + completion).of("token")) of \(kind.rawValue) on \(name); seen were "
        + "\(seen.firmCalls.of("call")) and \((seen.firmPrompt + seen.firmCompletion).of("token"))"
        + (seen.looseCalls > 0 ? ", and \(seen.looseCalls) that cannot be told" : "") + ".",
      events: (lines.map(\.event) + calls.prefix(2).map(\.event)),
      weight: Int64(abs(prompt + completion - seen.firmPrompt - seen.firmCompletion)) + 1
    )
  }
}

extension Story {
  /// Whether a call for this customer ran on the vendor's own account: on a key of the vendor's
  /// that the customer's administrator did not install.
  func isOnVendorAccount(_ call: Call, for tenant: String) -> Bool {
    guard let key = call.of.key, call.tenants.contains(tenant) else { return false }
    return keys.owner(of: key) == .vendor && !keys.wasSubmitted(key, by: tenant)
  }
}
