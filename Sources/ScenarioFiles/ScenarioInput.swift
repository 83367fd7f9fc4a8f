/// A file that a story was made of, with its content.
package struct ScenarioInput: Sendable, Equatable {
  /// From the library's root; a scenario file from elsewhere below `outside/`.
  package var path: String
  package var text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

/// Notes the files that are read for one scenario or world, each once, in the order of reading.
final class ReadInputs {
  private(set) var files: [ScenarioInput] = []

  func note(_ path: String, _ text: String) {
    guard !files.contains(where: { $0.path == path }) else { return }
    files.append(ScenarioInput(path: path, text: text))
  }
}
