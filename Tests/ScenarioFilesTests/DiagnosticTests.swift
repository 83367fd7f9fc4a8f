import ScenarioFiles
import Testing

@Suite struct DiagnosticTests {
  @Test(arguments: Row.steps + Row.actions + Row.expectations + Row.buttons)
  func timelines(_ row: Row) throws {
    let library = try TemporaryLibrary()
    let (scenarios, diagnostics) = try library.load(timeline: row.input)
    #expect(rendered(diagnostics) == row.rendered)
    #expect(scenarios.isEmpty == diagnostics.contains { $0.severity == .error })
  }

  @Test(arguments: Row.files)
  func files(_ row: Row) throws {
    let library = try TemporaryLibrary()
    try library.write("s.yaml", row.input)
    let (scenarios, diagnostics) = library.load("s.yaml")
    #expect(rendered(diagnostics) == row.rendered)
    #expect(scenarios.isEmpty)
  }

  @Test(arguments: Row.worlds)
  func worlds(_ row: Row) throws {
    let library = try TemporaryLibrary()
    try library.write("worlds/w.yaml", row.input)
    #expect(rendered(library.load("worlds/w.yaml").diagnostics) == row.rendered)
  }

  @Test func severalCustomersMustBeTold() throws {
    let library = try TemporaryLibrary()
    let second = """
        globex:
          name: Globex
          departments: { hr: {} }
          people: { gina: { name: Gina, department: hr, platform: teams } }
      """
    try library.write("worlds/two.yaml", TemporaryLibrary.world + "\n" + second)
    let (_, diagnostics) = try library.load(
      timeline: """
          - { at: 1m, remove-key: {} }
          - { at: 1m, move: { who: gina, to: sales } }
          - { at: 1m, ask: { who: gina, text: Hm, in: lunch } }
          - { at: 2m, delete-key: { tenant: globex, key: first } }
        """,
      world: "worlds/two.yaml"
    )
    #expect(
      diagnostics.map(\.message) == [
        "'remove-key' needs 'tenant'; known: acme, globex",
        "unknown department 'sales'; known: hr",
        "'gina' is not a member of 'lunch'",
      ]
    )
  }

  @Test func aLongLineIsShownAroundThePlace() {
    let line = String(repeating: "a", count: 500) + "X" + String(repeating: "b", count: 500)
    let rendered = Diagnostic(
      file: "f.yaml",
      line: 1,
      column: 501,
      message: "m",
      sourceLine: line
    ).rendered.split(separator: "\n")
    #expect(rendered.count == 3)
    #expect(rendered[1].count < 160)
    #expect(Array(rendered[1])[rendered[2].count - 1] == "X")
  }

  @Test func aSuggestionWithoutALineStandsBehindTheMessage() {
    let diagnostic = Diagnostic(file: "f", message: "unknown x 'a'", suggestion: "b")
    #expect(diagnostic.rendered == "f: error: unknown x 'a'; did you mean 'b'?")
  }

  private func rendered(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map(\.rendered).joined(separator: "\n")
  }
}
