import ArgumentParser
import Guarantees
import ScenarioFiles

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "The language as JSON Schema 2020-12, for editors; or as a reference."
  )

  @Flag(help: "The reference in Markdown: every word, what it takes and means.")
  var reference = false

  func run() throws {
    let terminal = Terminal()
    terminal.print(
      reference
        ? LanguageReference().text
        : try LanguageSchema(guarantees: Catalogue.guarantees.map(\.id)).encoded()
    )
  }
}
