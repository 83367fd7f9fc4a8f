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
    package var seed: UInt64

    package init(guarantee: String, scenario: String, seed: UInt64 = 1) {
      self.guarantee = guarantee
      self.scenario = scenario
      self.seed = seed
    }
  }

  package var vendor: String
  package var kind: Kind
  /// The guarantees that a rogue breaks; none for an innocent.
  package var breaks: [String]
  package var accusations: [Accusation]
  /// Promises that the honest vendor did not hold in the story that caught this rogue.
  package var unproven: [String]

  package init(
    vendor: String,
    kind: Kind,
    breaks: [String],
    accusations: [Accusation],
    unproven: [String] = []
  ) {
    self.unproven = unproven
    self.vendor = vendor
    self.kind = kind
    self.breaks = breaks
    self.accusations = accusations
  }

  /// A rogue by each guarantee that it breaks, which the honest vendor kept in the same story;
  /// nobody else by any.
  var isRight: Bool {
    switch kind {
    case .rogue: unproven.isEmpty && breaks.allSatisfy { accusation(of: $0) != nil }
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

  /// Promises of `guarantees` that fewer than two rogues break.
  package static func weaklyGuarded(
    _ rows: [CalibrationRow],
    among guarantees: [String]
  ) -> [String] {
    guarantees.filter { guarantee in rows.count { $0.breaks.contains(guarantee) } < 2 }
  }

  package func text(
    for rows: [CalibrationRow],
    among guarantees: [String] = Catalogue.guarantees.map(\.id)
  ) -> String {
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
    let weak = Self.weaklyGuarded(rows, among: guarantees)
    lines += [
      "", Self.score(of: rows).sentence,
      "Guarantees guarded by fewer than two rogues: "
        + (weak.isEmpty ? "none." : weak.joined(separator: ", ")),
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private func found(_ row: CalibrationRow) -> String {
    switch row.kind {
    case .innocent:
      return row.isRight
        ? "nothing, rightly"
        : "ACCUSED: "
          + row.accusations.prefix(8).map {
            "\($0.guarantee) (\($0.scenario), seed \($0.seed))"
          }.joined(separator: ", ")
    case .rogue:
      let caught =
        row.breaks.map { guarantee in
          row.accusation(of: guarantee).map { listed([$0]) } ?? "\(guarantee) NOT CAUGHT"
        }
        + row.unproven.map { "\($0) NOT HELD BY THE HONEST VENDOR THERE" }
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
