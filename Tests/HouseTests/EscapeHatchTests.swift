import Testing

/// Ways around the compiler's and the reader's checks.
@Suite struct EscapeHatchTests {
  static let forbidden = ["try!", "as!", "fatalError(", "unsafeBitCast("]
  static let wantReasons = ["@unchecked Sendable", "nonisolated(unsafe)"]
  // Composed, so that this file does not hold what it looks for.
  static let leftovers = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]

  @Test func nothingInTheSourcesIsForced() {
    let violations = SourceTree.sources.flatMap(Self.forcedViolations)
    #expect(violations.isEmpty, "\(violations)")
  }

  @Test func whatTheCompilerCannotCheckSaysWhy() {
    let violations = SourceTree.sources.flatMap(Self.uncheckedViolations)
    #expect(violations.isEmpty, "\(violations)")
  }

  @Test func nothingIsLeftForLater() {
    let violations = SourceTree.swiftFiles.flatMap(Self.leftoverViolations)
    #expect(violations.isEmpty, "\(violations)")
  }

  @Test(arguments: forbidden)
  func somethingForcedIsSeen(word: String) {
    let file = SourceFile(path: "P.swift", text: "let a = 1\nlet b = \(word) c\n")
    #expect(Self.forcedViolations(file).map(\.line) == [2])
  }

  @Test(arguments: wantReasons)
  func somethingUncheckedIsSeen(word: String) {
    let gap = "let a = 1\n"
    let reason = "// Guarded by its lock.\n"
    func lines(_ text: String) -> [Int] {
      Self.uncheckedViolations(SourceFile(path: "P.swift", text: text)).map(\.line)
    }
    #expect(lines("\(word) b\n") == [1])
    #expect(lines("\(reason)\(gap)\(gap)\(word) b\n") == [])
    #expect(lines("\(reason)\(gap)\(gap)\(gap)\(word) b\n") == [5])
  }

  @Test(arguments: leftovers)
  func aLeftoverIsSeen(word: String) {
    let file = SourceFile(path: "P.swift", text: "let a = 1\n// \(word): later\n")
    #expect(Self.leftoverViolations(file).map(\.line) == [2])
  }

  private static func forcedViolations(_ file: SourceFile) -> [Violation] {
    forbidden.flatMap { word in
      file.codeLines(with: word).map {
        Violation(path: file.path, line: $0, problem: "'\(word)'")
      }
    }
  }

  /// A comment within three lines before it, or after it, is a reason.
  private static func uncheckedViolations(_ file: SourceFile) -> [Violation] {
    wantReasons.flatMap { word in
      file.codeLines(with: word).filter { line in
        let near = max(0, line - 4)..<min(file.lines.count, line + 3)
        return !file.lines[near].contains { $0.contains("//") }
      }.map { Violation(path: file.path, line: $0, problem: "'\(word)' without its reason") }
    }
  }

  private static func leftoverViolations(_ file: SourceFile) -> [Violation] {
    file.lines.enumerated().flatMap { index, line in
      leftovers.filter { line.contains($0) }.map {
        Violation(path: file.path, line: index + 1, problem: "'\($0)'")
      }
    }
  }
}
