import Evidence
import Worlds

/// An event as the words of a check see it.
struct CheckedItem {
  var event: Int
  var at: Timestamp
  /// For a sentence that says that it was there.
  var what: String
  var values: [Facts.Check.Word: [String]]
  /// From the message to its reply; nil where there was none.
  var delay: Duration?
  /// Markers of documents in it.
  var markers: [String] = []
  /// What a sum adds up: tokens of a call, cents of an invoice's line.
  var amount = 0

  func meets(_ filter: Facts.Check.Filter) -> Bool {
    switch filter.word {
    case .slowerThan:
      // What never came is slower than anything.
      guard let limit = Int64(filter.value) else { return false }
      return delay.map { $0 > .milliseconds(limit) } ?? true
    case .carries:
      return markers.contains { marker in
        marker == filter.value || marker.hasPrefix(filter.value + "/")
          || marker.hasPrefix(filter.value + "#")
      }
    default: return values[filter.word]?.contains(filter.value) ?? false
    }
  }
}

extension ReviewerChecks {
  func items(of subject: Facts.Check.Subject) -> [CheckedItem] {
    switch subject {
    case .messages: story.messages.map(item)
    case .replies: story.replies.map(item)
    case .calls: story.calls.map(item)
    case .retrievals: story.secretAccesses.filter { $0.of.operation == .read }.map(item)
    case .requests: story.exchanges.map(item)
    case .finds: story.sightings.map(item)
    case .invoices: story.invoiceLines.map(item)
    }
  }

  private func item(_ message: Story.Message) -> CheckedItem {
    let outcome = outcome(of: message)
    let place = message.of.conversation
    return CheckedItem(
      event: message.event,
      at: message.sentAt,
      what: "a message of \(message.of.person) in \(place), \(outcome)",
      values: [
        .tenant: [message.of.tenant], .by: [message.of.person],
        .conversation: [message.of.conversation], .outcome: [outcome],
      ],
      delay: story.firstReply(to: message).map { $0.at - message.sentAt }
    )
  }

  private func outcome(of message: Story.Message) -> String {
    if !story.answers(to: message).isEmpty { return "answered" }
    if !story.notices(to: message).isEmpty {
      return story.ending(of: message) == nil ? "waiting" : "refused"
    }
    return message.wasAccepted ? "silent" : "undelivered"
  }

  private func item(_ reply: Story.Reply) -> CheckedItem {
    let message = reply.message.map { story.messages[$0] }
    let outcome =
      switch reply.of.nature {
      case .answer: "answer"
      case .notice: "refusal"
      case .partial: "partial"
      }
    return CheckedItem(
      event: reply.event,
      at: reply.at,
      what: "a reply to \(message?.of.person ?? "nobody") in \(reply.of.conversation) "
        + "(\(outcome))" + carrying(reply.of.canaries),
      values: [
        .tenant: [reply.of.tenant], .by: message.map { [$0.of.person] } ?? [],
        .seenBy: story.readers(of: reply), .conversation: [reply.of.conversation],
        .outcome: [outcome],
      ],
      delay: message.map { reply.at - $0.sentAt } ?? .zero,
      markers: reply.of.canaries
    )
  }

  private func item(_ call: Story.Call) -> CheckedItem {
    let owner = call.of.key.flatMap { story.keys.owner(of: $0) }
    let outcome =
      switch call.of.outcome {
      case .completed: "completed"
      case .cutOff: "cut-off"
      case .refused: "refused"
      }
    return CheckedItem(
      event: call.event,
      at: call.of.authenticatedAt,
      what: "a call on \(story.keys.name(of: call.of.key)) to \(call.of.host)"
        + (call.message.map { " for \(story.messages[$0].of.person)" } ?? "")
        + " (\(outcome))" + carrying(call.of.promptCanaries),
      values: [
        .tenant: story.customers(of: call),
        .by: call.message.map { [story.messages[$0].of.person] } ?? [],
        .key: [story.keys.name(of: call.of.key)],
        .account: owner.map { $0 == .vendor ? ["vendor"] : ["customer"] } ?? [],
        .host: [call.of.host], .status: ["\(call.of.status)"], .outcome: [outcome],
        .endpoint: [call.of.endpoint.contains("embeddings") ? "embeddings" : "chat"],
      ],
      markers: call.of.promptCanaries,
      amount: call.of.promptTokens + call.of.completionTokens
    )
  }

  /// Which documents are in it, for a sentence.
  private func carrying(_ canaries: [String]) -> String {
    var documents: [String] = []
    for canary in canaries {
      guard let id = story.document(of: canary)?.id, !documents.contains(id) else { continue }
      documents.append(id)
    }
    let shown = documents.prefix(3).listed + (documents.count > 3 ? ", ..." : "")
    return documents.isEmpty ? "" : " with \(shown)"
  }

  private func item(_ access: Story.Occurrence<Event.SecretAccess>) -> CheckedItem {
    let outcome = access.of.succeeded ? "given" : "refused"
    return CheckedItem(
      event: access.event,
      at: access.at,
      what: "a retrieval of \(access.of.secret)"
        + (access.of.tenant.map { " for \($0)" } ?? "") + " (\(outcome))",
      values: [
        .tenant: access.of.tenant.map { [$0] } ?? [], .outcome: [outcome],
        .key: access.of.key.map { [story.keys.name(of: $0)] } ?? [],
      ]
    )
  }

  private func item(_ exchange: Story.Occurrence<Event.Exchange>) -> CheckedItem {
    CheckedItem(
      event: exchange.event,
      at: exchange.at,
      what: "a request to \(exchange.of.host)\(exchange.of.path) (\(exchange.of.status))"
        + (exchange.of.key.map { " with \(story.keys.name(of: $0))" } ?? ""),
      values: [
        .host: [exchange.of.host], .status: ["\(exchange.of.status)"],
        .key: exchange.of.key.map { [story.keys.name(of: $0)] } ?? [],
      ]
    )
  }

  private func item(_ sighting: Story.Occurrence<Event.Sighting>) -> CheckedItem {
    var keys: [String] = []
    var markers: [String] = []
    switch sighting.of.subject {
    case .key(let key): keys = [story.keys.name(of: key)]
    case .canary(let canary): markers = [canary]
    }
    return CheckedItem(
      event: sighting.event,
      at: sighting.at,
      what: "\((keys + markers).listed) on the surface \(sighting.of.surface.rawValue), in "
        + sighting.of.place,
      values: [.key: keys, .surface: [sighting.of.surface.rawValue]],
      markers: markers
    )
  }

  private func item(_ line: Story.Occurrence<Event.InvoiceLine>) -> CheckedItem {
    CheckedItem(
      event: line.event,
      at: line.at,
      what: "a line '\(line.of.item)' of \(line.of.tenant)'s invoice of \(line.of.period), "
        + "\(line.of.cents) cents",
      values: [.tenant: [line.of.tenant], .item: [line.of.kind.rawValue]],
      amount: line.of.cents
    )
  }
}

extension Story {
  /// Who sees a reply appear; of a conversation that the facts do not list, who has written there.
  fileprivate func readers(of reply: Reply) -> [String] {
    let present = members(of: reply.of.conversation, at: reply.at)
    return present.isEmpty ? members(of: reply.of.conversation) : present
  }
}
