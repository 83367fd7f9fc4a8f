import Foundation
import Guarantees
import Reporting
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct JUnitTests {
  @Test func mapsVerdictsToWhatBuildServersKnow() throws {
    let reader = try read(SampleRun.run())
    #expect(
      reader.suites.map { $0["name"] } == [
        "revocation", "rotation", "leakage", "controls", "latency",
      ]
    )
    #expect(reader.outcome("revocation-deleted-under-traffic", "instant-revocation") == "failure")
    #expect(
      reader.outcome("revocation-deleted-under-traffic", "no-calls-after-revocation") == "error"
    )
    #expect(
      reader.outcome("revocation-deleted-under-traffic", "line 14: answer: refused") == "failure"
    )
    #expect(
      reader.outcome("revocation-deleted-under-traffic", "line 19: because: key-rejected")
        == "passed"
    )
    #expect(reader.outcome("rotation-two-years", "direct-billing") == "passed")
    #expect(reader.outcome("rotation-two-years", "department-isolation") == nil)
    #expect(reader.outcome("controls-fallback", "control instant-revocation") == "passed")
    #expect(reader.outcome("controls-fallback", "control direct-billing") == "failure")
    #expect(reader.outcome("latency-pairs", "latency-neutrality") == "skipped")
    #expect(reader.outcome("rotation-broken", "direct-billing") == "error")
  }

  @Test func countsAgreeWithTheCases() throws {
    let reader = try read(SampleRun.run())
    func total(_ name: String) -> Int {
      reader.suites.compactMap { $0[name] }.compactMap { Int($0) }.reduce(0, +)
    }
    #expect(total("tests") == reader.cases.count)
    for (attribute, outcome) in [
      ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"),
    ] {
      #expect(total(attribute) == reader.cases.count { $0.outcome == outcome })
    }
    #expect(reader.suites.first?["timestamp"] == "2026-01-05T08:00:00")
    #expect(reader.suites.first?["time"] == "1300.000")
  }

  @Test func anEmptyRunIsStillADocument() throws {
    let run = RunResult(
      subject: "nothing",
      seed: 1,
      scenarios: [],
      guarantees: [],
      exitStatus: .inconclusive
    )
    #expect(try read(run).cases.isEmpty)
  }

  private func read(_ run: RunResult) throws -> JUnitReader {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try folder.write(run)
    let bytes = try Data(contentsOf: folder.place.appending(path: "junit.xml"))
    let reader = JUnitReader()
    let parser = XMLParser(data: bytes)
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    return reader
  }
}

private final class JUnitReader: NSObject, XMLParserDelegate {
  struct Case {
    var className: String
    var name: String
    var outcome: String
  }

  private(set) var suites: [[String: String]] = []
  private(set) var cases: [Case] = []

  func outcome(_ className: String, _ name: String) -> String? {
    cases.first { $0.className == className && $0.name == name }?.outcome
  }

  func parser(
    _ parser: XMLParser,
    didStartElement element: String,
    namespaceURI: String?,
    qualifiedName: String?,
    attributes: [String: String]
  ) {
    switch element {
    case "testsuite": suites.append(attributes)
    case "testcase":
      let name = attributes["name"] ?? ""
      cases.append(Case(className: attributes["classname"] ?? "", name: name, outcome: "passed"))
    case "failure", "error", "skipped": cases[cases.count - 1].outcome = element
    default: break
    }
  }
}
