import Yams

/// A YAML file as far as its shape goes: within the bounds, one document, no hazards.
struct Document {
  /// No file of this language nests deeper than a handful of levels.
  static let deepest = 16

  let reporter: Reporter
  /// Nil when the text could not be made into a tree; the reporter says why.
  let root: Node?

  init(_ source: SourceText) {
    reporter = Reporter(source)
    let hazards = source.hazards(limit: Reporter.limit)
    guard hazards.isEmpty else {
      for hazard in hazards { reporter.add(hazard) }
      root = nil
      return
    }
    root = Self.compose(source, reporter)
    if let root { Self.refuseDepth(root, level: 1, reporter) }
  }

  private static func compose(_ source: SourceText, _ reporter: Reporter) -> Node? {
    do {
      guard let node = try Yams.compose(yaml: source.text, .basic, .default, .utf8) else {
        reporter.add(source.diagnostic("the file is empty", line: 1, column: 1))
        return nil
      }
      return node
    } catch let error as YamlError {
      reporter.add(diagnostic(error, source))
    } catch {
      reporter.add(source.diagnostic("this is not YAML", line: 1, column: 1))
    }
    return nil
  }

  private static func diagnostic(_ error: YamlError, _ source: SourceText) -> Diagnostic {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let words = words(for: problem, context: context?.text)
      return source.diagnostic(words, line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.first ?? ""
      return source.diagnostic(
        "'\(key.prefix(80))' stands more than once in the same mapping",
        line: context.mark.line,
        column: context.mark.column,
        length: key.unicodeScalars.count
      )
    default:
      return source.diagnostic("this is not YAML", line: 1, column: 1)
    }
  }

  private static func words(for problem: String, context: String?) -> String {
    if problem.hasPrefix("Maximum nesting level") { return "nested too deeply" }
    if problem == "found undefined alias" {
      return "aliases ('*name') are not part of this language; quote a text that begins with '*'"
    }
    if problem.hasPrefix("mapping values are not allowed") {
      return "this is not YAML: a text with ': ' in it wants quotes, and a word its own line"
    }
    if problem == "but found another document" {
      return "a second document begins here; a file holds one"
    }
    let place = context.map { " \($0)" } ?? ""
    return "this is not YAML:\(place.isEmpty ? "" : place + ",") \(problem)"
  }

  private static func refuseDepth(_ node: Node, level: Int, _ reporter: Reporter) {
    guard !reporter.isFull else { return }
    guard level <= deepest else {
      reporter.error("nested too deeply", at: node)
      return
    }
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        refuseDepth(key, level: level + 1, reporter)
        refuseDepth(value, level: level + 1, reporter)
      }
    case .sequence(let sequence):
      for element in sequence { refuseDepth(element, level: level + 1, reporter) }
    default:
      return
    }
  }
}
