/// A file's text by lines, for diagnostics that show the place.
struct SourceText {
  /// As a reader would type it.
  let path: String
  let text: String
  let lines: [Substring]

  init(path: String, text: String) {
    self.path = path
    // Lines are counted in scalars below: "\r\n" would be one character to Swift.
    if text.unicodeScalars.contains("\r") {
      var plain = String.UnicodeScalarView()
      var pending = false
      for scalar in text.unicodeScalars {
        if pending, scalar != "\n" { plain.append("\r") }
        pending = scalar == "\r"
        if !pending { plain.append(scalar) }
      }
      if pending { plain.append("\r") }
      self.text = String(plain)
    } else {
      self.text = text
    }
    lines = self.text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Line `number`, from 1.
  func line(_ number: Int) -> String? {
    lines.indices.contains(number - 1) ? String(lines[number - 1]) : nil
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
