import Worlds
import Yams

/// One `key: value` of a mapping, with the key's own place.
struct Entry {
  let key: String
  let keyNode: Node
  let value: Node
}

extension Node {
  /// `key:` with nothing behind it.
  var isEmptyPlain: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain || scalar.style == .any else {
      return false
    }
    return ["", "~", "null"].contains(scalar.string)
  }

  /// The element of a list, by its plain text.
  func element(_ text: String) -> Node? {
    guard case .sequence(let sequence) = self else { return nil }
    return sequence.first { element in
      if case .scalar(let scalar) = element { scalar.string == text } else { false }
    }
  }

  /// The value of a key, by its plain text.
  func value(of key: String) -> Node? {
    guard case .mapping(let mapping) = self else { return nil }
    for (keyNode, value) in mapping {
      if case .scalar(let scalar) = keyNode, scalar.string == key { return value }
    }
    return nil
  }
}

extension Reporter {
  /// The entries of a mapping in the file's order. Nothing behind the key is an empty mapping.
  func entries(of node: Node, what: String) -> [Entry]? {
    if node.isEmptyPlain { return [] }
    guard case .mapping(let mapping) = node else {
      error("\(what) must be a mapping, 'word: value'", at: node)
      return nil
    }
    var entries: [Entry] = []
    for (keyNode, value) in mapping {
      guard case .scalar(let scalar) = keyNode else {
        error("a key must be a single word", at: keyNode)
        continue
      }
      entries.append(Entry(key: scalar.string, keyNode: keyNode, value: value))
    }
    return entries
  }

  func text(_ node: Node, what: String) -> String? {
    guard case .scalar(let scalar) = node else {
      error("\(what) must be a text", at: node)
      return nil
    }
    guard !node.isEmptyPlain, !scalar.string.allSatisfy(\.isWhitespace) else {
      error("\(what) is empty", at: node)
      return nil
    }
    return scalar.string
  }

  /// The nodes of a list; a single value stands for a list of one.
  func list(_ node: Node, what: String) -> [Node]? {
    switch node {
    case .sequence(let sequence):
      return Array(sequence)
    case .scalar where !node.isEmptyPlain:
      return [node]
    default:
      error("\(what) must be a list, '[one, two]'", at: node)
      return nil
    }
  }

  func duration(_ node: Node, what: String, above minimum: Duration = .zero) -> Duration? {
    guard let text = text(node, what: what) else { return nil }
    guard let duration = DurationText.duration(text) else {
      error("\(what) must be a duration such as 250ms, 30s, 5m, 1h30m, 3d, 12w or 2y", at: node)
      return nil
    }
    guard duration >= minimum else {
      error("\(what) must be longer than nothing", at: node)
      return nil
    }
    return duration
  }

  func integer(_ node: Node, what: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = text(node, what: what) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      error(
        "\(what) must be a whole number from \(range.lowerBound) to \(range.upperBound)",
        at: node
      )
      return nil
    }
    return number
  }

  func boolean(_ node: Node, what: String) -> Bool? {
    word(node, kind: "value of \(what)", among: ["true", "false"]).map { $0 == "true" }
  }

  /// One of the known words.
  func word(_ node: Node, kind: String, among known: [String]) -> String? {
    guard let text = text(node, what: "the \(kind)") else { return nil }
    if known.contains(text) { return text }
    unknown(text, kind: kind, among: known, at: node)
    return nil
  }

  /// - Parameter meant: what it was probably meant to be, where more is known than the spelling.
  func unknown(
    _ word: String,
    kind: String,
    among known: [String],
    at node: Node,
    meant: String? = nil
  ) {
    guard !isFull else { return }
    let suggestion = meant ?? NearestWord.nearest(to: word, among: known)
    var message = "unknown \(kind) '\(word.prefix(80))'"
    if suggestion == nil {
      let shown = known.prefix(20).joined(separator: ", ")
      message += known.isEmpty ? "; there is none" : "; known: \(shown)"
      if known.count > 20 { message += ", ..." }
    }
    error(message, at: node, suggestion: suggestion)
  }

  /// A name that other places refer to: small letters, digits and dashes.
  func identifier(_ entry: Entry, kind: String) -> String? {
    identifier(entry.key, at: entry.keyNode, kind: kind)
  }

  func identifier(_ text: String, at node: Node, kind: String) -> String? {
    let allowed = text.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (48...57).contains(byte) || byte == 45
    }
    guard allowed, !text.isEmpty, text.utf8.count <= 40, !text.hasPrefix("-") else {
      error("the \(kind) must be named in small letters, digits and dashes", at: node)
      return nil
    }
    return text
  }
}
