package import Guarantees

/// One vendor of a calibration, and what was found of it.
package struct CalibrationRow: Sendable, Equatable {
  package enum Kind: String, Sendable, Equatable {
    case rogue
    case innocent
  }

  /// A guarantee that was seen violated, and the scenario that showed it.
  package struct Accusation: Sendable, Equatable {
    package var guarantee: String
    package var scenario: String

    package init(guarantee: String, scenario: String) {
      self.guarantee = guarantee
      self.scenario = scenario
    }
  }

  package var vendor: String
  package var kind: Kind
  /// The guarantee that a rogue breaks; nil for an innocent.
  package var breaks: String?
  package var accusations: [Accusation]

  package init(vendor: String, kind: Kind, breaks: String?, accusations: [Accusation]) {
    self.vendor = vendor
    self.kind = kind
    self.breaks = breaks
    self.accusations = accusations
  }

  /// By the very guarantee that it breaks; nil when it got away.
  var caughtBy: Accusation? {
    accusations.first { $0.guarantee == breaks }
  }

  var others: [Accusation] {
    accusations.filter { $0.guarantee != breaks }
  }
}

/// Who was caught by what, as `keyproof calibrate` prints it.
package struct CalibrationTable: Sendable {
  private let layout: TerminalText

  package init(layout: TerminalText) {
    self.layout = layout
  }

  /// A rogue counts as caught by the guarantee that it breaks, an innocent as accused by any.
  package static func score(of rows: [CalibrationRow]) -> CalibrationScore {
    let rogues = rows.filter { $0.kind == .rogue }
    let innocents = rows.filter { $0.kind == .innocent }
    return CalibrationScore(
      rogues: rogues.count,
      caught: rogues.count { $0.caughtBy != nil },
      innocents: innocents.count,
      accused: innocents.count { !$0.accusations.isEmpty }
    )
  }

  package func text(for rows: [CalibrationRow]) -> String {
    let head = ["", "vendor", "kind", "breaks", "caught by", "other accusations"]
    let cells = rows.map { row in
      [
        good(row) ? "✓" : "✗", row.vendor, row.kind.rawValue, row.breaks ?? "nothing",
        caught(row), others(row),
      ].map { PlainText.line($0) }
    }
    let widths = head.indices.map { column in
      ([head] + cells).map { $0[column].count }.max() ?? 0
    }
    var lines = [layout.paint(line(head, widths), .bold)]
    for (row, cell) in zip(rows, cells) {
      let text = line(cell, widths)
      lines.append(good(row) ? text : layout.paint(text, .red))
    }
    lines += ["", Self.score(of: rows).sentence]
    return lines.joined(separator: "\n") + "\n"
  }

  private func good(_ row: CalibrationRow) -> Bool {
    switch row.kind {
    case .rogue: row.caughtBy != nil
    case .innocent: row.accusations.isEmpty
    }
  }

  private func caught(_ row: CalibrationRow) -> String {
    switch row.kind {
    case .innocent: row.accusations.isEmpty ? "nothing, rightly" : "ACCUSED"
    case .rogue: row.caughtBy.map { "\($0.guarantee) in \($0.scenario)" } ?? "NOT CAUGHT"
    }
  }

  private func others(_ row: CalibrationRow) -> String {
    row.others.isEmpty
      ? "none" : row.others.map { "\($0.guarantee) in \($0.scenario)" }.joined(separator: ", ")
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = zip(cells, widths).map { TerminalText.padded($0, $1) }
    let text = padded.joined(separator: "  ")
    return String(text.reversed().drop { $0 == " " }.reversed())
  }
}
