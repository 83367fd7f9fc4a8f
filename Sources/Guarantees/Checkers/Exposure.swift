import Evidence
import Worlds

/// A place where text of somebody else would be a leak: a prompt, or a reply. What both promises
/// of isolation walk through.
struct Exposure {
  enum Place {
    case prompt(order: Int)
    case reply
  }

  var place: Place
  var event: Int
  var at: Timestamp
  var tenant: String
  /// The readings of who stands behind it; more than one only where several asked in the same
  /// words at the same time. A leak must be one under each of them.
  var readings: [Reading]
  var canaries: [String]

  struct Reading {
    var message: Int?
    var audience: [String]
    var conversation: String
    var askedAt: Timestamp
  }

  var wording: String {
    switch place {
    case .prompt(let order): "the prompt of call \(order)"
    case .reply: "a reply"
    }
  }
}

extension Story {
  /// Every prompt and reply with canaries in it, in the order of events.
  var exposures: [Exposure] {
    var exposures: [Exposure] = []
    for call in calls {
      guard let message = call.message, !call.of.promptCanaries.isEmpty else { continue }
      exposures.append(
        Exposure(
          place: .prompt(order: call.of.order),
          event: call.event,
          at: call.of.arrivedAt,
          tenant: messages[message].of.tenant,
          readings: call.possibleMessages.map(reading),
          canaries: call.of.promptCanaries
        )
      )
    }
    for reply in replies {
      let canaries = reply.of.canaries + reply.of.completionCanaries
      guard !canaries.isEmpty else { continue }
      exposures.append(
        Exposure(
          place: .reply,
          event: reply.event,
          at: reply.at,
          tenant: reply.of.tenant,
          readings: [reply.message.map(reading) ?? unlinkedReading(of: reply)],
          canaries: canaries
        )
      )
    }
    return exposures.sorted { $0.event < $1.event }
  }

  private func unlinkedReading(of reply: Reply) -> Exposure.Reading {
    Exposure.Reading(
      message: nil,
      audience: members(of: reply.of.conversation),
      conversation: reply.of.conversation,
      askedAt: reply.at
    )
  }

  private func reading(_ message: Int) -> Exposure.Reading {
    Exposure.Reading(
      message: message,
      audience: audience(of: messages[message]),
      conversation: messages[message].of.conversation,
      askedAt: messages[message].sentAt
    )
  }

  /// Documents of each knowledge base, by the base's qualified name, sorted.
  var documentsByBase: [String: [Document]] {
    Dictionary(grouping: documents.values.sorted { $0.id < $1.id }, by: \.qualifiedKnowledge)
  }

  /// The knowledge bases of these qualified names, in their order.
  func bases(_ names: Set<String>) -> [(name: String, base: Facts.KnowledgeBase)] {
    let byName = Dictionary(
      facts.knowledge.map { ("\($0.tenant)/\($0.id)", $0) },
      uniquingKeysWith: { first, _ in first }
    )
    return names.sorted().compactMap { name in byName[name].map { (name, $0) } }
  }
}
