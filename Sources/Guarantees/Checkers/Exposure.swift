import Evidence
import Worlds

/// A place where text of somebody else would be a leak: a prompt, or a reply. What both promises
/// of isolation walk through.
struct Exposure {
  enum Place {
    case prompt(order: Int)
    case reply
  }

  /// Who stands behind it.
  enum Askers {
    /// More than one only where several asked in the same words at the same time.
    case messages([Int])
    /// A reply that answers no message.
    case conversation(String)
  }

  var place: Place
  var event: Int
  var at: Timestamp
  var tenant: String
  var askers: Askers
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
  /// Hands over every prompt and reply with canaries in it, in the order of events. None is kept:
  /// there may be a million.
  func forEachExposure(_ look: (Exposure) -> Void) {
    var call = 0
    var reply = 0
    while call < calls.count || reply < replies.count {
      let isCallNext =
        reply == replies.count
        || call < calls.count && calls[call].event < replies[reply].event
      if isCallNext {
        if let exposure = prompt(of: calls[call]) { look(exposure) }
        call += 1
      } else {
        if let exposure = text(of: replies[reply]) { look(exposure) }
        reply += 1
      }
    }
  }

  private func prompt(of call: Call) -> Exposure? {
    guard let message = call.message, !call.of.promptCanaries.isEmpty else { return nil }
    return Exposure(
      place: .prompt(order: call.of.order),
      event: call.event,
      at: call.of.arrivedAt,
      tenant: messages[message].of.tenant,
      askers: .messages(call.possibleMessages),
      canaries: call.of.promptCanaries
    )
  }

  private func text(of reply: Reply) -> Exposure? {
    let canaries = reply.of.canaries + reply.of.completionCanaries
    guard !canaries.isEmpty else { return nil }
    return Exposure(
      place: .reply,
      event: reply.event,
      at: reply.at,
      tenant: reply.of.tenant,
      askers: reply.message.map { .messages([$0]) } ?? .conversation(reply.of.conversation),
      canaries: canaries
    )
  }

  /// The readings of who stands behind an exposure. A leak must be one under each of them.
  func readings(of exposure: Exposure) -> [Exposure.Reading] {
    switch exposure.askers {
    case .messages(let messages): messages.map(reading)
    case .conversation(let conversation):
      [
        Exposure.Reading(
          message: nil,
          audience: members(of: conversation),
          conversation: conversation,
          askedAt: exposure.at
        )
      ]
    }
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

/// What canaries stand for, remembered: the same documents come up in prompt after prompt.
struct TextRegister {
  enum Text {
    /// Of a document the customer's id, and the number of its knowledge base.
    case document(tenant: String, base: Int)
    /// A question, or an answer.
    case words
  }

  /// By their numbers; the name is unique over all customers.
  private(set) var bases: [(name: String, base: Facts.KnowledgeBase?)] = []
  /// The numbers of those of which a document stood where it may.
  private(set) var proven: Set<Int> = []
  private let story: Story
  private var texts: [String: Text] = [:]

  init(_ story: Story) {
    self.story = story
  }

  /// The names of the proven ones.
  var provenNames: Set<String> { Set(proven.map { bases[$0].name }) }

  mutating func prove(_ base: Int) { proven.insert(base) }

  mutating func text(of canary: String) -> Text {
    if let text = texts[canary] { return text }
    let text: Text
    if let document = story.document(of: canary) {
      text = .document(tenant: document.tenant, base: number(of: document))
    } else {
      text = .words
    }
    texts[canary] = text
    return text
  }

  private mutating func number(of document: Story.Document) -> Int {
    let name = document.qualifiedKnowledge
    if let number = bases.firstIndex(where: { $0.name == name }) { return number }
    bases.append((name, story.knowledgeBase(of: document)))
    return bases.count - 1
  }
}
