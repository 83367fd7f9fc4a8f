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
  /// The guarantees that a rogue breaks; none for an innocent.
  package var breaks: [String]
  package var accusations: [Accusation]

  package init(vendor: String, kind: Kind, breaks: [String], accusations: [Accusation]) {
    self.vendor = vendor
    self.kind = kind
    self.breaks = breaks
    self.accusations = accusations
  }

  /// A rogue by each guarantee that it breaks; nobody else by any.
  var isRight: Bool {
    switch kind {
    case .rogue: breaks.allSatisfy { accusation(of: $0) != nil }
    case .innocent: accusations.isEmpty
    }
  }

  func accusation(of guarantee: String) -> Accusation? {
    accusations.first { $0.guarantee == guarantee }
  }

  /// Other guarantees that were seen violated, each once, in the order of the accusations.
  var others: [String] {
    var seen = Set(breaks)
    return accusations.map(\.guarantee).filter { seen.insert($0).inserted }
  }
}

/// Who was caught by what, as `keyproof calibrate` prints it.
package struct CalibrationTable: Sendable {
  private let layout: TerminalText

  package init(layout: TerminalText) {
    self.layout = layout
  }

  /// A rogue counts as caught by all guarantees that it breaks, an innocent as accused by any.
  package static func score(of rows: [CalibrationRow]) -> CalibrationScore {
    let rogues = rows.filter { $0.kind == .rogue }
    let innocents = rows.filter { $0.kind == .innocent }
    return CalibrationScore(
      rogues: rogues.count,
      caught: rogues.count(where: \.isRight),
      innocents: innocents.count,
      accused: innocents.count { !$0.isRight }
    )
  }

  package func text(for rows: [CalibrationRow]) -> String {
    let head = ["", "vendor", "kind", "found"]
    let cells = rows.map { row in
      [row.isRight ? "✓" : "✗", row.vendor, row.kind.rawValue, found(row)]
        .map { PlainText.line($0) }
    }
    let widths = head.indices.map { column in
      ([head] + cells).map { $0[column].count }.max() ?? 0
    }
    var lines = [layout.paint(line(head, widths), .bold)]
    for (row, cell) in zip(rows, cells) {
      let text = line(cell, widths)
      lines.append(row.isRight ? text : layout.paint(text, .red))
    }
    lines += ["", Self.score(of: rows).sentence]
    return lines.joined(separator: "\n") + "\n"
  }

  private func found(_ row: CalibrationRow) -> String {
    switch row.kind {
    case .innocent:
      return row.isRight ? "nothing, rightly" : "ACCUSED: " + listed(row.accusations)
    case .rogue:
      let caught = row.breaks.map { guarantee in
        row.accusation(of: guarantee).map { listed([$0]) } ?? "\(guarantee) NOT CAUGHT"
      }
      let others = row.others.isEmpty ? "" : "; also \(row.others.joined(separator: ", "))"
      return caught.joined(separator: ", ") + others
    }
  }

  private func listed(_ accusations: [CalibrationRow.Accusation]) -> String {
    accusations.map { "\($0.guarantee) (\($0.scenario))" }.joined(separator: ", ")
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = zip(cells, widths).map { TerminalText.padded($0, $1) }
    let text = padded.joined(separator: "  ")
    return String(text.reversed().drop { $0 == " " }.reversed())
  }
}
