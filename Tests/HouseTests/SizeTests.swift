import Testing

@Suite struct SizeTests {
  static let longestFile = 350
  /// Functions stay below it.
  static let functionLimit = 70
  static let longestLine = 100

  @Test func filesAreShort() {
    let violations = SourceTree.swiftFiles.compactMap(Self.fileViolation)
    #expect(violations.isEmpty, "\(violations)")
  }

  @Test func functionsAreShort() {
    let violations = SourceTree.swiftFiles.flatMap(Self.functionViolations)
    #expect(violations.isEmpty, "\(violations)")
  }

  @Test func linesAreShort() {
    let violations = SourceTree.swiftFiles.flatMap(Self.lineViolations)
    #expect(violations.isEmpty, "\(violations)")
  }

  @Test func aLongFileIsSeen() {
    let line = "let a = 1\n"
    let longest = SourceFile(path: "P.swift", text: String(repeating: line, count: 350))
    let tooLong = SourceFile(path: "P.swift", text: String(repeating: line, count: 351))
    #expect(Self.fileViolation(longest) == nil)
    #expect(Self.fileViolation(tooLong) != nil)
  }

  @Test(arguments: ["func f() {", "init() {", "func f(\n  a: Int = g({ 1 })\n) async\n  -> Int\n{"])
  func aLongFunctionIsSeen(opening: String) {
    let signature = opening.split(separator: "\n").count
    func file(length: Int) -> SourceFile {
      let body = String(repeating: "  call { \"}\" }\n", count: length - signature - 1)
      return SourceFile(path: "P.swift", text: "struct S {\n\(opening)\n\(body)}\n}\n")
    }
    #expect(FunctionLengths.functions(in: file(length: 69)) == [.init(line: 2, length: 69)])
    #expect(Self.functionViolations(file(length: 69)).isEmpty)
    #expect(Self.functionViolations(file(length: 70)).map(\.line) == [2])
  }

  @Test func requirementsAndCallsAreNoFunctions() {
    let text = """
      protocol P {
        func f() -> Int
        init(a: Int)
        var b: Int { get }
      }
      let value = P.init(a: 1)
      struct S {
        func g() { func h() {} }
      }
      """
    let found = FunctionLengths.functions(in: SourceFile(path: "P.swift", text: text))
    #expect(found.map(\.line) == [8, 8])
  }

  @Test func aLongLineIsSeen() {
    let longest = String(repeating: "é", count: 100)
    #expect(Self.lineViolations(SourceFile(path: "P.swift", text: longest)).isEmpty)
    let tooLong = SourceFile(path: "P.swift", text: "\n\(longest)a\n")
    #expect(Self.lineViolations(tooLong).map(\.line) == [2])
  }

  private static func fileViolation(_ file: SourceFile) -> Violation? {
    guard file.lineCount > longestFile else { return nil }
    return Violation(path: file.path, line: 1, problem: "has \(file.lineCount) lines")
  }

  private static func functionViolations(_ file: SourceFile) -> [Violation] {
    FunctionLengths.functions(in: file).filter { $0.length >= functionLimit }.map {
      Violation(path: file.path, line: $0.line, problem: "a function of \($0.length) lines")
    }
  }

  private static func lineViolations(_ file: SourceFile) -> [Violation] {
    file.lines.enumerated().compactMap { index, line in
      guard line.utf8.count > longestLine, line.count > longestLine else { return nil }
      return Violation(path: file.path, line: index + 1, problem: "\(line.count) characters")
    }
  }
}
