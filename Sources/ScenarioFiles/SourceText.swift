/// A file's text by lines, for diagnostics that show the place.
struct SourceText {
  /// As a reader would type it.
  let path: String
  let text: String
  let lines: [String]

  init(path: String, text: String) {
    self.path = path
    self.text = Self.withLineFeeds(text)
    // As strings of their own, so that many diagnostics of one long line share its storage.
    lines = self.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Without a byte order mark, and with line feeds alone as far as "\r\n" stood for them. Works on
  /// scalars, since "\r\n" is one character to Swift.
  private static func withLineFeeds(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "\r" || $0 == "\u{FEFF}" }) else {
      return text
    }
    var plain = String.UnicodeScalarView()
    var pending = false
    for (index, scalar) in text.unicodeScalars.enumerated() where index > 0 || scalar != "\u{FEFF}"
    {
      if pending, scalar != "\n" { plain.append("\r") }
      pending = scalar == "\r"
      if !pending { plain.append(scalar) }
    }
    if pending { plain.append("\r") }
    return String(plain)
  }

  /// Line `number`, from 1.
  func line(_ number: Int) -> String? {
    lines.indices.contains(number - 1) ? lines[number - 1] : nil
  }

  func diagnostic(
    _ message: String,
    severity: Diagnostic.Severity = .error,
    line: Int,
    column: Int,
    length: Int = 1,
    suggestion: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      file: path,
      line: line,
      column: column,
      severity: severity,
      message: message,
      suggestion: suggestion,
      sourceLine: self.line(line),
      length: length
    )
  }
}
