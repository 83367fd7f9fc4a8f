import Foundation
import ScenarioFiles
import Testing

/// Where the paths of a file lead: from its own folder first, and then from its library's root.
@Suite struct PlaceTests {
  private static let story = """
    scenario: S
    about: A story.
    shows: [direct-billing]
    world:
      world: Its own
      starts: 2026-01-05T08:00:00Z
      tenants:
        acme:
          name: Acme
          knowledge: { mine: papers, handbook: knowledge/hr }
          departments: { hr: { knowledge: [mine, handbook] } }
          people: { ana: { name: Ana, department: hr, platform: teams } }
    timeline:
      - { at: 1m, ask: { who: ana, from: mine.txt } }
    """

  /// A folder of its own, which is no library.
  private func elsewhere(_ files: [String: String]) throws -> TemporaryLibrary {
    let folder = try TemporaryLibrary()
    for name in ["worlds", "knowledge", "questions"] {
      try FileManager.default.removeItem(atPath: folder.folder + "/" + name)
    }
    for (path, text) in files { try folder.write(path, text) }
    return folder
  }

  private func load(_ file: String, library: String) -> ([Scenario], [Diagnostic]) {
    let loader = ScenarioLoader(
      root: library,
      workingDirectory: "/",
      knownGuarantees: TemporaryLibrary.guarantees,
      knownVendors: TemporaryLibrary.vendors
    )
    return loader.load(paths: [file])
  }

  @Test func ownFilesStandBesideTheStoryAndSharedOnesInTheLibrary() throws {
    let library = try TemporaryLibrary()
    let own = try elsewhere([
      "s.yaml": Self.story, "papers/plan.md": "A plan.", "mine.txt": "What is planned?\n",
    ])
    let (scenarios, diagnostics) = load(own.folder + "/s.yaml", library: library.folder)
    #expect(diagnostics == [])
    let scenario = try #require(scenarios.first)
    let knowledge = scenario.world.tenants[0].knowledge
    #expect(knowledge.map { $0.documents.map(\.name) } == [["plan.md"], ["a.md"]])
    // Played again from a report, they are found in the same way.
    let bundle = try elsewhere([:])
    for input in scenario.inputs { try bundle.write(input.path, input.text) }
    let (again, complaints) = load(
      bundle.folder + "/" + scenario.inputs[0].path,
      library: bundle.folder
    )
    #expect(complaints == [])
    #expect(again.first?.world.tenants == scenario.world.tenants)
    #expect(again.first?.timeline == scenario.timeline)
  }

  @Test func whatIsBesideTheStoryComesBeforeTheLibrary() throws {
    let library = try TemporaryLibrary()
    let own = try elsewhere([
      "s.yaml": Self.story, "papers/plan.md": "A plan.", "mine.txt": "What is planned?\n",
      "knowledge/hr/other.md": "Another handbook.",
    ])
    let (scenarios, _) = load(own.folder + "/s.yaml", library: library.folder)
    #expect(scenarios.first?.world.tenants[0].knowledge[1].documents.map(\.name) == ["other.md"])
  }

  @Test func aWorldFindsWhatStandsBesideIt() throws {
    let library = try TemporaryLibrary()
    let world = TemporaryLibrary.world.replacing("knowledge/hr", with: "papers")
    let own = try elsewhere([
      "stories/s.yaml": TemporaryLibrary.scenario(
        timeline: "  - { at: 1m, pause: {} }",
        world: "common/w.yaml"
      ),
      "stories/t.yaml": TemporaryLibrary.scenario(
        timeline: "  - { at: 1m, pause: {} }",
        world: "{ from: common/w.yaml, replicas: 2 }"
      ),
      "stories/common/w.yaml": world, "stories/common/papers/plan.md": "A plan.",
    ])
    for name in ["s.yaml", "t.yaml"] {
      let (scenarios, diagnostics) = load(
        own.folder + "/stories/" + name,
        library: library.folder
      )
      #expect(diagnostics == [])
      #expect(scenarios.first?.world.tenants[0].knowledge[0].documents.map(\.name) == ["plan.md"])
    }
  }

  @Test func aMessageSaysWhereWasLooked() throws {
    let own = try elsewhere([
      "s.yaml": TemporaryLibrary.scenario(timeline: "  - { at: 1m, pause: {} }")
    ])
    let (_, missing) = load(own.folder + "/s.yaml", library: "/no/library")
    #expect(
      missing.map(\.message) == [
        "'worlds/small.yaml': there is nothing of that name in '\(own.folder.dropFirst())' nor in "
          + "'no/library'; there is no library here: '--library DIR' says where one is"
      ]
    )
  }

  @Test func linksBesideAStoryDoNotLeadOut() throws {
    let library = try TemporaryLibrary()
    let own = try elsewhere(["s.yaml": Self.story, "mine.txt": "What?\n"])
    for (name, target) in [("papers", library.folder + "/knowledge/hr"), ("nothing", "/none")] {
      try FileManager.default.createSymbolicLink(
        atPath: own.folder + "/" + name,
        withDestinationPath: target
      )
    }
    let (scenarios, diagnostics) = load(own.folder + "/s.yaml", library: library.folder)
    #expect(scenarios.isEmpty)
    #expect(diagnostics.map(\.message).allSatisfy { $0.contains("leads out of") })
    #expect(diagnostics.count == 1)
  }
}
