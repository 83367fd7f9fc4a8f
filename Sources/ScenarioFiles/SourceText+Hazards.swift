extension SourceText {
  /// What is refused before the YAML parser sees it. Anchors, tags and explicit keys are looked for
  /// by their place alone, so that none slips past: an alias used as a key would cost time without
  /// bound in the parser itself. The price is that no line of a text may begin with such a sign.
  func hazards(limit: Int) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for (index, line) in lines.enumerated() {
      guard found.count < limit else { break }
      if let hazard = Self.hazard(in: line) {
        found.append(
          diagnostic(hazard.message, line: index + 1, column: hazard.column)
        )
      }
    }
    return found
  }

  private static func hazard(in line: String) -> (message: String, column: Int)? {
    var column = 0
    // Whether a YAML token could begin here: nothing but indicators stands before it.
    var atTokenStart = true
    var scalars = line.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      column += 1
      if let message = forbidden(scalar) {
        return (message, column)
      }
      if atTokenStart, let message = hazard(scalar, followedBy: next) {
        return (message, column)
      }
      if scalar != " " {
        atTokenStart = "-?:,[{".unicodeScalars.contains(scalar)
      }
    }
    return nil
  }

  private static func hazard(_ scalar: Unicode.Scalar, followedBy next: Unicode.Scalar?) -> String?
  {
    let isAlone = next == nil || next == " "
    switch scalar {
    case "&" where !isAlone:
      return "anchors ('&name') are not part of this language; quote a text that begins with '&'"
    case "!" where !isAlone:
      return "tags ('!name') are not part of this language; quote a text that begins with '!'"
    case "?" where isAlone:
      return "keys that begin with '? ' are not part of this language"
    default:
      return nil
    }
  }

  private static func forbidden(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09:
      "a tab; indent with spaces"
    case 0x0D, 0x85, 0x2028, 0x2029:
      "a line break of an unusual kind; end lines with a line feed"
    case 0x00..<0x20, 0x7F..<0xA0:
      "a control character; only plain text may stand here"
    case 0xFEFF:
      "a byte order mark within the text"
    default:
      nil
    }
  }
}
