/// Counts the tokens of a text without its tokenizer's vocabulary. The text is cut into words,
/// numbers, marks and blanks as `o200k_base` cuts it before it merges; what each piece costs was
/// fitted to that tokenizer, words by `TokenWeights`.
///
/// `TokenAccuracyTests` holds it against true counts and states the bound; `.ci/measure-tokens`
/// takes those counts anew.
package enum TokenEstimate {
  /// Costs are in these parts of a token.
  static let unit = TokenWeights.unit
  package static var partsOfToken: Int { unit }

  package static func count(_ text: String) -> Int {
    rounded(cost(of: text))
  }

  /// Before it is rounded to whole tokens; in parts of a token.
  package static func cost(of text: String) -> Int {
    TokenScanner.scan(text) { scanner in
      var cost = 0
      while let piece = scanner.next() { cost += piece }
      return cost
    }
  }

  /// Of a whole conversation: four tokens a message for its frame, and three that open the
  /// answer.
  package static func count(messages contents: [String]) -> Int {
    contents.reduce(3) { $0 + 4 + count($1) }
  }

  /// A beginning of `text` that has at most `limit` tokens, and about as many; of at least one
  /// character when `limit` is above 0.
  package static func prefix(of text: String, tokens limit: Int) -> String {
    guard limit > 0, let first = text.first else { return "" }
    let end = TokenScanner.scan(text) { scanner in
      var cost = 0
      var end = 0
      while let piece = scanner.next() {
        cost += piece
        if rounded(cost) > limit { break }
        end = scanner.position
      }
      return end
    }
    guard end > 0 else { return String(first.unicodeScalars.prefix(1)) }
    return end == text.utf8.count ? text : String(text[..<text.scalarBoundary(atOrBefore: end)])
  }

  /// The text, cut where tokens are thought to begin. Long words stay whole.
  package static func tokens(of text: String) -> [String] {
    TokenScanner.scan(text) { scanner in
      var tokens: [String] = []
      var start = 0
      while scanner.next() != nil {
        tokens.append(String(decoding: scanner.bytes[start..<scanner.position], as: UTF8.self))
        start = scanner.position
      }
      return tokens
    }
  }

  private static func rounded(_ cost: Int) -> Int {
    (cost + unit / 2) / unit
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
