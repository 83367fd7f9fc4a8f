import Evidence
import Worlds

/// What the vendor claims to be towards each customer is what the wires show, and what it charges
/// for: seats, and tokens only on its own account, at the stated markup. Where it is
/// hosted, no call for the customer succeeds once the subscription has been cancelled. It shows
/// only where both completions and embeddings were seen.
enum DeploymentModel {
  static let guarantee = Guarantee(
    id: "deployment-model",
    statement: "What the vendor claims to be (pure, hybrid, fully hosted, self-hosted) is what the "
      + "wires show.",
    source: "BYOK gets used loosely in enterprise AI marketing.",
    consequence: "The customer pays for one model and lives with the risks of another.",
    claims: .always,
    check: check
  )

  static func check(_ story: Story) -> Finding {
    var breaches = Breaches()
    var told: [String] = []
    var calls = 0
    for tenant in story.facts.tenants {
      let observed = ObservedDeployment(of: tenant.id, in: story)
      calls += observed.completions.values.reduce(0, +) + observed.embeddings.values.reduce(0, +)
      Invoices(story, of: tenant)?.addDifferences(to: &breaches)
      addCallsBeforeBeginning(tenant.id, story, to: &breaches)
      addCallsAfterCancellation(tenant.id, story, to: &breaches)
      guard observed.isTelling else { continue }
      let claim = "\(tenant.id) is claimed to be \(tenant.deployment.words)"
      if observed.model == tenant.deployment {
        told.append("\(claim), and is: \(observed.words)")
      } else {
        let seen = observed.model?.words ?? "none of the models"
        breaches.add(
          "\(claim); the wires show \(seen): \(observed.words).",
          events: observed.events,
          weight: 1
        )
      }
    }
    return .judged(
      breaches,
      exercise: [
        Finding.Count("customers", story.facts.tenants.count),
        Finding.Count("of them told by their calls", told.count),
        Finding.Count("successful calls with their texts", calls),
      ],
      missing: told.isEmpty ? "No customer had both a completion and an embedding." : nil,
      held: "\(told.joined(separator: "; ").capitalisedFirst)."
    )
  }

  private static func addCallsAfterCancellation(
    _ tenant: String,
    _ story: Story,
    to breaches: inout Breaches
  ) {
    guard let cancelled = first(.cancelSubscription, of: tenant, story) else { return }
    let late = story.calls.first {
      $0.of.succeeded && $0.of.order > cancelled.of.afterOrder
        && $0.of.arrivedAt > cancelled.at + KeyRegister.transit
        && story.customers(of: $0).contains(tenant)
    }
    guard let late else { return }
    breaches.add(
      "Call \(late.of.order) for \(tenant) succeeded after its subscription had been cancelled.",
      events: [cancelled.event, late.event],
      weight: 2
    )
  }
}

extension DeploymentModel {
  private static func first(
    _ verb: Event.AdminAction.Verb,
    of tenant: String,
    _ story: Story
  ) -> Story.Occurrence<Event.AdminAction>? {
    story.keys.actions.first {
      $0.of.tenant == tenant && $0.of.verb == verb && $0.of.succeeded
    }
  }

  /// Where an administrator begins the subscription, nobody is served before.
  private static func addCallsBeforeBeginning(
    _ tenant: String,
    _ story: Story,
    to breaches: inout Breaches
  ) {
    guard let began = first(.startSubscription, of: tenant, story) else { return }
    let early = story.calls.first {
      $0.of.succeeded && $0.at < began.of.submittedAt && !$0.tenants.isEmpty
        && story.customers(of: $0).contains(tenant)
    }
    guard let early else { return }
    breaches.add(
      "Call \(early.of.order) for \(tenant) succeeded before its subscription had begun.",
      events: [early.event, began.event],
      weight: 2
    )
  }
}

extension Facts.Deployment {
  /// For a reader.
  package var words: String {
    switch self {
    case .pure: "pure BYOK"
    case .hybrid: "hybrid BYOK"
    case .hosted: "fully hosted"
    case .selfHosted: "self-hosted"
    }
  }
}
