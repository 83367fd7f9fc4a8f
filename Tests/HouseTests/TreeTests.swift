import Testing

@Suite struct TreeTests {
  static let top: Set<String> = [
    "Package.swift", "README.md", "Sources", "Tests", "Scenarios", "Reports",
  ]
  /// The beginning of the marker within real keys of OpenAI. Composed, so that this file is clean.
  static let realKeyMarker = "T3Blbk" + "FJ"

  @Test func theTopLevelIsTheDesigns() {
    let ignored = (SourceTree.text(of: ".gitignore") ?? "").split(separator: "\n").map(String.init)
    let entries = SourceTree.entries()
    #expect(Self.strangers(among: entries, ignored: ignored).isEmpty)
    #expect(Self.top.subtracting(entries).isEmpty)
  }

  @Test func aStrangerAtTheTopIsSeen() {
    let entries = [".ci", ".build-2", "Package.swift", "Package.resolved", "docs", "notes.txt"]
    #expect(
      Self.strangers(among: entries, ignored: ["Package.resolved", "Reports/*"])
        == ["docs", "notes.txt"]
    )
  }

  @Test func everyFolderOfAModuleHasContent() {
    for module in ImportRule.modules.sorted() {
      #expect(
        SourceTree.sources.contains { $0.isBelow("Sources/\(module)") },
        "\(module) is empty"
      )
    }
    let empty = SourceTree.swiftFiles.filter { !Self.hasContent($0) }.map(\.path)
    #expect(empty.isEmpty, "nothing but imports: \(empty)")
  }

  @Test func everyFolderOfTestsBelongsToAModule() {
    let folders = SourceTree.entries(of: "Tests").filter { SourceTree.isFolder("Tests/\($0)") }
    // Other people's clients against our servers, and the mutants of the checkers, are nobody's
    // unit.
    let units = ImportRule.modules.union(["House"]).map { "\($0)Tests" }
    let expected = Set(units + ["Peers", "Mutants"])
    #expect(Set(folders).subtracting(expected).isEmpty)
  }

  @Test(arguments: ["", "import Testing\n", "// Nothing yet.\n", "print(\"stub\")\n"])
  func aFileWithoutContentIsSeen(text: String) {
    #expect(!Self.hasContent(SourceFile(path: "P.swift", text: text)))
  }

  @Test func noRealKeyIsAnywhere() {
    let folders = ["Sources", "Tests", "Scenarios", ".ci"]
    let paths =
      ["Package.swift", "README.md", "Reports/README.md"] + folders.flatMap(SourceTree.files)
    let marked = paths.filter { SourceTree.text(of: $0)?.contains(Self.realKeyMarker) == true }
    #expect(marked.isEmpty, "\(marked)")
    #expect(paths.count > 300, "the search looked at \(paths.count) files")
  }

  @Test func ciCanBeRun() {
    #expect(SourceTree.text(of: ".ci/run")?.hasPrefix("#!/usr/bin/env bash\n") == true)
  }

  private static func strangers(among entries: [String], ignored: [String]) -> [String] {
    entries.filter { !$0.hasPrefix(".") && !top.contains($0) && !ignored.contains($0) }
  }

  /// A declaration that somebody can use: the smallest honest file has one.
  private static func hasContent(_ file: SourceFile) -> Bool {
    let words = ["struct", "class", "enum", "actor", "protocol", "extension", "func", "let"]
    return words.contains { !file.codeLines(with: $0 + " ").isEmpty }
  }
}
