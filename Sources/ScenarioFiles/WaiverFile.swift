import Foundation
import Worlds
import Yams

/// One entry of a file of waivers.
package struct WaiverEntry: Sendable, Equatable {
  package var guarantee: String
  package var scenario: String
  package var reason: String
  package var owner: String
  /// The last day on which it counts, as `2026-12-31`.
  package var expires: String
}

/// A file of waivers, read and checked. With an error among its diagnostics its entries are not to
/// be used.
package struct WaiverFile: Sendable {
  package private(set) var entries: [WaiverEntry] = []
  package private(set) var diagnostics: [Diagnostic]
  /// As it was read.
  package let text: String

  /// - Parameters:
  ///   - knownGuarantees: ids of promises and of scenarios' own checks.
  ///   - knownScenarios: names as reports give them, with their `#`.
  package init(
    at path: String,
    knownGuarantees: [String],
    knownScenarios: [String]
  ) {
    do {
      self.init(
        text: try LibraryFiles.text(at: path),
        path: path,
        knownGuarantees: knownGuarantees,
        knownScenarios: knownScenarios
      )
    } catch {
      self.init(text: "", diagnostics: [Diagnostic(file: path, message: error.message)])
    }
  }

  private init(text: String, diagnostics: [Diagnostic]) {
    self.text = text
    self.diagnostics = diagnostics
  }

  package init(
    text: String,
    path: String,
    knownGuarantees: [String],
    knownScenarios: [String]
  ) {
    self.text = text
    let document = Document(SourceText(path: path, text: text))
    let reader = WaiverReader(
      reporter: document.reporter,
      knownGuarantees: knownGuarantees,
      knownScenarios: knownScenarios
    )
    entries = document.root.map(reader.read) ?? []
    diagnostics = document.reporter.inOrder
  }

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

private struct WaiverReader {
  let reporter: Reporter
  let knownGuarantees: [String]
  let knownScenarios: [String]

  func read(_ root: Node) -> [WaiverEntry] {
    guard
      let fields = Fields(root, what: "a file of waivers", shape: .waivers, reporter: reporter),
      let list = fields.required("waivers")
    else { return [] }
    guard case .sequence(let nodes) = list else {
      reporter.error("'waivers' must be a list, an entry behind each '-'", at: list)
      return []
    }
    var seen: Set<[String]> = []
    return nodes.compactMap { node in
      guard let entry = entry(node) else { return nil }
      if !seen.insert([entry.guarantee, entry.scenario]).inserted {
        reporter.error("there is a waiver of this promise in this scenario already", at: node)
      }
      return entry
    }
  }

  private func entry(_ node: Node) -> WaiverEntry? {
    guard let fields = Fields(node, what: "a waiver", shape: .waiver, reporter: reporter) else {
      return nil
    }
    let guarantee = fields.required("guarantee").flatMap {
      reporter.word($0, kind: "guarantee", among: knownGuarantees)
    }
    let scenario = fields.required("scenario").flatMap(scenario)
    let reason = fields.requiredText("reason")
    let owner = fields.requiredText("owner")
    let expires = fields.required("expires").flatMap(day)
    guard let guarantee, let scenario, let reason, let owner, let expires else { return nil }
    return WaiverEntry(
      guarantee: guarantee,
      scenario: scenario,
      reason: reason,
      owner: owner,
      expires: expires
    )
  }

  /// A file stands for all stories that are made of it.
  private func scenario(_ node: Node) -> String? {
    let files = knownScenarios.map { String($0.prefix { $0 != "#" }) }
    return reporter.word(node, kind: "scenario", among: knownScenarios + files)
  }

  private func day(_ node: Node) -> String? {
    guard let text = reporter.text(node, what: "'expires'") else { return nil }
    guard Timestamp(iso8601: text + "T00:00:00Z") != nil else {
      reporter.error("'expires' must be the last day of the waiver, such as 2026-12-31", at: node)
      return nil
    }
    return text
  }
}
