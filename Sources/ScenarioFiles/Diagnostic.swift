/// What is wrong, or odd, in a file: the place, the words, and what may have been meant.
package struct Diagnostic: Sendable, Hashable {
  package enum Severity: String, Sendable, Equatable {
    /// The file cannot be played.
    case error
    /// The file can be played, but something in it cannot have been meant.
    case warning
  }

  package var file: String
  /// From 1; 0 when the file as a whole is meant.
  package var line: Int
  /// From 1, counted in Unicode scalars; 0 when the file as a whole is meant.
  package var column: Int
  package var severity: Severity
  package var message: String
  /// The known word that comes nearest to the unknown one.
  package var suggestion: String?
  /// The line that `line` names, as it stands in the file; nil when there is none to show.
  package var sourceLine: String?
  /// How many scalars of the line are meant, from `column`.
  package var length: Int

  package init(
    file: String,
    line: Int = 0,
    column: Int = 0,
    severity: Severity = .error,
    message: String,
    suggestion: String? = nil,
    sourceLine: String? = nil,
    length: Int = 1
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.severity = severity
    self.message = message
    self.suggestion = suggestion
    self.sourceLine = sourceLine
    self.length = length
  }

  /// `file:line:column: error: message`, then the line of the file with the place underlined.
  /// Without a newline at its end.
  package var rendered: String {
    let place = line > 0 ? "\(file):\(line):\(column)" : file
    let head = "\(place): \(severity.rawValue): \(message)"
    let question = suggestion.map { "did you mean '\($0)'?" }
    guard let sourceLine, line > 0 else {
      return question.map { "\(head); \($0)" } ?? head
    }
    let (shown, offset) = Self.window(of: sourceLine, around: column)
    let available = max(1, shown.unicodeScalars.count - offset)
    let underline = "^" + String(repeating: "~", count: max(0, min(length, available) - 1))
    let caret = String(repeating: " ", count: offset) + underline
    return "\(head)\n\(shown)\n" + (question.map { "\(caret) \($0)" } ?? caret)
  }

  /// A long line is shown around the place alone, so that a hostile file cannot flood a terminal.
  private static func window(of line: String, around column: Int) -> (String, Int) {
    let scalars = Array(line.unicodeScalars)
    let offset = max(0, min(column - 1, scalars.count))
    guard scalars.count > 160 else { return (line, offset) }
    let start = max(0, offset - 60)
    let end = min(scalars.count, start + 140)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[start..<end])
    let prefix = start > 0 ? "..." : ""
    let suffix = end < scalars.count ? "..." : ""
    return (prefix + String(text) + suffix, offset - start + prefix.count)
  }
}
