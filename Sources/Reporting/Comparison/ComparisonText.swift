import Guarantees

/// A comparison for people: in a terminal, and as Markdown for a pull request.
package struct ComparisonText: Sendable {
  /// In the file of a report that was compared with a baseline.
  static let file = "changes.md"
  private static let shown = 50

  private let comparison: ReportComparison

  package init(_ comparison: ReportComparison) {
    self.comparison = comparison
  }

  /// What is to be said first.
  var answer: String {
    switch comparison.exitStatus {
    case .violated: "Worse than before."
    case .waived: "Worse than before, and what is worse is excused by waivers."
    case .inconclusive: "Nothing is worse, but less is shown than before."
    default:
      comparison.changes.isEmpty ? "Nothing has changed." : "Nothing is worse than before."
    }
  }

  private var counts: String {
    let kinds = ReportComparison.Kind.allCases.map {
      "\(comparison.changes($0).count) \($0.rawValue)"
    }
    return (kinds + ["\(comparison.unchanged) unchanged"]).joined(separator: ", ")
      + (comparison.remaining.isEmpty ? "" : "; \(comparison.remaining.count) still broken")
  }

  package func terminal(_ layout: TerminalText) -> String {
    var lines = comparison.particulars.flatMap {
      layout.wrapped("Other \($0.name): \($0.before), now \($0.after)", indent: 0)
    }
    lines += comparison.promises.flatMap { promise in
      layout.wrapped(
        "\(promise.id): \(Self.word(promise.before)), now \(Self.word(promise.after))",
        indent: 2
      )
    }
    for kind in ReportComparison.Kind.allCases {
      let changes = comparison.changes(kind)
      guard !changes.isEmpty else { continue }
      lines += ["", layout.paint(kind.rawValue.capitalisedFirst, .bold)]
      for change in changes {
        let wrapped = layout.wrapped("\(Self.mark(change.effect)) \(Self.words(change))", indent: 2)
        lines += wrapped.map { layout.paint($0, Self.ink(change.effect)) }
      }
    }
    if !comparison.remaining.isEmpty {
      lines += ["", layout.paint("Still broken", .bold)]
      lines += comparison.remaining.flatMap { layout.wrapped(Self.words($0), indent: 4) }
    }
    lines += ["", answer, counts.capitalisedFirst + "."]
    return lines.joined(separator: "\n") + "\n"
  }

  package var markdown: String {
    var lines = ["## Keyproof: \(answer)", "", counts.capitalisedFirst + "."]
    if !comparison.particulars.isEmpty {
      lines += [""]
      lines += comparison.particulars.map {
        "- other \($0.name): \(MarkdownSummary.escaped($0.before)), now "
          + MarkdownSummary.escaped($0.after)
      }
    }
    if !comparison.promises.isEmpty {
      lines += ["", "| promise | before | now |", "|---|---|---|"]
      lines += comparison.promises.map {
        "| `\($0.id)` | \(Self.word($0.before)) | \(Self.word($0.after)) |"
      }
    }
    for kind in ReportComparison.Kind.allCases {
      let changes = comparison.changes(kind)
      guard !changes.isEmpty else { continue }
      lines += ["", "### \(kind.rawValue.capitalisedFirst)", ""]
      lines += changes.prefix(Self.shown).map {
        "- \(Self.mark($0.effect)) \(MarkdownSummary.escaped(Self.words($0)))"
      }
      if changes.count > Self.shown { lines.append("- … and \(changes.count - Self.shown) more") }
    }
    if !comparison.remaining.isEmpty {
      lines += ["", "### Still broken", ""]
      lines += comparison.remaining.prefix(Self.shown).map {
        "- \(MarkdownSummary.escaped(Self.words($0)))"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func word(_ verdict: Verdict?) -> String { verdict?.word ?? "not there" }

  private static func words(_ change: ReportComparison.Change) -> String {
    guard let key = change.key else { return "" }
    let before = change.before.map(state) ?? "not there"
    let after =
      change.after.map(state)
      ?? (change.kind == .fixed ? "met, or no longer expected" : "not to be seen")
    let sentence = (change.after ?? change.before)?.sentence ?? ""
    return "\(key.file): \(name(key)): \(before), now \(after). \(sentence)"
  }

  private static func words(_ item: ComparedItem) -> String {
    "\(item.key.file): \(name(item.key)): \(state(item)). \(item.sentence)"
  }

  private static func name(_ key: ComparedItem.Key) -> String {
    switch key.rule {
    case SARIFResult.controlRule: "control \(key.about)"
    case SARIFResult.expectationRule: "expectation"
    default: key.rule
    }
  }

  private static func state(_ item: ComparedItem) -> String {
    item.word + (item.isWaived ? ", waived" : "")
  }

  private static func mark(_ effect: ReportComparison.Effect) -> String {
    switch effect {
    case .better: Verdict.held.symbol
    case .none: "·"
    case .less: Verdict.inconclusive.symbol
    case .waived, .worse: Verdict.violated.symbol
    }
  }

  private static func ink(_ effect: ReportComparison.Effect) -> TerminalText.Ink {
    switch effect {
    case .better: .green
    case .none: .faint
    case .less: .yellow
    case .waived, .worse: .red
    }
  }
}
