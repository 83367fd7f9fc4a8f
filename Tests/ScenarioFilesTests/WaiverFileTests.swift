import ScenarioFiles
import Testing

@Suite struct WaiverFileTests {
  private static let right = """
    waivers:
      - guarantee: direct-billing
        scenario: billing/a.yaml
        reason: The invoice is mended in the next release.
        owner: ana@acme.example
        expires: 2026-12-31
    """

  private func read(_ text: String) -> WaiverFile {
    WaiverFile(
      text: text,
      path: "w.yaml",
      knownGuarantees: ["direct-billing", "no-pooling", "check:mine"],
      knownScenarios: ["billing/a.yaml", "billing/b.yaml#m=1"]
    )
  }

  @Test func aFileIsRead() throws {
    let file = read(Self.right)
    #expect(file.diagnostics.isEmpty)
    let entry = try #require(file.entries.first)
    #expect(file.entries.count == 1)
    #expect([entry.guarantee, entry.scenario] == ["direct-billing", "billing/a.yaml"])
    #expect(entry.reason == "The invoice is mended in the next release.")
    #expect([entry.owner, entry.expires] == ["ana@acme.example", "2026-12-31"])
    #expect(file.text == Self.right)
  }

  @Test(arguments: ["billing/b.yaml", "'billing/b.yaml#m=1'"])
  func aStoryIsNamedWithItsFileOrAlone(name: String) {
    #expect(read(Self.right.replacing("billing/a.yaml", with: name)).diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("direct-billing", "direct-biling", "2:16: error: unknown guarantee 'direct-biling'"),
    ("billing/a.yaml", "billing/aa.yaml", "3:15: error: unknown scenario 'billing/aa.yaml'"),
    ("expires: 2026-12-31", "expires: soon", "6:14: error: 'expires' must be the last day"),
    ("2026-12-31", "2026-02-30", "6:14: error: 'expires' must be the last day"),
    ("owner", "ower", "5:5: error: unknown word in a waiver: 'ower'"),
    ("    owner: ana@acme.example\n", "", "2:5: error: a waiver needs 'owner'"),
    ("The invoice is mended in the next release.", "", "4:12: error: 'reason' is empty"),
    ("waivers:", "waiver:", "1:1: error: unknown word in a file of waivers: 'waiver'"),
  ])
  func aMistakeIsShownAtItsPlace(old: String, new: String, expected: String) {
    let file = read(Self.right.replacing(old, with: new))
    #expect(file.hasErrors)
    let rendered = file.diagnostics.map(\.rendered).joined(separator: "\n")
    #expect(rendered.hasPrefix("w.yaml:\(expected)"), "\(rendered)")
  }

  @Test func theNearestWordIsSuggested() {
    let file = read(Self.right.replacing("direct-billing", with: "direct-biling"))
    #expect(file.diagnostics.map(\.suggestion) == ["direct-billing"])
  }

  @Test func theSameTwiceIsAMistake() {
    let entry = Self.right.split(separator: "\n").dropFirst().joined(separator: "\n")
    let file = read(Self.right + "\n" + entry)
    #expect(file.diagnostics.map(\.line) == [7])
  }

  @Test(arguments: ["waivers: none", "", "- a", "waivers: [{}]", "&a [*a]"])
  func whatIsNoFileOfWaiversIsRefused(text: String) {
    #expect(read(text).hasErrors)
    #expect(read(text).entries.isEmpty)
  }

  @Test func aMissingFileIsNamed() {
    let file = WaiverFile(at: "/nowhere/w.yaml", knownGuarantees: [], knownScenarios: [])
    #expect(file.diagnostics.map(\.rendered) == ["/nowhere/w.yaml: error: there is no such file"])
  }
}
