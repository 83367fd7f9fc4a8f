import Evidence
import Guarantees

/// One verdict, expectation or control of one scenario.
struct SARIFResult: Encodable {
  static let expectationRule = "expectation"
  static let controlRule = "control"

  /// As the specification means them (section 3.27.9): `open` was not decided, and so not passed.
  enum Kind: String, Encodable {
    case pass, fail, open, notApplicable
  }

  enum BaselineState: String, Encodable {
    case new, unchanged, updated, absent
  }

  var ruleId: String
  var kind: Kind
  /// `none` unless it fails (section 3.27.10).
  var level: String
  var message: SARIFMessage
  var locations: [SARIFLocation]
  var codeFlows: [CodeFlow]?
  /// Against an earlier report: in all results, or in none.
  var baselineState: BaselineState?
  /// Present in all results of a run that has waivers, or in none (section 3.27.23).
  var suppressions: [Suppression]?
  /// Which finding this is, from run to run: neither seed nor time are in it.
  var partialFingerprints: [String: String]
  var properties: Properties
  /// The same from run to run; not written.
  let key: ComparedItem.Key

  private enum CodingKeys: String, CodingKey {
    case ruleId, kind, level, message, locations, codeFlows, baselineState, suppressions
    case partialFingerprints, properties
  }

  /// A waiver: accepted, or rejected where it has expired (section 3.35).
  struct Suppression: Encodable {
    var kind = "external"
    var status: String
    var justification: String
  }

  struct CodeFlow: Encodable {
    var threadFlows: [ThreadFlow]
  }

  struct ThreadFlow: Encodable {
    var locations: [Step]
  }

  struct Step: Encodable {
    var location: SARIFLocation
  }

  struct Properties: Encodable {
    var verdict: String
    var replay: String
    var exercise: [Finding.Count]?
  }

  private init(
    _ scenario: ScenarioDigest,
    rule: String,
    kind: Kind,
    verdict: String,
    message: String,
    line: Int,
    about: String = ""
  ) {
    ruleId = rule
    self.kind = kind
    level = kind == .fail ? "error" : "none"
    self.message = SARIFMessage(message)
    locations = [SARIFLocation(scenario.result.place, line: line)]
    key = ComparedItem.Key(rule: rule, file: scenario.result.file, about: about)
    partialFingerprints = Self.fingerprints(key)
    properties = Properties(verdict: verdict, replay: PlainText.line(scenario.result.replay))
  }

  /// What an earlier report said and this one does not.
  init(absent item: ComparedItem, place: ScenarioPlace?) {
    ruleId = item.key.rule
    kind = Kind(item.standing)
    level = kind == .fail ? "error" : "none"
    message = SARIFMessage(item.sentence)
    let place = place ?? ScenarioPlace(path: item.key.file)
    locations = [SARIFLocation(place, line: place.guaranteeLines[item.key.rule] ?? 1)]
    key = item.key
    partialFingerprints = Self.fingerprints(item.key)
    baselineState = .absent
    properties = Properties(verdict: item.word, replay: "")
  }

  private static func fingerprints(_ key: ComparedItem.Key) -> [String: String] {
    [
      "keyproofFinding/v1": [key.rule, PlainText.line(key.file), key.about]
        .joined(separator: " ")
    ]
  }
}

extension SARIFResult {
  static func results(of scenario: ScenarioDigest) -> [SARIFResult] {
    let result = scenario.result
    switch result.ending {
    case .notRun(let reason):
      return subjects(of: scenario).map { rule, line in
        SARIFResult(
          scenario,
          rule: rule,
          kind: .notApplicable,
          verdict: "not-run",
          message: "Not run: \(reason)",
          line: line
        )
      }
    case .internalError(let reason), .unreachable(let reason):
      return subjects(of: scenario).map { rule, line in
        SARIFResult(
          scenario,
          rule: rule,
          kind: .open,
          verdict: "not-decided",
          message: "Not decided: \(reason)",
          line: line
        )
      }
    case .played:
      return (result.isControl ? controls(of: scenario) : findings(of: scenario))
        + expectations(of: scenario)
    }
  }

  private static func subjects(of scenario: ScenarioDigest) -> [(String, Int)] {
    scenario.result.shows.map { ($0, scenario.result.place.guaranteeLines[$0] ?? 1) }
  }

  private static func findings(of scenario: ScenarioDigest) -> [SARIFResult] {
    let result = scenario.result
    return result.findings.compactMap { found in
      let finding = found.finding
      // A violation counts wherever it is seen, also in a story that is about something else.
      guard result.shows.contains(found.guarantee) || finding.verdict == .violated else {
        return nil
      }
      var made = SARIFResult(
        scenario,
        rule: found.guarantee,
        kind: Kind(finding.verdict),
        verdict: finding.verdict.rawValue,
        message: finding.sentence,
        line: result.place.guaranteeLines[found.guarantee] ?? 1
      )
      made.properties.exercise = finding.exercise
      made.codeFlows = flows(of: finding, in: scenario)
      return made
    }
  }

  /// The witnesses of a violation, each at its line of the evidence.
  private static func flows(of finding: Finding, in scenario: ScenarioDigest) -> [CodeFlow]? {
    guard let witnesses = finding.witnesses, let evidence = scenario.evidenceName else {
      return nil
    }
    let lines = scenario.evidenceLines
    return witnesses.distinct.map { name, witness in
      let steps = witness.events.prefix(100).compactMap { id in
        lines[id].map { line in
          Step(location: SARIFLocation(ofReport: evidence, line: line, "\(name): \(witness.what)"))
        }
      }
      return CodeFlow(threadFlows: [ThreadFlow(locations: steps)])
    }.filter { !$0.threadFlows[0].locations.isEmpty }
  }

  private static func controls(of scenario: ScenarioDigest) -> [SARIFResult] {
    scenario.controls.map { control in
      let seen = control.actual?.word ?? "nothing"
      return SARIFResult(
        scenario,
        rule: controlRule,
        kind: control.cameOut ? .pass : .fail,
        verdict: control.cameOut ? "came-out" : "did-not-come-out",
        message: "\(control.guarantee) must be \(control.expected.word), and was \(seen).",
        line: scenario.result.place.guaranteeLines[control.guarantee] ?? 1,
        about: control.guarantee
      )
    }
  }

  private static func expectations(of scenario: ScenarioDigest) -> [SARIFResult] {
    scenario.failedExpectations.map { tally in
      SARIFResult(
        scenario,
        rule: expectationRule,
        kind: .fail,
        verdict: "not-met",
        message: "\(tally.text): \(tally.observed)",
        line: tally.line,
        about: PlainText.line(tally.text)
      )
    }
  }
}

extension SARIFResult.Kind {
  init(_ verdict: Verdict) {
    self =
      switch verdict {
      case .held: .pass
      case .violated: .fail
      case .inconclusive: .open
      case .notClaimed: .notApplicable
      }
  }
}

extension ScenarioDigest {
  /// The line of each event in the evidence: the facts stand in the first.
  var evidenceLines: [Int: Int] {
    (result.history?.events ?? []).enumerated().reduce(into: [:]) { lines, entry in
      lines[entry.element.id] = entry.offset + 2
    }
  }
}
