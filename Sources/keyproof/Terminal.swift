import Foundation
import Reporting

/// What a person reads: standard output for results, standard error for what went wrong.
struct Terminal: Sendable {
  let layout: TerminalText
  /// Whether a GitHub workflow reads along, which shows annotations at their lines.
  let annotates: Bool

  init() {
    let environment = ProcessInfo.processInfo.environment
    annotates = environment["GITHUB_ACTIONS"] == "true"
    let isTerminal = isatty(1) == 1
    let width = environment["COLUMNS"].flatMap(Int.init) ?? Self.windowWidth ?? 100
    layout = TerminalText(
      isTerminal: isTerminal,
      width: width,
      colour: isTerminal && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
    )
  }

  func print(_ text: String) {
    FileHandle.standardOutput.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  /// One line that the next replaces; on a pipe nothing but the last.
  func progress(_ text: String, isLast: Bool) {
    if layout.isTerminal {
      FileHandle.standardError.write(Data("\r\(text)\(isLast ? "\n" : "")".utf8))
    } else if isLast {
      FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
  }

  func error(_ text: String) {
    FileHandle.standardError.write(Data("keyproof: error: \(text)\n".utf8))
  }

  func diagnostics(_ lines: [String]) {
    FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  }

  private static var windowWidth: Int? {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
