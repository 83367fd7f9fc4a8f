import Worlds

/// A story as a file of this language, which reads as the same story again: its world stands in the
/// file, so that it needs no library.
package struct ScenarioText {
  /// What a file says only by way of another file, or not at all.
  package struct Unwritable: Error, Equatable, CustomStringConvertible {
    package let description: String
  }

  private let scenario: Scenario

  package init(_ scenario: Scenario) {
    self.scenario = scenario
  }

  /// - Parameter comments: lines to stand before the story, without their `#`.
  /// - Throws: `Unwritable` for what has no words of its own: questions from a file, a comparison
  ///   of latency, checks of the file's own.
  package func text(comments: [String] = []) throws(Unwritable) -> String {
    guard scenario.checks.isEmpty, scenario.expectedVerdicts.isEmpty else {
      throw Unwritable(description: "checks and expected verdicts are not written")
    }
    var lines = comments.map { $0.isEmpty ? "#" : "# \($0)" }
    lines += [
      "scenario: \(Self.quoted(scenario.title))", "about: \(Self.quoted(scenario.about))",
      "shows: \(Self.list(scenario.shows))",
    ]
    if let vendor = scenario.vendor { lines.append("vendor: \(vendor)") }
    if scenario.crashesEverywhere { lines.append("crash: at-every-step") }
    if let pair = scenario.pair { lines.append("pair: \(try words(of: pair))") }
    lines += ["world:"] + WorldText(scenario.world).lines.map { "  " + $0 }
    lines.append("timeline:")
    for step in scenario.timeline { lines += try StepText(step).lines.map { "  " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  private func words(of pair: Scenario.Pair) throws(Unwritable) -> String {
    var words: [(String, String)] = []
    switch pair.secret {
    case .documents(let knowledge):
      let tenant = scenario.world.tenants.first { $0.id == pair.tenant }
      let department = tenant?.departments.first { department in
        knowledge.allSatisfy(department.knowledge.contains)
      }
      guard let department else {
        throw Unwritable(description: "no department may read all that the pair varies")
      }
      words += [("varies", "documents"), ("department", department.id)]
      if pair.isAbsent { words.append(("by", "absence")) }
    case .customer: words.append(("varies", "customer"))
    case .key: words.append(("varies", "key"))
    }
    return Self.mapping(words + [("tenant", pair.tenant)])
  }

  // MARK: YAML

  static func mapping(_ words: [(String, String)]) -> String {
    words.isEmpty
      ? "{}" : "{ " + words.map { "\($0.0): \($0.1)" }.joined(separator: ", ") + " }"
  }

  static func list(_ words: [String]) -> String {
    words.count == 1 ? words[0] : "[" + words.joined(separator: ", ") + "]"
  }

  /// In double quotes, on one line, whatever is in it.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 32 || scalar.value == 0x7f || scalar.value == 0xFEFF:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  static func duration(_ duration: Duration) -> String { DurationText.text(duration) }
}
