import Evidence
import Worlds

/// Judged on the access log of the secret manager that keeps a customer's key, which the vendor
/// does not write. Every provider call with such a key has a completed retrieval of that very key
/// for itself, at most five seconds old; a retrieval serves one call and no second; and none is
/// made for no call. The probe: the key is changed past the vendor, and the next call carries the
/// new one.
///
/// Calls by which an administrator's submission is tried out carry a key that the administrator has
/// just handed over, and need no retrieval. With a store of the vendor's own nobody outside can see
/// when the key is taken out of it: not claimed.
enum JustInTimeRetrieval {
  static let guarantee = Guarantee(
    id: "just-in-time-retrieval",
    statement: "The key is fetched from the secret manager only for a call, one retrieval a call, "
      + "and kept nowhere between calls.",
    source: "The key is never stored in plaintext and is retrieved by the application only at the "
      + "time of an API call.",
    consequence: "A key that was taken back lives on in the vendor's memory, and a dump of it "
      + "holds the customer's key at any hour.",
    bounds: [
      "a retrieval at most \(freshness.inSeconds) before its call, one for each call, none for no "
        + "call"
    ],
    check: check
  )

  /// How old a retrieval may be when its call reaches the provider.
  static let freshness: Duration = .seconds(5)
  /// A retrieval whose call never arrived is told from one for no call only in quiet times.
  private static let quiet: Duration = .seconds(60)

  private struct Retrieval {
    var event: Int
    var at: Timestamp
    var tenant: String
    var key: Event.Key
    var served: [Story.Call] = []
  }

  static func check(_ story: Story) -> Finding {
    let watched = Set(story.facts.tenants.filter { $0.secretManager != nil }.map(\.id))
    guard !watched.isEmpty else {
      return Finding(
        verdict: .notClaimed,
        sentence: "The vendor keeps the key in a store of its own: nobody outside can see when "
          + "it is taken out."
      )
    }
    var retrievals = story.secretAccesses.compactMap { access -> Retrieval? in
      guard access.of.operation == .read, access.of.succeeded, let key = access.of.key,
        let tenant = access.of.tenant
      else { return nil }
      return Retrieval(event: access.event, at: access.at, tenant: tenant, key: key)
    }
    let calls = judged(story, watched)
    var breaches = Breaches()
    for call in calls { match(call, &retrievals, story, &breaches) }
    addUnused(retrievals, story, &breaches)
    let probes = probes(story, calls, &breaches)
    let served = retrievals.count { !$0.served.isEmpty }
    let oldest = retrievals.flatMap { retrieval in
      retrieval.served.map { $0.of.arrivedAt - retrieval.at }
    }.max()
    return .judged(
      breaches,
      exercise: [
        Finding.Count("provider calls on a kept key", calls.count),
        Finding.Count("completed retrievals", retrievals.count),
        Finding.Count("retrievals that served a call", served),
        Finding.Count("changes past the vendor, followed by a call", probes),
      ],
      missing: missing(calls: calls.count, probes: probes),
      held: "Each of \(calls.count.of("provider call")) had a retrieval of its own, at most "
        + "\((oldest ?? .zero).inSeconds) old, and after \(probes.of("change")) past the vendor "
        + "the next call carried the new key."
    )
  }

  /// In the order in which they reached the providers.
  private static func judged(_ story: Story, _ watched: Set<String>) -> [Story.Call] {
    story.calls.filter { call in
      guard let key = call.of.key else { return false }
      let customers = story.keys.submitters(of: key)
      return customers.contains(where: watched.contains)
        && !story.isTrial(call) && !isCopy(call, story)
    }.sorted { ($0.of.arrivedAt, $0.of.order) < ($1.of.arrivedAt, $1.of.order) }
  }

  /// Whether the network may have made the call out of another: its doing, not the vendor's.
  private static func isCopy(_ call: Story.Call, _ story: Story) -> Bool {
    story.wasDuplicating(at: call.of.arrivedAt)
  }

  private static func match(
    _ call: Story.Call,
    _ retrievals: inout [Retrieval],
    _ story: Story,
    _ breaches: inout Breaches
  ) {
    let fitting = retrievals.indices.filter { index in
      retrievals[index].key == call.of.key && retrievals[index].at <= call.of.arrivedAt
    }
    let fresh = fitting.filter { call.of.arrivedAt - retrievals[$0].at <= freshness }
    if let free = fresh.first(where: { retrievals[$0].served.isEmpty }) {
      retrievals[free].served.append(call)
      return
    }
    // A call that a fault kept on its way was begun when its key was fresh.
    if let late = fitting.last(where: { retrievals[$0].served.isEmpty }),
      story.isDisturbed(from: retrievals[late].at, to: call.of.arrivedAt)
    {
      retrievals[late].served.append(call)
      return
    }
    let name = story.keys.name(of: call.of.key)
    if let used = fresh.last, let other = retrievals[used].served.last {
      breaches.add(
        "Call \(call.of.order) used \(name) from the retrieval that call \(other.of.order) had "
          + "used already.",
        events: [retrievals[used].event, other.event, call.event],
        weight: 1
      )
    } else if let newest = fitting.last {
      let age = call.of.arrivedAt - retrievals[newest].at
      breaches.add(
        "Call \(call.of.order) used \(name), which had last been retrieved "
          + "\(age.inSeconds) before.",
        events: [retrievals[newest].event, call.event],
        weight: age.nanoseconds
      )
    } else {
      breaches.add(
        "Call \(call.of.order) used \(name), which had never been retrieved.",
        events: [call.event],
        weight: Int64.max
      )
    }
  }

  private static func addUnused(
    _ retrievals: [Retrieval],
    _ story: Story,
    _ breaches: inout Breaches
  ) {
    for retrieval in retrievals where retrieval.served.isEmpty {
      guard retrieval.at + quiet < story.endedAt,
        !story.disturbances.contains(where: { disturbance in
          disturbance.from <= retrieval.at + quiet
            && disturbance.until.map { retrieval.at <= $0 + quiet } ?? true
        })
      else { continue }
      breaches.add(
        "\(story.keys.name(of: retrieval.key)) was retrieved, and no call followed.",
        events: [retrieval.event]
      )
    }
  }

  /// The number of changes past the vendor that were followed by a call.
  private static func probes(
    _ story: Story,
    _ calls: [Story.Call],
    _ breaches: inout Breaches
  ) -> Int {
    var followed = 0
    for change in story.secretChanges {
      let next = calls.first { call in
        call.of.arrivedAt > change.at + KeyRegister.transit
          && story.customers(of: call).contains(change.of.tenant)
      }
      guard let next else { continue }
      followed += 1
      guard next.of.key != change.of.key, !isSuperseded(change, before: next, story) else {
        continue
      }
      breaches.add(
        "The key of \(change.of.tenant) was changed to \(story.keys.name(of: change.of.key)) in "
          + "the secret manager, and the next call, \(next.of.order), still carried "
          + "\(story.keys.name(of: next.of.key)).",
        events: [change.event, next.event],
        weight: 2
      )
    }
    return followed
  }

  /// Whether an administrator set yet another key before the call came.
  private static func isSuperseded(
    _ change: Story.Occurrence<Event.SecretChanged>,
    before call: Story.Call,
    _ story: Story
  ) -> Bool {
    story.keys.actions.contains {
      $0.of.tenant == change.of.tenant && $0.of.verb == .installKey && $0.event > change.event
        && $0.of.submittedAt <= call.of.arrivedAt
    }
  }

  private static func missing(calls: Int, probes: Int) -> String? {
    if calls == 0 { return "No provider call used a key that a secret manager keeps." }
    return probes == 0
      ? "The key was not changed past the vendor, so a copy in its memory would not show." : nil
  }
}
