/// Text of others, made safe to show: no control characters that steer a terminal or turn the
/// direction of the line around, and none of the marks that would hide a special character.
enum PlainText {
  private static let replacement: Unicode.Scalar = "\u{FFFD}"

  /// - Parameter limit: in characters; what is longer is cut, with an ellipsis.
  static func clean(_ text: String, limit: Int = 2_000) -> String {
    // Nearly all of it is plain: nothing to be replaced, a character a byte.
    if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) {
      return text
    }
    var result = String.UnicodeScalarView()
    var length = 0
    for character in text {
      guard length < limit else {
        result.append("…")
        break
      }
      length += 1
      let scalars = character.unicodeScalars
      // A template engine that escapes whole characters passes a `<` that a combining mark clings
      // to; taken apart, it is seen and escaped.
      let hides = scalars.count > 1 && scalars.contains { special.contains($0) }
      for (index, scalar) in scalars.prefix(32).enumerated() {
        if hides, index > 0 { result.append(replacement) }
        result.append(isHarmful(scalar) ? replacement : scalar)
      }
    }
    return String(result)
  }

  /// On one line, for a terminal.
  static func line(_ text: String, limit: Int = 2_000) -> String {
    clean(text, limit: limit).split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
  }

  private static let special: Set<Unicode.Scalar> = ["<", ">", "&", "\"", "'"]

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0xFFFE, 0xFFFF: true
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
