/// A text with gaps: `What is the weather in {city}?` or `order * is late`. It matches wherever its
/// fixed parts stand in this order, with anything between them. A `{name}` keeps what fills its
/// gap; one at the end goes on to the end of the line.
///
/// `*` fills a gap and keeps nothing. Case matters. Matching goes through the text once, whatever
/// the pattern is.
package struct TextPattern: Sendable, Hashable {
  private enum Part: Hashable {
    case fixed(FixedText)
    case gap(String?)
  }

  /// In bytes; longer ones are refused where they are read.
  package static let longest = 1_000

  package let source: String
  private let parts: [Part]

  package init(_ source: String) {
    self.source = source
    parts = Self.parse(Array(source.utf8))
  }

  /// The names that a template may use.
  package var names: [String] {
    parts.compactMap { part in
      guard case .gap(let name?) = part else { return nil }
      return name
    }
  }

  /// What is wrong with it as something that a person writes; nil when nothing is.
  package var fault: String? {
    guard source.utf8.count <= Self.longest else {
      return "a pattern has at most \(Self.longest) bytes"
    }
    for (part, next) in zip(parts, parts.dropFirst()) {
      // Nothing could say where the first ends and the second begins.
      if case .gap = part, case .gap = next { return "two gaps need a text between them" }
    }
    return nil
  }

  /// What fills the named gaps; nil when the text does not match.
  package func captures(in text: String) -> [String: String]? {
    var text = text
    return text.withUTF8 { captures(in: $0) }
  }

  private func captures(in text: UnsafeBufferPointer<UInt8>) -> [String: String]? {
    var captured: [String: String] = [:]
    var position = 0
    var open: (name: String?, start: Int)?
    for part in parts {
      switch part {
      case .gap(let name): open = (name, position)
      case .fixed(let fixed):
        guard let found = fixed.first(in: text, from: position) else { return nil }
        if let open, let name = open.name {
          captured[name] = String(decoding: text[open.start..<found], as: UTF8.self)
        }
        open = nil
        position = found + fixed.count
      }
    }
    if let open, let name = open.name {
      var end = open.start
      while end < text.count, text[end] != 0x0a, text[end] != 0x0d { end += 1 }
      captured[name] = String(decoding: text[open.start..<end], as: UTF8.self)
    }
    return captured
  }

  private static func parse(_ bytes: [UInt8]) -> [Part] {
    var parts: [Part] = []
    var fixed: [UInt8] = []
    func close() {
      if !fixed.isEmpty { parts.append(.fixed(FixedText(fixed))) }
      fixed = []
    }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "*") {
        close()
        parts.append(.gap(nil))
      } else if let (name, end) = name(in: bytes, at: index) {
        close()
        parts.append(.gap(name))
        index = end
      } else {
        fixed.append(byte)
      }
      index += 1
    }
    close()
    return parts
  }

  /// The name in braces that begins here, and where its closing brace stands.
  static func name(in bytes: [UInt8], at start: Int) -> (String, end: Int)? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "{") else { return nil }
    var end = start + 1
    while end < bytes.count, isName(bytes[end]) { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "}"), end > start + 1 else { return nil }
    return (String(decoding: bytes[(start + 1)..<end], as: UTF8.self), end)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f: true
    default: false
    }
  }
}

extension TextPattern: Codable, ExpressibleByStringLiteral {
  package init(stringLiteral source: String) {
    self.init(source)
  }

  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
    if let fault {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: fault)
      )
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(source)
  }
}
