package import Evidence

/// Which class of data was seen in whose network, by the wires alone. It demonstrates the limits of
/// bringing a key: what the map shows, no key can change.
package struct DataFlow: Sendable, Equatable {
  package enum Kind: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case question
    case retrievedText = "retrieved-text"
    case answer
    case identity
    case key
  }

  /// How often each was seen there; what was never seen is left out.
  private var counts: [Facts.Zone: [Kind: Int]] = [:]

  package init() {}

  /// Nothing was seen in hands that did not take part.
  package func count(of kind: Kind, in zone: Facts.Zone) -> Int { counts[zone]?[kind] ?? 0 }

  package static func + (left: Self, right: Self) -> Self {
    var sum = left
    for (zone, seen) in right.counts {
      for (kind, count) in seen { sum.counts[zone, default: [:]][kind, default: 0] += count }
    }
    return sum
  }

  package init(_ history: History) {
    let facts = history.facts
    let zones = Dictionary(
      facts.hosts.map { ($0.name, $0.zone) },
      uniquingKeysWith: { first, _ in first }
    )
    func zone(of role: Facts.Host.Role) -> Facts.Zone {
      facts.hosts.first { $0.role == role }?.zone ?? role.zone
    }
    let vendor = zone(of: .vendor)
    let manager = zone(of: .secretManager)
    var questions: Set<String> = []
    // A vendor's own key is its own affair.
    var vendorsKeys: Set<Event.Key> = []
    for event in history.events {
      switch event.kind {
      case .keyCreated(let created) where created.owner == .vendor:
        vendorsKeys.insert(created.key)
      case .messageSent(let message):
        questions.insert(message.questionCanary)
        add([.question, .identity], in: .chatPlatform)
      case .delivery(let delivery) where (200..<300).contains(delivery.status):
        add([.question, .identity], in: vendor)
      case .adminAction(let action):
        switch action.verb {
        case .installKey, .installStandby, .checkKey: add([.key], in: vendor)
        case .uploadDocument, .removeKey, .removeDocument, .startSubscription,
          .cancelSubscription:
          break
        }
      case .providerCall(let call):
        let place = zones[call.host] ?? .elsewhere
        if call.promptCanaries.contains(where: questions.contains) { add([.question], in: place) }
        if call.promptCanaries.contains(where: { !questions.contains($0) }) {
          add([.retrievedText], in: place)
          // The prompt was put together there.
          add([.retrievedText], in: vendor)
        }
        if call.succeeded, call.completionCanary != nil { add([.answer], in: place) }
      case .exchange(let exchange):
        guard let key = exchange.key, !vendorsKeys.contains(key) else { continue }
        add([.key], in: zones[exchange.host] ?? .elsewhere)
      case .secretAccess(let access) where access.key != nil && access.succeeded:
        add([.key], in: manager)
      case .reply(let reply) where reply.nature == .answer:
        add([.answer], in: vendor)
        add([.answer], in: .chatPlatform)
        if reply.canaries.contains(where: { !questions.contains($0) }) {
          add([.retrievedText], in: .chatPlatform)
        }
      default: break
      }
    }
  }

  private mutating func add(_ kinds: [Kind], in zone: Facts.Zone) {
    for kind in kinds { counts[zone, default: [:]][kind, default: 0] += 1 }
  }

  /// Over the stories of each deployment model that were played, in the order of the models.
  /// Controls have no say: their vendors are not what they claim to be.
  package static func byModel(
    _ scenarios: [ScenarioResult]
  ) -> [(model: Facts.Deployment, flow: DataFlow)] {
    let played = scenarios.filter { $0.ending == .played && !$0.isControl }
    return Facts.Deployment.allCases.compactMap { model in
      let histories = played.filter { $0.deployment == model }.compactMap(\.history)
      guard !histories.isEmpty else { return nil }
      return (model, histories.reduce(DataFlow()) { $0 + DataFlow($1) })
    }
  }
}

extension Facts.Zone {
  /// For a reader.
  package var words: String {
    switch self {
    case .customer: "the customer's network"
    case .vendor: "the vendor"
    case .chatPlatform: "the chat platform"
    case .provider: "the model's provider"
    case .elsewhere: "anybody else"
    }
  }
}

extension DataFlow.Kind {
  /// For a reader.
  package var words: String {
    switch self {
    case .question: "questions"
    case .retrievedText: "retrieved texts"
    case .answer: "answers"
    case .identity: "who asked"
    case .key: "the customer's key"
    }
  }
}
