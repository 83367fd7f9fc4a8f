/// The language's reference, in Markdown: a table for each mapping, from the same source as the
/// readers.
package struct LanguageReference {
  package init() {}

  package var text: String {
    var lines = [
      "# The language, word by word", "",
      "Made by `keyproof schema --reference`; a test holds it to what the reader accepts. "
        + "The story behind the words: [README.md](README.md).", "",
    ]
    let world = Self.shapes(below: .world)
    // What stands in worlds is told with them, though a scenario may bring one along.
    let scenario = Self.shapes(below: .scenario).filter { shape in
      !world.contains { $0.name == shape.name }
    }
    for (title, shapes) in [("Scenario files", scenario), ("World files", world)] {
      lines += ["## \(title)", ""] + shapes.flatMap(section)
    }
    return lines.joined(separator: "\n")
  }

  /// The shape and those that its words take, each once, from the top down.
  static func shapes(below top: Shape) -> [Shape] {
    var found: [Shape] = []
    var waiting = [top]
    while !waiting.isEmpty {
      let next = waiting.removeFirst()
      guard !found.contains(where: { $0.name == next.name }) else { continue }
      found.append(next)
      waiting += next.words.flatMap { shapes(in: $0.takes) }
    }
    return found
  }

  private static func shapes(in value: Value) -> [Shape] {
    switch value {
    case .mapping(let shape): [shape]
    case .list(let element), .someOf(let element), .entries(let element), .named(let element),
      .someNamed(let element), .judged(let element):
      shapes(in: element)
    case .either(let values): values.flatMap { shapes(in: $0) }
    default: []
    }
  }

  private func section(_ shape: Shape) -> [String] {
    var lines = ["### `\(shape.name)`", "", shape.about]
    if let word = ActionWord(rawValue: shape.name), !word.expectations.isEmpty {
      lines[2] += " Of it may be expected: \(word.expectations.map { "`\($0)`" }.listed)."
    }
    lines.append("")
    guard !shape.words.isEmpty else { return lines + ["It takes no words.", ""] }
    lines += ["| word | takes | meaning |", "|---|---|---|"]
    lines += shape.words.map { word in
      "| `\(word.name)`\(word.isRequired ? " *" : "") | \(Self.words(for: word.takes)) "
        + "| \(word.about) |"
    }
    let rules = shape.rules.map(Self.words)
    if !rules.isEmpty { lines += [""] + rules.map { "- \($0)" } }
    return lines + [""]
  }

  private static func words(for value: Value) -> String {
    switch value {
    case .text: "a text"
    case .identifier: "a name in small letters, digits and dashes"
    case .name(let kind): "the name of a \(kind)"
    case .duration: "a duration such as `30s` or `1h30m`"
    case .span: "a duration, longer than nothing"
    case .rangeOfDurations: "a range such as `200ms..900ms`"
    case .moment: "a duration, the name of a step, or `30s after NAME`"
    case .stepName: "a name in small letters, digits and dashes that begins with a letter"
    case .parameter: "a short text without commas"
    case .month: "a month such as `2026-01`"
    case .dateAndTime: "a moment in UTC such as `2026-01-05T08:00:00Z`"
    case .integer(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .boolean: "`true` or `false`"
    case .oneOf(let words): words.map { "`\($0)`" }.listed
    case .guarantee: "the id of a promise: `keyproof guarantees`"
    case .vendor: "`process`, or a name of `keyproof vendors`"
    case .host: "a host name"
    case .path(let what): "a path in the library: \(what)"
    case .list(let element), .someOf(let element): "one or a list of: \(words(for: element))"
    case .entries(let element): "a list of: \(words(for: element))"
    case .mapping(let shape): "[`\(shape.name)`](#\(shape.name))"
    case .named(let element), .someNamed(let element): "names, each with: \(words(for: element))"
    case .judged(let element): "promises and checks, each with: \(words(for: element))"
    case .either(let values): values.map { words(for: $0) }.joined(separator: "; or ")
    }
  }

  private static func words(for rule: Shape.Rule) -> String {
    func quoted(_ words: [String]) -> String { words.map { "`\($0)`" }.listed }
    return switch rule {
    case .oneOf(let words): "Exactly one of \(quoted(words))."
    case .notEmpty: "At least one of them."
    case .someOf(let words): "At least one of \(quoted(words))."
    case .notBoth(let first, let second): "`\(first)` or `\(second)`, not both."
    case .wants(let first, let second): "`\(first)` wants `\(second)`."
    case .wantsOneOf(let first, let others): "`\(first)` wants one of \(quoted(others))."
    case .with(let word, let value, let must, let mayNot):
      "With `\(word): \(value)`"
        + (must.isEmpty ? "" : ": \(quoted(must))")
        + (mayNot.isEmpty ? "" : (must.isEmpty ? ":" : ",") + " no \(quoted(mayNot))") + "."
    }
  }
}

extension Sequence<String> {
  fileprivate var listed: String { joined(separator: ", ") }
}

extension LanguageReference {
  /// All words that may stand in files, each once.
  package static var words: [String] {
    let shapes = shapes(below: .scenario) + shapes(below: .world)
    return Array(Set(shapes.flatMap(\.keys))).sorted()
  }
}
