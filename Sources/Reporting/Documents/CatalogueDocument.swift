import Evidence
package import Foundation
import Guarantees

/// The catalogue for programs: what `keyproof guarantees --json` prints.
package struct CatalogueDocument: Encodable {
  private var format = "keyproof-catalogue/1"
  private var notice = ControlSupport.disclaimer
  private var entries: [Entry]

  package init(_ sheets: [CatalogueSheet]) {
    entries = sheets.map(Entry.init)
  }

  package func encoded() throws -> Data { try JSONBytes.encode(self) }

  private struct Entry: Encodable {
    var id: String
    var kind: CatalogueEntry.Kind
    var statement: String
    var source: String
    var meaning: String
    /// How far each deployment model goes; models that do not claim it are left out.
    var claims: [String: Claims.Scope]
    /// How much, how long and how often a promise allows.
    var bounds: [String]
    var exercised: String
    var checker: String?
    var scenarios: [String]
    var rogues: [CatalogueSheet.Rogue]
    var supports: [Support]

    init(_ sheet: CatalogueSheet) {
      let entry = sheet.entry
      id = entry.id
      kind = entry.kind
      statement = entry.statement
      source = entry.source
      meaning = entry.meaning
      claims = Facts.Deployment.allCases.reduce(into: [:]) { claims, model in
        claims[model.rawValue] = entry.claims.scope(of: model)
      }
      bounds = entry.bounds
      exercised = entry.exercised
      checker = entry.checker
      scenarios = sheet.scenarios
      rogues = sheet.rogues
      supports = entry.supports.map {
        Support(framework: $0.framework, controls: $0.controls, shows: $0.evidence)
      }
    }
  }

  private struct Support: Encodable {
    var framework: ControlFramework
    var controls: [Control]
    var shows: String
  }
}
