import Foundation
import Guarantees
import ScenarioFiles
import Testing

/// The files that editors and people read are those that the program makes.
@Suite struct LanguageFilesTests {
  private func file(_ name: String) throws -> String {
    try String(contentsOf: Bench.root.appending(path: "Scenarios/\(name)"), encoding: .utf8)
  }

  @Test func theSchemaIsThePrograms() throws {
    let made = try LanguageSchema(guarantees: Catalogue.guarantees.map(\.id)).encoded()
    #expect(
      try file("scenario.schema.json") == made,
      "make it anew: keyproof schema > Scenarios/scenario.schema.json"
    )
  }

  @Test func theReferenceIsThePrograms() throws {
    #expect(
      try file("LANGUAGE.md") == LanguageReference().text,
      "make it anew: keyproof schema --reference > Scenarios/LANGUAGE.md"
    )
  }
}
