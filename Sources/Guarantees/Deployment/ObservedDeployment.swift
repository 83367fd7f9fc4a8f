package import Evidence
import Worlds

/// What a vendor is towards one customer, by the wires alone: whose keys its successful calls
/// with the customer's texts presented, at hosts of whose network, and where else it went.
package struct ObservedDeployment: Sendable, Equatable {
  package enum Payer: String, Sendable, Comparable {
    case customer
    case vendor
    /// Another customer, or nobody known.
    case other

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package private(set) var completions: [Payer: Int] = [:]
  package private(set) var embeddings: [Payer: Int] = [:]
  /// Hosts of the calls, sorted.
  package private(set) var hosts: [String] = []
  /// Hosts outside of the customer's network and the chat platforms' to which anything went.
  package private(set) var hostsOutside: [String] = []
  /// Whether the vendor's program stands in the customer's network.
  package private(set) var runsAtCustomer: Bool
  /// Events of the calls, the first of each kind.
  package private(set) var events: [Int] = []

  package init(of tenant: String, in story: Story) {
    let zones = Dictionary(
      story.facts.hosts.map { ($0.name, $0.zone) },
      uniquingKeysWith: { first, _ in first }
    )
    runsAtCustomer = story.facts.hosts.contains { $0.role == .vendor && $0.zone == .customer }
    var places: Set<String> = []
    for index in story.calls.indices
    where story.calls[index].of.succeeded && story.calls[index].tenants.contains(tenant) {
      let payer = Self.payer(of: story.calls[index], for: tenant, story)
      places.insert(story.calls[index].of.host)
      let isFirst: Bool
      if story.calls[index].of.completionCanary == nil {
        isFirst = embeddings[payer] == nil
        embeddings[payer, default: 0] += 1
      } else {
        isFirst = completions[payer] == nil
        completions[payer, default: 0] += 1
      }
      if isFirst { events.append(story.calls[index].event) }
    }
    hosts = places.sorted()
    hostsOutside = Set(story.exchanges.lazy.map(\.of.host)).filter { host in
      switch zones[host] ?? .elsewhere {
      case .customer, .chatPlatform: false
      case .vendor, .provider, .elsewhere: true
      }
    }.sorted()
  }

  /// Nil where the calls fit none of the models, or too few were seen to tell.
  package var model: Facts.Deployment? {
    guard isTelling else { return nil }
    switch (completions.keys.sorted(), embeddings.keys.sorted()) {
    case ([.customer], [.customer]):
      return runsAtCustomer && hostsOutside.isEmpty ? .selfHosted : .pure
    case ([.customer], [.vendor]): return .hybrid
    case ([.vendor], [.vendor]): return .hosted
    default: return nil
    }
  }

  /// Whether a completion and an embedding were seen: fewer fit several models.
  package var isTelling: Bool { !completions.isEmpty && !embeddings.isEmpty }

  /// What was seen, for a reader.
  package var words: String {
    func said(_ counts: [Payer: Int], _ noun: String) -> [String] {
      counts.keys.sorted().map { payer in
        "\((counts[payer] ?? 0).of(noun)) on \(payer.words)"
      }
    }
    let calls = said(completions, "completion") + said(embeddings, "embedding")
    let outside =
      runsAtCustomer && !hostsOutside.isEmpty
      ? "; from the customer's network it went out to \(hostsOutside.listed)" : ""
    return "\(calls.listed), at \(hosts.listed)\(outside)"
  }

  private static func payer(of call: Story.Call, for tenant: String, _ story: Story) -> Payer {
    guard let key = call.of.key else { return .other }
    if story.keys.wasSubmitted(key, by: tenant) { return .customer }
    switch story.keys.owner(of: key) {
    case .tenant(tenant)?: return .customer
    case .vendor?: return .vendor
    case .tenant?, nil: return .other
    }
  }
}

extension ObservedDeployment.Payer {
  fileprivate var words: String {
    switch self {
    case .customer: "the customer's own keys"
    case .vendor: "the vendor's account"
    case .other: "keys of somebody else"
    }
  }
}
