/// Counts tokens by a rule of thumb, not by a model's vocabulary: a word of up to six bytes is
/// one token, and each further four bytes are one more; every mark of punctuation and every run
/// of line breaks is one; single spaces are free. English prose comes out near four bytes a token.
package enum TokenEstimate {
  package static func count(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { scan($0, upTo: .max).tokens }
  }

  /// Of a whole conversation: four tokens a message for its frame, and three that open the
  /// answer.
  package static func count(messages contents: [String]) -> Int {
    contents.reduce(3) { $0 + 4 + count($1) }
  }

  /// The longest beginning of `text` that has at most `limit` tokens.
  package static func prefix(of text: String, tokens limit: Int) -> String {
    var text = text
    let end = text.withUTF8 { scan($0, upTo: limit).end }
    return end == text.utf8.count ? text : String(text[..<text.scalarBoundary(atOrBefore: end)])
  }

  /// The text, cut where its tokens are thought to be.
  package static func tokens(of text: String) -> [String] {
    var rest = text[...]
    var tokens: [String] = []
    while !rest.isEmpty {
      let first = prefix(of: String(rest), tokens: 1)
      let end =
        first.isEmpty
        ? rest.index(after: rest.startIndex)
        : rest.utf8.index(rest.startIndex, offsetBy: first.utf8.count)
      tokens.append(String(rest[..<end]))
      rest = rest[end...]
    }
    return tokens
  }

  private static func scan(
    _ bytes: UnsafeBufferPointer<UInt8>,
    upTo limit: Int
  ) -> (tokens: Int, end: Int) {
    var tokens = 0
    var index = 0
    while index < bytes.count {
      let start = index
      let cost: Int
      let kind = Kind(bytes[index])
      index += 1
      switch kind {
      case .word:
        while index < bytes.count, Kind(bytes[index]) == .word { index += 1 }
        cost = 1 + max(0, index - start - 3) / 4
      case .lineBreak:
        while index < bytes.count, Kind(bytes[index]) == .lineBreak { index += 1 }
        cost = 1
      case .space:
        while index < bytes.count, Kind(bytes[index]) == .space { index += 1 }
        cost = index - start > 1 ? 1 : 0
      case .mark:
        cost = 1
      }
      guard tokens + cost <= limit else { return (tokens, start) }
      tokens += cost
    }
    return (tokens, index)
  }

  private enum Kind {
    case word
    case lineBreak
    case space
    case mark

    init(_ byte: UInt8) {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x80...: self = .word
      case 0x0a, 0x0d: self = .lineBreak
      case 0x20, 0x09: self = .space
      default: self = .mark
      }
    }
  }
}

extension String {
  /// An index at which the text can be cut without breaking a character's bytes apart.
  func scalarBoundary(atOrBefore offset: Int) -> Index {
    var index = utf8.index(startIndex, offsetBy: offset, limitedBy: endIndex) ?? endIndex
    while index > startIndex, index < endIndex, utf8[index] & 0xc0 == 0x80 {
      index = utf8.index(before: index)
    }
    return index
  }
}
