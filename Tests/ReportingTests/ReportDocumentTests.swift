import Foundation
import Guarantees
import Reporting
import Testing

@Suite struct ReportDocumentTests {
  @Test func saysTheRunToPrograms() throws {
    let report = try json("report.json")
    #expect(report["format"] as? String == "keyproof-report/2")
    #expect(report["seed"] as? String == "18446744073709551615")
    #expect((report["exit"] as? [String: Any])?["code"] as? Int == 70)
    let guarantees = try #require(report["guarantees"] as? [[String: Any]])
    #expect(
      guarantees.map { $0["verdict"] as? String } == [
        "held", "violated", "held", "held", "inconclusive", "inconclusive", "not-claimed",
      ]
    )
    let scenarios = try #require(report["scenarios"] as? [[String: Any]])
    #expect(scenarios.count == 7)
    let first = scenarios[0]
    #expect(first["virtualNanoseconds"] as? Int == 600_000_000_000)
    #expect(first["evidence"] as? String == "evidence/revocation-deleted-under-traffic.jsonl")
    #expect((first["title"] as? String)?.contains(SampleRun.hostile) == true)
    let expectations = try #require(first["expectations"] as? [String: Any])
    #expect(expectations["met"] as? Int == 2)
    let failed = try #require(expectations["failed"] as? [[String: Any]])
    #expect(failed.map { $0["line"] as? Int } == [14])
    #expect((scenarios[5]["ending"] as? [String: Any])?["kind"] as? String == "not-run")
    #expect((scenarios[6]["ending"] as? [String: Any])?["kind"] as? String == "internal-error")
    let control = try #require(scenarios[4]["control"] as? [[String: Any]])
    #expect(control.map { $0["cameOut"] as? Bool } == [true, false])
  }

  @Test func keepsTheMachineApart() throws {
    let machine = try json("machine.json")
    #expect(machine["processors"] as? Int == 2)
    #expect(machine["wallSeconds"] as? Double == 4)
    let paces = try #require(machine["scenarios"] as? [[String: Any]])
    #expect(paces.first?["virtualToWall"] as? Double == 3_000)
  }

  private func json(_ name: String) throws -> [String: Any] {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try folder.write(SampleRun.run())
    let bytes = try Data(contentsOf: folder.place.appending(path: name))
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }
}
