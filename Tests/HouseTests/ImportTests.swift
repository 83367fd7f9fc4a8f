import Testing

@Suite struct ImportTests {
  @Test func everyImportFollowsAnAllowedArrow() {
    let violations = SourceTree.sources.flatMap(ImportRule.violations)
    #expect(violations.isEmpty, "\(violations)")
  }

  @Test func everyModuleHasItsArrows() {
    let folders = SourceTree.entries(of: "Sources").filter { SourceTree.isFolder("Sources/\($0)") }
    #expect(Set(folders) == ImportRule.modules)
  }

  @Test func arrowsPointOneWay() {
    var known: Set<String> = []
    for (module, allowed) in ImportRule.arrows {
      #expect(allowed.isSubset(of: known), "\(module) may import a module that comes after it")
      known.insert(module)
    }
  }

  @Test(
    arguments: [
      "import Evidence", "package import Evidence", "@testable import Evidence",
      "@preconcurrency package import struct Evidence.Event", "  import Providers",
      "import Conductor; import Foundation", "import AsyncHTTPClient",
    ])
  func aForbiddenImportIsSeen(line: String) {
    let file = SourceFile(
      path: "Sources/Orchestrator/Planted.swift",
      text: "import Foundation\n\(line)\n"
    )
    #expect(ImportRule.violations(in: file).map(\.line) == [2])
  }

  @Test(
    arguments: [
      "import Worlds", "package import Secrets", "// import Evidence",
      "let text = \"import Evidence\"", "/* import Evidence */", "import GRDB",
    ])
  func anAllowedImportIsLeftAlone(line: String) {
    let file = SourceFile(path: "Sources/Orchestrator/Planted.swift", text: line + "\n")
    #expect(ImportRule.violations(in: file).isEmpty)
  }

  /// The orchestrator imports Worlds for its seams: clock, randomness, transport, storage. What
  /// simulates and watches it is in the same module, and none of its business.
  @Test func theVendorUsesOnlyTheSeamsOfItsWorld() {
    let hidden = Self.typesOutsideOfSeams(SourceTree.sources)
    #expect(hidden.contains("SimulatedWorld") && hidden.contains("NetworkConditions"))
    let violations = SourceTree.sources.filter { $0.isBelow("Sources/Orchestrator") }
      .flatMap { file in
        hidden.flatMap { type in
          file.codeLines(with: type).map {
            Violation(path: file.path, line: $0, problem: "names \(type)")
          }
        }
      }
    #expect(violations.isEmpty, "\(violations)")
  }

  private static func typesOutsideOfSeams(_ files: [SourceFile]) -> [String] {
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor"]
    return
      files
      .filter { $0.isBelow("Sources/Worlds") && !$0.isBelow("Sources/Worlds/Seams") }
      .flatMap { file in
        file.code.compactMap { line -> String? in
          let words = line.split(whereSeparator: { " :<{(".contains($0) })
          guard line.hasPrefix("package"), let kind = words.firstIndex(where: kinds.contains),
            kind + 1 < words.count
          else { return nil }
          return String(words[kind + 1])
        }
      }
  }
}
