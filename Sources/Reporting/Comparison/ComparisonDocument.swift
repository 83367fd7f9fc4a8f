package import Foundation
import Guarantees

/// A comparison for programs: what `keyproof diff --format json` prints.
package struct ComparisonDocument: Encodable {
  static let file = "changes.json"

  private var format = "keyproof-changes/1"
  private var status: String
  private var code: Int32
  private var counts: [String: Int]
  private var particulars: [Particular]
  private var promises: [Promise]
  private var changes: [Change]
  /// Broken before and now.
  private var remaining: [Item]

  package init(_ comparison: ReportComparison) {
    let exit = comparison.exitStatus
    status = exit.name
    code = exit.rawValue
    counts = ReportComparison.Kind.allCases.reduce(into: [:]) { counts, kind in
      counts[kind.rawValue] = comparison.changes(kind).count
    }
    counts["unchanged"] = comparison.unchanged
    particulars = comparison.particulars.map {
      Particular(name: $0.name, before: $0.before, after: $0.after)
    }
    promises = comparison.promises.map {
      Promise(guarantee: $0.id, before: $0.before, after: $0.after)
    }
    changes = comparison.changes.map { change in
      Change(
        kind: change.kind,
        effect: change.effect,
        scenario: change.key?.file ?? "",
        rule: change.key?.rule ?? "",
        about: change.key?.about ?? "",
        before: change.before.map(Side.init),
        after: change.after.map(Side.init)
      )
    }
    remaining = comparison.remaining.map { item in
      Item(
        scenario: item.key.file,
        rule: item.key.rule,
        about: item.key.about,
        stands: Side(item)
      )
    }
  }

  package func encoded() throws -> Data { try JSONBytes.encode(self) }

  private struct Particular: Encodable {
    var name: String
    var before: String
    var after: String
  }

  private struct Promise: Encodable {
    var guarantee: String
    var before: Verdict?
    var after: Verdict?
  }

  private struct Change: Encodable {
    var kind: ReportComparison.Kind
    var effect: ReportComparison.Effect
    var scenario: String
    /// A promise, `expectation` or `control`.
    var rule: String
    var about: String
    var before: Side?
    var after: Side?
  }

  private struct Item: Encodable {
    var scenario: String
    var rule: String
    var about: String
    var stands: Side
  }

  private struct Side: Encodable {
    var verdict: String
    var waived: Bool
    var sentence: String

    init(_ item: ComparedItem) {
      verdict = item.word
      waived = item.isWaived
      sentence = item.sentence
    }
  }
}
