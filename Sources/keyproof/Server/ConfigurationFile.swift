import ArgumentParser
import Foundation
import Guarantees
import ScenarioFiles

/// A configuration file of a server: reading it, and saying where it is wrong.
struct ConfigurationFile {
  struct Fault: Error {
    /// From 1; 0 when the file as a whole is meant.
    var line = 0
    var column = 0
    var message: String
    var suggestion: String?
  }

  let path: String
  let terminal: Terminal

  /// - Parameter read: what the text means.
  /// - Throws: exit code 65 for a file that cannot be used, after saying why.
  func load<Content>(_ read: (String) throws -> Content) throws -> Content {
    var text: String?
    do {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw Fault(message: "there is no such file, or it cannot be read")
      }
      guard data.count <= 1 << 20, let content = String(bytes: data, encoding: .utf8) else {
        throw Fault(message: "a configuration is a text of at most a megabyte")
      }
      text = content
      return try read(content)
    } catch let fault as Fault {
      throw report(fault, in: text ?? "")
    }
  }

  private func report(_ fault: Fault, in text: String) -> ExitCode {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let diagnostic = Diagnostic(
      file: path,
      line: fault.line,
      column: fault.column,
      message: fault.message,
      suggestion: fault.suggestion,
      sourceLine: lines.indices.contains(fault.line - 1) ? String(lines[fault.line - 1]) : nil
    )
    terminal.diagnostics([diagnostic.rendered])
    return ExitCode(ExitStatus.badScenario.rawValue)
  }
}
