package import Foundation
import Guarantees

/// A report as far as it is compared with another: read from its `report.json`.
package struct ReportSnapshot: Sendable {
  /// What the report is about, for a reader to see that two are alike: a name and its value.
  var particulars: [(name: String, value: String)]
  /// The verdict of each promise over the whole run.
  var promises: [(id: String, verdict: Verdict)]
  /// In the report's order.
  var items: [ComparedItem]
  /// Files of the scenarios that were played.
  var played: Set<String>

  /// - Parameter place: a report's folder, or its `report.json`.
  /// - Throws: `UnreadableReport`.
  package init(at place: URL) throws {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isDirectory) else {
      throw UnreadableReport(path: place.path, reason: "there is no such report")
    }
    let file =
      isDirectory.boolValue ? place.appending(path: StagedReport.reportFile) : place
    guard let bytes = try? Data(contentsOf: file) else {
      throw UnreadableReport(path: place.path, reason: "there is no report.json in it")
    }
    do {
      try self.init(bytes)
    } catch let error as UnreadableReport {
      throw UnreadableReport(path: file.path, reason: error.reason)
    }
  }

  /// - Parameter bytes: of a `report.json`.
  /// - Throws: `UnreadableReport`.
  init(_ bytes: Data) throws {
    let decoder = JSONDecoder()
    guard let head = try? decoder.decode(Head.self, from: bytes) else {
      throw UnreadableReport(path: "", reason: "it is no report.json of Keyproof")
    }
    guard head.format == ReportDocument.format else {
      throw UnreadableReport(
        path: "",
        reason: "its format is \(PlainText.line(head.format, limit: 40)), and this program reads "
          + ReportDocument.format
      )
    }
    guard let content = try? decoder.decode(Content.self, from: bytes) else {
      throw UnreadableReport(path: "", reason: "it is damaged")
    }
    particulars = [
      ("subject", content.subject), ("version", content.toolVersion), ("seed", content.seed),
      ("challenge", content.challenge ?? "none"), ("catalogue", content.catalogue),
    ]
    promises = content.guarantees.map { ($0.id, $0.verdict) }
    items = content.scenarios.flatMap(\.items)
    played = Set(content.scenarios.filter { $0.ending.kind == "played" }.map(\.file))
  }

  private struct Head: Decodable {
    var format: String
  }
}

/// What was given for a report and is none that this program reads.
package struct UnreadableReport: Error, Equatable, CustomStringConvertible {
  package var path: String
  package var reason: String

  package var description: String { "\(path): \(reason)" }
}

/// One thing that a report says of one scenario.
struct ComparedItem: Equatable, Sendable {
  /// The same in every report: neither seed nor line nor time are in it.
  struct Key: Hashable, Sendable {
    /// A promise, or a rule of `SARIFResult`.
    var rule: String
    var file: String
    /// Which expectation or control.
    var about: String
  }

  enum Standing: Sendable {
    case good
    /// Not decided.
    case open
    case bad
    /// Said of nothing: not claimed, or not played.
    case silent
  }

  var key: Key
  var standing: Standing
  /// In a word or two, for instance `violated`.
  var word: String
  var sentence: String
  var isWaived = false
  /// Whether a reader wants to see it where nothing has changed.
  var isListed = true
}

extension ReportSnapshot {
  fileprivate struct Content: Decodable {
    var subject: String
    var seed: String
    var challenge: String?
    var toolVersion: String
    var catalogue: String
    var guarantees: [Promise]
    var scenarios: [Story]
  }

  fileprivate struct Promise: Decodable {
    var id: String
    var verdict: Verdict
  }

  fileprivate struct Story: Decodable {
    var file: String
    var shows: [String]
    var ending: StatedReport.Ending
    var findings: [Found]
    var expectations: Expectations
    var expectationsWeigh: Bool
    var control: [Control]
  }

  fileprivate struct Found: Decodable {
    var guarantee: String
    var shown: Bool
    var verdict: Verdict
    var waiver: Waiver?
    var sentence: String
  }

  fileprivate struct Expectations: Decodable {
    var failed: [Failed]
  }

  fileprivate struct Failed: Decodable {
    var text: String
    var observed: String
  }

  fileprivate struct Control: Decodable {
    var guarantee: String
    var expected: Verdict
    var actual: Verdict?
    var cameOut: Bool
  }
}

extension ReportSnapshot.Story {
  fileprivate var items: [ComparedItem] {
    switch ending.kind {
    case "played": (control.isEmpty ? found : controls) + expected
    case "not-run": []
    default: shows.map(failure)
    }
  }

  private func failure(_ rule: String) -> ComparedItem {
    ComparedItem(
      key: .init(rule: rule, file: file, about: ""),
      standing: .open,
      word: "not decided",
      sentence: "Not decided: \(ending.reason ?? "")"
    )
  }

  private var found: [ComparedItem] {
    findings.map { found in
      ComparedItem(
        key: .init(rule: found.guarantee, file: file, about: ""),
        standing: ComparedItem.Standing(found.verdict, shown: found.shown),
        word: found.verdict.word,
        sentence: found.sentence,
        isWaived: found.waiver != nil,
        isListed: found.shown || found.verdict == .violated
      )
    }
  }

  private var controls: [ComparedItem] {
    control.map { control in
      ComparedItem(
        key: .init(rule: SARIFResult.controlRule, file: file, about: control.guarantee),
        standing: control.cameOut ? .good : .bad,
        word: control.cameOut ? "came out" : "did not come out",
        sentence: "\(control.guarantee) must be \(control.expected.word), and was "
          + "\(control.actual?.word ?? "nothing")."
      )
    }
  }

  /// Those that were met are not listed in a report.
  private var expected: [ComparedItem] {
    guard expectationsWeigh else { return [] }
    return expectations.failed.map { failed in
      ComparedItem(
        key: .init(
          rule: SARIFResult.expectationRule,
          file: file,
          about: PlainText.line(failed.text)
        ),
        standing: .bad,
        word: "not met",
        sentence: "\(failed.text): \(failed.observed)"
      )
    }
  }
}

extension ComparedItem.Standing {
  fileprivate init(_ verdict: Verdict, shown: Bool) {
    self =
      switch verdict {
      case .held: .good
      case .violated: .bad
      case .inconclusive: shown ? .open : .silent
      case .notClaimed: .silent
      }
  }
}
