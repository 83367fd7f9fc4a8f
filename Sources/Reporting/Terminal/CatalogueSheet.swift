import Evidence
package import Guarantees

/// All about one entry of the catalogue, with the scenarios and rogues that name it.
package struct CatalogueSheet: Sendable {
  package struct Rogue: Sendable, Encodable {
    package var name: String
    package var summary: String
    /// What really happened, somewhere.
    package var incident: String?

    package init(name: String, summary: String, incident: String?) {
      self.name = name
      self.summary = summary
      self.incident = incident
    }
  }

  package var entry: CatalogueEntry
  package var scenarios: [String]
  package var rogues: [Rogue]

  package init(entry: CatalogueEntry, scenarios: [String], rogues: [Rogue]) {
    self.entry = entry
    self.scenarios = scenarios
    self.rogues = rogues
  }

  /// One line for each entry.
  package static func list(_ entries: [CatalogueEntry]) -> String {
    let width = entries.map(\.id.count).max() ?? 0
    return entries.map { TerminalText.padded($0.id, width + 2) + $0.statement }
      .joined(separator: "\n")
  }

  package func text(_ layout: TerminalText) -> String {
    let isPromise = entry.kind == .promise
    var lines = [layout.paint(entry.id, .bold)]
    func add(_ heading: String, _ paragraphs: [String]) {
      lines += ["", layout.paint(heading, .bold)]
      for paragraph in paragraphs { lines += layout.wrapped(paragraph, indent: 2) }
    }
    add(isPromise ? "The promise" : "The limit", [entry.statement])
    add("The guide says", ["\"\(entry.source)\""])
    add(isPromise ? "If it fails" : "What follows", [entry.meaning])
    add(isPromise ? "Claimed by" : "True of", claims)
    if !entry.bounds.isEmpty { add("Within these bounds", entry.bounds) }
    add("Exercised when", [entry.exercised])
    if isPromise {
      add("Judged by", [entry.checker ?? "no checker"])
      add("Shown by", scenarios.isEmpty ? ["no scenario here"] : scenarios)
      add(
        "Broken by",
        rogues.isEmpty
          ? ["no rogue yet"]
          : rogues.map { rogue in
            "\(rogue.name): \(rogue.summary)"
              + (rogue.incident.map { " (after \($0))" } ?? "")
          }
      )
    } else {
      add("Demonstrated by", scenarios.isEmpty ? ["no scenario here"] : scenarios)
    }
    add("Controls on which it bears", [ControlSupport.disclaimer])
    for support in entry.supports {
      lines += layout.wrapped("\(support.framework.title):", indent: 2)
      for control in support.controls {
        lines += layout.wrapped("\(control.number)  \(control.title)", indent: 4)
      }
      lines += layout.wrapped("shows \(support.evidence)", indent: 4)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var claims: [String] {
    if entry.claims.isByContract { return ["whoever has it in the contract, with any model"] }
    return Facts.Deployment.allCases.map { model in
      switch entry.claims.scope(of: model) {
      case .everything?: "\(model.words): yes"
      case .modelCalls?: "\(model.words): for calls of the model, not for the vendor's embeddings"
      case nil: "\(model.words): no"
      }
    }
  }
}
