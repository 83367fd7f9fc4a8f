import Testing

@Suite struct BannedCallTests {
  @Test func nothingOfTheMachineReachesTheSimulatedWorld() {
    let violations = SourceTree.sources.flatMap(BannedCalls.violations)
    #expect(violations.isEmpty, "\(violations)")
  }

  @Test func everyFolderUnderTheRuleIsThere() {
    for folder in BannedCalls.folders { #expect(SourceTree.isFolder(folder), "\(folder)") }
  }

  /// What is excepted and no longer used is a door left open.
  @Test func everyExceptionIsStillNeeded() {
    for exception in BannedCalls.exceptions {
      let file = SourceTree.sources.first { $0.path == exception.path }
      #expect(file?.codeLines(with: exception.word).count == exception.count, "\(exception)")
      #expect(!exception.reason.isEmpty)
    }
  }

  @Test(arguments: BannedCalls.folders, BannedCalls.words)
  func aPlantedCallIsSeen(folder: String, word: String) {
    let receiver = word.hasPrefix(".") ? "numbers" : ""
    let file = SourceFile(
      path: "\(folder)/Planted.swift",
      text: "// One line.\nlet value = \(receiver)\(word)\n"
    )
    #expect(BannedCalls.violations(in: file).contains { $0.line == 2 })
  }

  @Test func anInterpolatedCallIsSeen() {
    let file = SourceFile(
      path: "Sources/Wire/Planted.swift",
      text: #"let name = "file-\(UUID().uuidString)""#
    )
    #expect(BannedCalls.violations(in: file).count == 1)
  }

  @Test func oneMoreThanTheExceptionIsSeen() {
    let line = "let begin = ContinuousClock.now\n"
    let path = "Sources/Conductor/LibraryRun.swift"
    let allowed = SourceFile(path: path, text: line + line)
    let oneMore = SourceFile(path: path, text: line + line + line)
    #expect(BannedCalls.violations(in: allowed).isEmpty)
    #expect(BannedCalls.violations(in: oneMore).count == 3)
  }

  @Test(
    arguments: [
      "let a = Date(timeIntervalSince1970: 0)", "await withTaskGroup(of: Int.self) { _ in }",
      "if Task.isCancelled { return }", "// Task { }", "let a = \"Task.sleep\"",
      "let thread = GoogleChat.Thread(name: name)", "terminal.print(text)", "fingerprint(of: key)",
      "let sorted = values.shuffled(using: &generator)",
    ])
  func whatOnlyLooksAlikeIsLeftAlone(line: String) {
    let file = SourceFile(path: "Sources/Wire/Planted.swift", text: line)
    #expect(BannedCalls.violations(in: file).isEmpty)
  }
}
