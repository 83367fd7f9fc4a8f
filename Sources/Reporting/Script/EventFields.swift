import Evidence
import Worlds

/// What the evidence holds of an event, field by field, for a reader: times from the story's
/// beginning, keys by the names that the story gives them. The texts that travelled are not in the
/// evidence, so they cannot be here: of a request and its response there are excerpts without them.
struct EventFields {
  let words: EventWords
  let start: Timestamp
  /// By the order of the provider's call that it was.
  private let exchanges: [Int: (id: Int, exchange: Event.Exchange)]

  init(_ history: History, words: EventWords) {
    self.words = words
    start = history.facts.startedAt
    var exchanges: [Int: (id: Int, exchange: Event.Exchange)] = [:]
    for event in history.events {
      guard case .exchange(let exchange) = event.kind, let call = exchange.call else { continue }
      exchanges[call] = (event.id, exchange)
    }
    self.exchanges = exchanges
  }

  /// Of a call with what the network saw of it.
  func fields(of event: Event) -> [(name: String, value: String)] {
    let payload = Mirror(reflecting: event.kind).children.first?.value
    let own = payload.map { fields(of: $0, depth: 0) } ?? []
    guard case .providerCall(let call) = event.kind, let (id, exchange) = exchanges[call.order]
    else { return own }
    return own + [("as the network saw it", "event #\(id)")]
      + bodies(of: exchange).flatMap { name, body in
        fields(of: body, depth: 1).map { ("\(name), \($0.name)", $0.value) }
      }
  }

  private func bodies(of exchange: Event.Exchange) -> [(String, Payload)] {
    [("request", exchange.request), ("response", exchange.response)].compactMap { name, body in
      body.map { (name, $0) }
    }
  }

  private func fields(of value: Any, depth: Int) -> [(name: String, value: String)] {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .struct, !isPlain(value) else {
      return text(of: value).map { [("what", $0)] } ?? []
    }
    return mirror.children.flatMap { child -> [(name: String, value: String)] in
      guard let label = child.label, let value = unwrapped(child.value) else { return [] }
      let inner = Mirror(reflecting: value)
      if inner.displayStyle == .struct, !isPlain(value), depth < 2 {
        return fields(of: value, depth: depth + 1).map {
          ("\(spaced(label)), \($0.name)", $0.value)
        }
      }
      return text(of: value).map { [(spaced(label), $0)] } ?? []
    }
  }

  private func isPlain(_ value: Any) -> Bool {
    value is Event.Key || value is Timestamp || value is Duration || value is PayloadDigest
  }

  private func unwrapped(_ value: Any) -> Any? {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return value }
    return mirror.children.first?.value
  }

  /// Nil for what says nothing: an empty list, an empty text.
  private func text(of value: Any) -> String? {
    switch value {
    case let key as Event.Key: return words.key("\(key)")
    case let time as Timestamp: return Words.elapsed(time - start)
    case let duration as Duration: return Words.elapsed(duration)
    case let texts as [String]: return texts.isEmpty ? nil : texts.joined(separator: ", ")
    case let flag as Bool: return flag ? "yes" : "no"
    default: break
    }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .collection {
      return mirror.children.isEmpty ? nil : Words.count(mirror.children.count, "entry", "entries")
    }
    let text = "\(value)"
    return text.isEmpty ? nil : text
  }

  /// `promptTokens` as `prompt tokens`.
  private func spaced(_ label: String) -> String {
    guard label.utf8.contains(where: { (0x41...0x5A).contains($0) }) else { return label }
    return label.reduce(into: "") { text, letter in
      if letter.isUppercase { text += " " + letter.lowercased() } else { text.append(letter) }
    }
  }
}
