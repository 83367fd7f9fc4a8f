import Evidence

/// Every call that carries a customer's questions or documents presents a key that this customer's
/// administrator handed over, and carries nothing of another customer; every call that succeeds
/// without such a trace presents a key that some administrator handed over, and is made while that
/// administrator tries it out: what else runs on a customer's key is not the customer's.
/// Embeddings, titles and summaries are calls like any other. A vendor's own key is permitted where
/// an administrator installed it. It shows only where another key was there to be used.
enum NoPooling {
  static let guarantee = Guarantee(
    id: "no-pooling",
    statement: "The customer's key serves that customer only, and the customer's traffic runs on "
      + "that key only, side calls included.",
    source: "Your API key is not pooled with other customers on the vendor's account",
    consequence: "One customer pays for another's questions, or its data runs under an account "
      + "that it does not control.",
    check: check
  )

  static func check(_ story: Story) -> Finding {
    var breaches = Breaches()
    var carrying = 0
    var sideCalls = 0
    for index in story.calls.indices {
      guard let key = story.calls[index].of.key else { continue }
      if story.calls[index].of.succeeded, !story.calls[index].tenants.isEmpty {
        carrying += 1
        if story.calls[index].of.completionCanary == nil { sideCalls += 1 }
      }
      add(story.calls[index], on: key, story, to: &breaches)
    }
    let owners = Set(story.keys.keys.values.map(\.created.of.owner))
    let exercise = [
      Finding.Count("successful calls with a customer's texts", carrying),
      Finding.Count("of them side calls", sideCalls),
      Finding.Count("owners of keys", owners.count),
    ]
    return .judged(
      breaches,
      exercise: exercise,
      missing: missing(carrying: carrying, owners: owners.count),
      held: "All \(carrying.of("call")) with a customer's texts, \(sideCalls) of them side calls, "
        + "ran on that customer's own key, \(spared(owners))."
    )
  }

  private static func add(
    _ call: Story.Call,
    on key: Event.Key,
    _ story: Story,
    to breaches: inout Breaches
  ) {
    if call.tenants.count > 1 {
      breaches.add(
        "Call \(call.of.order) carries texts of \(call.tenants.listed) together.",
        events: [call.event],
        weight: 2
      )
    }
    for tenant in call.tenants where !story.keys.wasSubmitted(key, by: tenant) {
      breaches.add(
        "Call \(call.of.order) to \(call.of.endpoint) carries texts of \(tenant) on "
          + "\(story.keys.name(of: key)), which its administrator never installed.",
        events: [call.event],
        weight: 1
      )
    }
    if call.tenants.isEmpty, call.of.succeeded, story.keys.submitters(of: key).isEmpty {
      breaches.add(
        "Call \(call.of.order) to \(call.of.endpoint) ran on \(story.keys.name(of: key)), which "
          + "no administrator installed.",
        events: [call.event]
      )
    } else if call.tenants.isEmpty, call.costsTokens, !story.isTrial(call),
      !story.isProbe(call)
    {
      breaches.add(
        "Call \(call.of.order) to \(call.of.endpoint) ran on \(story.keys.name(of: key)) and "
          + "carries nothing of \(story.keys.submitters(of: key).listed).",
        events: [call.event]
      )
    }
  }

  /// Whose keys could have been used instead.
  private static func spared(_ owners: Set<KeyOwner>) -> String {
    [
      owners.contains(.vendor) ? "none on the vendor's own" : nil,
      owners.count(where: { $0 != .vendor }) > 1 ? "none on another customer's" : nil,
    ].compactMap { $0 }.listed
  }

  private static func missing(carrying: Int, owners: Int) -> String? {
    if carrying == 0 { return "No successful call carried a customer's text." }
    if owners < 2 { return "There was no other owner's key that could have been used instead." }
    return nil
  }
}
