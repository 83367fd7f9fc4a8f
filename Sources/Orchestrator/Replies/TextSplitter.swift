/// Cuts long texts into parts that a platform takes, at line ends and blanks where there are any.
enum TextSplitter {
  /// - Parameter size: what the platform counts, of one character.
  static func parts(
    of text: String,
    limit: Int,
    size: (Character) -> Int
  ) -> [String] {
    // No platform counts more than the bytes of UTF-8, and nearly every answer fits.
    guard text.utf8.count > limit else { return [text] }
    var parts: [String] = []
    var start = text.startIndex
    var index = start
    var used = 0
    var afterLine: String.Index?
    var afterBlank: String.Index?
    while index < text.endIndex {
      let character = text[index]
      let next = text.index(after: index)
      let added = size(character)
      if used + added > limit, index > start {
        let cut = afterLine ?? afterBlank ?? index
        parts.append(String(text[start..<cut]))
        start = cut
        index = cut
        used = 0
        afterLine = nil
        afterBlank = nil
        continue
      }
      used += added
      if used > limit / 2 {
        if character.isNewline { afterLine = next }
        if character.isWhitespace { afterBlank = next }
      }
      index = next
    }
    if start < text.endIndex || parts.isEmpty { parts.append(String(text[start...])) }
    return parts
  }
}
