import Evidence

/// A key travels only in the credential header of requests to the provider host that its customer's
/// administrator set with it: a key of OpenAI goes to OpenAI and no further, a key of an Azure
/// resource to that resource. Where the administrator named none with the key, the customer's
/// hosts count. A key that no administrator installed may travel to no host but a provider's. A
/// request has one credential: a second key in its headers is one that somebody may pick up.
enum RightDestination {
  static let guarantee = Guarantee(
    id: "right-destination",
    statement: "The key travels only to the provider endpoint that its administrator set: no other "
      + "host, no redirect, no other place in the request.",
    source: "The app sends the assembled prompt to the OpenAI API using the key you provided in "
      + "admin settings.",
    consequence: "A stranger holds the customer's key.",
    check: check
  )

  static func check(_ story: Story) -> Finding {
    var hostsByTenant: [String: Set<String>] = [:]
    for tenant in story.facts.tenants { hostsByTenant[tenant.id] = Set(tenant.providerHosts) }
    let providers = Set(story.facts.hosts.filter { $0.role == .provider }.map(\.name))
    var breaches = Breaches()
    var carrying = 0
    var hosts: Set<String> = []
    for exchange in story.exchanges {
      guard let key = exchange.of.key else { continue }
      carrying += 1
      hosts.insert(exchange.of.host)
      var customers = story.keys.submitters(of: key)
      if customers.isEmpty, case .tenant(let owner)? = story.keys.owner(of: key) {
        customers = [owner]
      }
      var allowed = story.keys.destinations(of: key)
      if allowed.isEmpty {
        allowed =
          customers.isEmpty
          ? providers : customers.reduce(into: Set()) { $0.formUnion(hostsByTenant[$1] ?? []) }
      }
      guard !allowed.contains(exchange.of.host) else { continue }
      breaches.add(
        "\(story.keys.name(of: key)) travelled to \(exchange.of.host) (\(exchange.of.method) "
          + "\(exchange.of.path)), which its administrator had not set.",
        events: [exchange.event],
        weight: providers.contains(exchange.of.host) ? 1 : 2
      )
    }
    for sighting in story.sightings where sighting.of.surface == .request {
      guard case .key(let key) = sighting.of.subject else { continue }
      breaches.add(
        "\(story.keys.name(of: key)) travelled beside the credential of the call: "
          + "\(sighting.of.place).",
        events: [sighting.event],
        weight: 1
      )
    }
    return .judged(
      breaches,
      exercise: [
        Finding.Count("requests with a key", carrying),
        Finding.Count("hosts that they went to", hosts.count),
      ],
      missing: carrying == 0 ? "No request carried a key." : nil,
      held: "All \(carrying.of("request")) with a key went to the hosts that their administrators "
        + "had set: \(hosts.sorted().listed)."
    )
  }
}
