import Evidence
import Guarantees
import Worlds

/// `junit.xml`, in the form that both schemas in use accept. Times are virtual, so that the same
/// seed gives the same bytes.
struct JUnitDocument {
  private let digest: RunDigest

  init(digest: RunDigest) {
    self.digest = digest
  }

  var text: String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"]
    var families: [String] = []
    for scenario in digest.scenarios where !families.contains(scenario.result.family) {
      families.append(scenario.result.family)
    }
    for (index, family) in families.enumerated() {
      let scenarios = digest.scenarios.filter { $0.result.family == family }
      lines += suite(
        family,
        index: index,
        scenarios: scenarios,
        cases: scenarios.flatMap { JUnitCase.cases(of: $0) }
      )
    }
    let waivers = JUnitCase.cases(of: digest.run.waivers)
    if !waivers.isEmpty {
      lines += suite("waivers", index: families.count, scenarios: [], cases: waivers)
    }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  private func suite(
    _ family: String,
    index: Int,
    scenarios: [ScenarioDigest],
    cases: [JUnitCase]
  ) -> [String] {
    let name = XMLText.escape(family)
    let start = scenarios.compactMap { $0.result.history?.facts.startedAt }.min()
    let time = scenarios.reduce(Duration.zero) { $0 + $1.duration }
    let attributes = [
      ("name", name.allSatisfy(\.isWhitespace) ? "scenarios" : name),
      ("package", "keyproof"),
      ("id", String(index)),
      ("timestamp", String((start ?? Timestamp(unixSeconds: 0)).iso8601.prefix(19))),
      ("hostname", "localhost"),
      ("tests", String(cases.count)),
      ("failures", String(cases.count { $0.outcome.element == "failure" })),
      ("errors", String(cases.count { $0.outcome.element == "error" })),
      ("skipped", String(cases.count { $0.outcome.element == "skipped" })),
      ("time", Words.decimalSeconds(time)),
    ]
    let head = attributes.map { " \($0.0)=\"\($0.1)\"" }.joined()
    return ["  <testsuite\(head)>"] + properties + cases.map(\.xml)
      + ["    <system-out/>", "    <system-err/>", "  </testsuite>"]
  }

  private var properties: [String] {
    let values = [("subject", digest.run.subject), ("seed", String(digest.run.seed))]
    return ["    <properties>"]
      + values.map { "      <property name=\"\($0.0)\" value=\"\(XMLText.escape($0.1))\"/>" }
      + ["    </properties>"]
  }
}
