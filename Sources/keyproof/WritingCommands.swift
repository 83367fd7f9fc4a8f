import ArgumentParser
import Foundation
import Guarantees
import ScenarioFiles

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Writes a commented scenario to start from; it plays as it stands."
  )

  private static let libraryWorld = "worlds/two-departments.yaml"

  @Argument(help: "The file to write; .yaml is added where it is missing.")
  var name = "first-story"

  func run() throws {
    let terminal = Terminal()
    let path = name.hasSuffix(".yaml") || name.hasSuffix(".yml") ? name : name + ".yaml"
    let url = URL(fileURLWithPath: path)
    let title = url.deletingPathExtension().lastPathComponent.replacing("-", with: " ")
    guard title.contains(where: { !$0.isWhitespace }), !title.contains(where: \.isNewline) else {
      throw ValidationError("a file needs a name, and '\(name)' is none")
    }
    let hasLibrary = FileManager.default.fileExists(
      atPath: Library.folder + "/" + Self.libraryWorld
    )
    let text = StarterScenario.text(
      // As YAML text whatever is in it.
      title: "\"" + title.filter { $0 != "\"" && $0 != "\\" } + "\"",
      world: hasLibrary ? Self.libraryWorld : nil
    )
    do {
      // Never over what somebody wrote.
      try Data(text.utf8).write(to: url, options: .withoutOverwriting)
    } catch CocoaError.fileWriteFileExists {
      throw ValidationError("'\(path)' is there already")
    } catch {
      throw ValidationError("'\(path)' cannot be written: is there such a folder?")
    }
    terminal.print(
      """
      \(path)
      keyproof validate \(path)
      keyproof run \(path)
      """
    )
  }
}

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tells scenarios in plain words, with their times worked out."
  )

  @Argument(help: "Scenario files or folders.")
  var paths: [String]

  @OptionGroup var place: LibraryOptions

  func run() throws {
    let terminal = Terminal()
    let scenarios = try Library(paths: paths, in: place).load(terminal: terminal)
    guard !scenarios.isEmpty else {
      terminal.error("nothing to explain: no scenario stands there")
      throw ExitCode(ExitStatus.inconclusive.rawValue)
    }
    terminal.print(scenarios.map { StoryTeller($0).text }.joined(separator: "\n"))
  }
}

struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Plays again what a report names: 'keyproof replay keyproof run ...'."
  )

  @Argument(
    parsing: .captureForPassthrough,
    help: "The command as the report prints it, in quotes or not."
  )
  var words: [String] = []

  mutating func run() async throws {
    // In quotes it is one word; otherwise the shell has taken it apart already. What stands behind
    // it is added.
    let isQuoted = words.first?.contains(" ") == true
    var arguments = isQuoted ? Self.split(words[0]) + words.dropFirst() : words
    if arguments.first.map({ $0 == "keyproof" || $0.hasSuffix("/keyproof") }) == true {
      arguments.removeFirst()
    }
    guard arguments.first == "run", arguments.count > 1 else {
      throw ValidationError("a report's command begins with 'keyproof run FILE'")
    }
    var command = try RunCommand.parse(Array(arguments.dropFirst()))
    try await command.run()
  }

  /// At spaces, but for what stands in single quotes or behind a backslash.
  static func split(_ text: String) -> [String] {
    var words: [String] = []
    var current = ""
    var isQuoted = false
    var isEscaped = false
    for character in text {
      switch character {
      case _ where isEscaped:
        current.append(character)
        isEscaped = false
      case "\\" where !isQuoted: isEscaped = true
      case "'": isQuoted.toggle()
      case " " where !isQuoted:
        if !current.isEmpty { words.append(current) }
        current = ""
      default: current.append(character)
      }
    }
    return current.isEmpty ? words : words + [current]
  }
}
