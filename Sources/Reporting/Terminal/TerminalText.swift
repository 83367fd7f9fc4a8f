/// Lays text out for a terminal, or plainly for a pipe.
package struct TerminalText: Sendable {
  /// False for a pipe or a file: lines are left whole.
  package var isTerminal: Bool
  /// In columns.
  package var width: Int
  /// Colour is never the only bearer of a meaning. The caller decides, by `NO_COLOR` and the like.
  package var colour: Bool

  package init(isTerminal: Bool, width: Int = 80, colour: Bool) {
    self.isTerminal = isTerminal
    self.width = max(40, width)
    self.colour = colour
  }

  enum Ink: Int {
    case red = 31
    case green = 32
    case yellow = 33
    case faint = 2
    case bold = 1
  }

  func paint(_ text: String, _ ink: Ink) -> String {
    colour ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// One line: cut with an ellipsis where a terminal would break it.
  func oneLine(_ text: String, after columns: Int) -> String {
    let plain = PlainText.line(text)
    let room = width - columns
    guard isTerminal, plain.count > room else { return plain }
    return room > 1 ? plain.prefix(room - 1) + "…" : "…"
  }

  /// Lines that fit, each after an indent.
  func wrapped(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    let plain = PlainText.line(text)
    guard isTerminal else { return [margin + plain] }
    var lines: [String] = []
    var line = ""
    for word in plain.split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > width {
        lines.append(margin + line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    if !line.isEmpty || lines.isEmpty { lines.append(margin + line) }
    return lines
  }

  static func padded(_ text: String, _ columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - text.count))
  }
}
