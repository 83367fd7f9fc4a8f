import Evidence
import Worlds

/// After a revocation the vendor makes no model call for the customer: none on another key, none
/// with a key that its administrator removed, no more than three attempts with the dead key for one
/// message, no more than one probe a minute once it knows (from the provider's first rejection on,
/// messages then under way apart), and no answer from a store. What the administrator does in the
/// settings (trying a key, uploading a document) is no probe.
enum NoCallsAfterRevocation {
  static let guarantee = Guarantee(
    id: "no-calls-after-revocation",
    statement: "After revocation the vendor makes no model call for the customer by any means: no "
      + "other key, no background job, no retry storm, no cached answer.",
    source:
      "Your vendor cannot continue making model calls on your behalf after you revoke the key",
    consequence: "The customer's data goes on to a model after the customer said stop.",
    bounds: [
      "\(attemptsForOneMessage) attempts with the dead key for one message",
      "one probe in \(probeInterval.inSeconds) once the provider has rejected the key",
    ],
    check: check
  )

  static let attemptsForOneMessage = 3
  static let probeInterval: Duration = .seconds(60)

  static func check(_ story: Story) -> Finding {
    let revocations = Revocations(story)
    var breaches = Breaches()
    addForbiddenCalls(story, to: &breaches)
    addRetries(story, to: &breaches)
    for revocation in story.keys.revocations { addProbes(revocation, story, to: &breaches) }
    revocations.addUnfoundedAnswers(to: &breaches)
    return .judged(
      breaches,
      exercise: revocations.exercise,
      missing: revocations.missing,
      held: "\(revocations.tested.count.of("key")) ended in use and "
        + "\(revocations.messagesAsked.of("message")) followed: "
        + (revocations.refused == 0
          ? "no attempt with the ended key, and no call on any other."
          : "\(revocations.refused.of("attempt")) with the ended key, all refused, and no call "
            + "on any other.") + revocations.aside
    )
  }

  private static func addForbiddenCalls(_ story: Story, to breaches: inout Breaches) {
    for index in story.calls.indices {
      for tenant in story.customers(of: story.calls[index]) {
        let permission = story.permission(of: story.calls[index], for: tenant)
        guard permission != .permitted else { continue }
        let call = story.calls[index]
        switch permission {
        case .removed?: break
        case .notInstalled?:
          guard let revocation = story.keys.revocation(of: tenant, at: call.of.arrivedAt),
            call.of.order > revocation.afterOrder
          else { continue }
        case .permitted?, .ended?, nil: continue
        }
        breaches.add(
          "Call \(call.of.order) was made for \(tenant) after its revocation, on "
            + "\(story.keys.name(of: call.of.key)).",
          events: [call.event],
          weight: 3
        )
      }
    }
  }

  private static func isDead(_ call: Story.Call, _ story: Story) -> Bool {
    call.of.key.flatMap { story.keys.keys[$0] }?
      .isDead(atOrder: call.of.order, arrivedAt: call.of.arrivedAt) ?? false
  }

  private static func addRetries(_ story: Story, to breaches: inout Breaches) {
    for message in story.messages {
      let attempts = message.calls.map { story.calls[$0] }.filter { isDead($0, story) }
      // Of several that asked in the same words at once, each has its own attempts.
      let alike = Set(attempts.flatMap(\.possibleMessages)).count
      guard attempts.count > attemptsForOneMessage * max(1, alike) else { continue }
      breaches.add(
        "One message of \(message.of.person) cost \(attempts.count) attempts with a dead key; "
          + "\(attemptsForOneMessage) are allowed.",
        events: [message.event] + attempts.map(\.event),
        weight: 1
      )
    }
  }

  private static func addProbes(
    _ revocation: KeyRegister.Revocation,
    _ story: Story,
    to breaches: inout Breaches
  ) {
    let attempts = story.calls.filter {
      $0.of.key == revocation.key && isDead($0, story) && revocation.contains($0.of.arrivedAt)
    }.sorted { $0.of.order < $1.of.order }
    // An outage, or a provider that answers 503, tells nobody that the key is dead.
    guard let pausedAt = attempts.first(where: \.of.saysKeyIsDead)?.at else { return }
    let ofAdministrator = story.keys.actions.filter { $0.of.tenant == revocation.tenant }
    let probes = attempts.filter { call in
      if let message = call.message, story.messages[message].sentAt <= pausedAt { return false }
      // What the network makes of one probe is one.
      return call.of.arrivedAt > pausedAt && !story.wasDuplicating(at: call.of.arrivedAt)
        && !ofAdministrator.contains {
          $0.of.submittedAt <= call.of.arrivedAt && call.of.arrivedAt <= $0.at
        }
    }
    for (earlier, later) in zip(probes, probes.dropFirst()) {
      let gap = later.of.arrivedAt - earlier.of.arrivedAt
      // The wire may shorten the interval that the vendor kept.
      guard gap + KeyRegister.transit < probeInterval else { continue }
      breaches.add(
        "\(revocation.tenant) was paused, yet its dead key was tried again after "
          + "\(gap.inSeconds); once a minute is allowed.",
        events: [earlier.event, later.event],
        weight: 1
      )
    }
  }
}
