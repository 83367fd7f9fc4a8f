import Yams

/// Collects what is wrong in one file. A class, since every reader of a part of the file writes
/// into the same list; it never leaves the call that loads the file.
final class Reporter {
  /// More than this helps nobody, and bounds the work on a hostile file.
  static let limit = 100

  let source: SourceText
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var errorCount = 0
  /// Where to show what is wrong with a node that stands in another file.
  var placeOfStrangers: Node?

  var hasErrors: Bool { errorCount > 0 }
  var isFull: Bool { errorCount >= Self.limit }

  init(_ source: SourceText) {
    self.source = source
  }

  func error(_ message: String, at node: Node, suggestion: String? = nil) {
    add(.error, message, node, suggestion)
  }

  func warning(_ message: String, at node: Node) {
    add(.warning, message, node, nil)
  }

  func add(_ diagnostic: Diagnostic) {
    guard !isFull else { return }
    diagnostics.append(diagnostic)
    guard diagnostic.severity == .error else { return }
    errorCount += 1
    if isFull {
      diagnostics.append(
        Diagnostic(
          file: source.path,
          severity: .warning,
          message: "more than \(Self.limit) errors; the rest of them is not shown"
        )
      )
    }
  }

  /// By their place in the file; what concerns the whole file comes last.
  var inOrder: [Diagnostic] {
    diagnostics.enumerated()
      .sorted { left, right in
        let (first, second) = (left.element, right.element)
        let (firstLine, secondLine) = (first.sortingLine, second.sortingLine)
        return (firstLine, first.column, left.offset) < (secondLine, second.column, right.offset)
      }
      .map(\.element)
  }

  private func add(
    _ severity: Diagnostic.Severity,
    _ message: String,
    _ node: Node,
    _ suggestion: String?
  ) {
    guard !isFull else { return }
    let mark = node.mark ?? placeOfStrangers?.mark
    // The same of every variant of a file.
    let isKnown = diagnostics.contains {
      $0.message == message && $0.line == mark?.line ?? 1 && $0.column == mark?.column ?? 1
    }
    guard !isKnown else { return }
    add(
      source.diagnostic(
        message,
        severity: severity,
        line: mark?.line ?? 1,
        column: mark?.column ?? 1,
        length: node.mark == nil ? 1 : Self.length(of: node),
        suggestion: suggestion
      )
    )
  }

  /// How much of the line to underline: a scalar as it stands there, otherwise its first sign.
  private static func length(of node: Node) -> Int {
    guard case .scalar(let scalar) = node else { return 1 }
    switch scalar.style {
    case .singleQuoted, .doubleQuoted:
      return scalar.string.unicodeScalars.count + 2
    case .literal, .folded:
      return 1
    default:
      return max(1, scalar.string.unicodeScalars.count)
    }
  }
}

extension Diagnostic {
  fileprivate var sortingLine: Int { line == 0 ? Int.max : line }
}
