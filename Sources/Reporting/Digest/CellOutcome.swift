import Guarantees

/// What stands in the matrix where a guarantee meets a scenario.
enum CellOutcome: Equatable {
  case verdict(Verdict)
  /// Violated, and excused by a waiver.
  case waived
  /// Not decided, in a story that is not there to decide it.
  case notExercised
  case notRun
  case harnessFailed
  /// In a story with a vendor that breaks promises: whether what must come out came out.
  case control(Verdict, cameOut: Bool)

  var symbol: String {
    switch self {
    case .verdict(let verdict), .control(let verdict, cameOut: true): verdict.symbol
    case .waived: Verdict.violated.symbol
    case .control(_, cameOut: false): "≠"
    case .notExercised: "·"
    case .notRun: "○"
    case .harnessFailed: "!"
    }
  }

  var word: String {
    switch self {
    case .verdict(let verdict): verdict.word
    case .waived: "violated, and waived"
    case .notExercised: "not exercised here"
    case .notRun: "not run"
    case .harnessFailed: "the harness failed"
    case .control(let verdict, true): "\(verdict.word), as it must be in this control"
    case .control(let verdict, false): "\(verdict.word): the control failed"
    }
  }

  /// The class in the page's style sheet.
  var style: String {
    switch self {
    case .verdict(let verdict): verdict.rawValue
    case .waived: Verdict.violated.rawValue
    case .notExercised, .notRun: "quiet"
    case .harnessFailed: "inconclusive"
    case .control(_, true): "control"
    case .control(_, false): "violated"
    }
  }
}

extension Verdict {
  var symbol: String {
    switch self {
    case .held: "✓"
    case .violated: "✗"
    case .inconclusive: "?"
    case .notClaimed: "–"
    }
  }

  var word: String {
    switch self {
    case .held: "held"
    case .violated: "violated"
    case .inconclusive: "inconclusive"
    case .notClaimed: "not claimed"
    }
  }
}

extension ExitStatus {
  /// The name in `report.json`.
  var name: String {
    switch self {
    case .held: "held"
    case .violated: "violated"
    case .inconclusive: "inconclusive"
    case .waived: "waived"
    case .usage: "usage"
    case .badScenario: "bad-scenario"
    case .vendorUnreachable: "vendor-unreachable"
    case .internalError: "internal-error"
    case .interrupted: "interrupted"
    }
  }
}
