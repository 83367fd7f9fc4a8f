import Foundation
import Guarantees
import Testing

@testable import Reporting

/// The published schema of `report.json` and what the program writes are one.
@Suite struct ReportSchemaTests {
  @Test func theReportIsAsTheSchemaSays() throws {
    var run = try SampleRun.run()
    run.challenge = "blue 42"
    let problems = try problems(in: Self.report(of: run))
    #expect(problems.isEmpty, "\(problems)")
  }

  @Test func theSchemaNamesTheFormat() throws {
    let schema = try Self.schema()
    let properties = try #require(schema["properties"] as? [String: Any])
    let format = try #require(properties["format"] as? [String: Any])
    #expect(format["const"] as? String == ReportDocument.format)
  }

  @Test func aMemberThatTheSchemaDoesNotKnowIsSeen() throws {
    var report = try Self.report(of: SampleRun.run())
    report["news"] = "of tomorrow"
    #expect(try problems(in: report) == ["$: unknown member news"])
  }

  @Test func aMissingMemberAndAWrongWordAreSeen() throws {
    var report = try Self.report(of: SampleRun.run())
    report["answer"] = nil
    var promises = try #require(report["guarantees"] as? [[String: Any]])
    promises[0]["verdict"] = "passed"
    report["guarantees"] = promises
    #expect(
      try problems(in: report) == ["$.guarantees[0].verdict: not among the words", "$: no answer"]
    )
  }

  private static func report(of run: RunResult) throws -> [String: Any] {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try folder.write(run)
    let bytes = try Data(contentsOf: folder.place.appending(path: "report.json"))
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }

  private static func schema() throws -> [String: Any] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let bytes = try Data(contentsOf: root.appending(path: "Reports/report.schema.json"))
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }

  private func problems(in report: [String: Any]) throws -> [String] {
    let schema = try Self.schema()
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    return SchemaWalk(definitions: definitions).problems(report, schema, "$").sorted()
  }
}

/// As much of JSON Schema as this schema uses of it; real validators check it in `Tests/Peers`.
private struct SchemaWalk {
  let definitions: [String: [String: Any]]

  func problems(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    if let name = (schema["$ref"] as? String)?.split(separator: "/").last {
      guard let definition = definitions[String(name)] else { return ["\(path): no such \(name)"] }
      return problems(value, definition, path)
    }
    if let words = schema["enum"] as? [String] {
      return words.contains(value as? String ?? "") ? [] : ["\(path): not among the words"]
    }
    if let word = schema["const"] as? String {
      return value as? String == word ? [] : ["\(path): not \(word)"]
    }
    switch schema["type"] as? String {
    case "object":
      return (value as? [String: Any]).map { members($0, schema, path) } ?? ["\(path): no object"]
    case "array":
      guard let list = value as? [Any], let items = schema["items"] as? [String: Any] else {
        return ["\(path): no list"]
      }
      return list.enumerated().flatMap { problems($0.element, items, "\(path)[\($0.offset)]") }
    case "string":
      guard let text = value as? String else { return ["\(path): no text"] }
      guard let pattern = schema["pattern"] as? String else { return [] }
      return text.range(of: pattern, options: .regularExpression) == nil
        ? ["\(path): not like \(pattern)"] : []
    case "integer", "boolean": return value is NSNumber ? [] : ["\(path): no number"]
    default: return ["\(path): a schema that is not understood"]
    }
  }

  private func members(
    _ object: [String: Any],
    _ schema: [String: Any],
    _ path: String
  ) -> [String] {
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    let others = schema["additionalProperties"] as? [String: Any]
    let missing = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }
    return missing.map { "\(path): no \($0)" }
      + object.flatMap { name, value -> [String] in
        guard let property = properties[name] ?? others else {
          return ["\(path): unknown member \(name)"]
        }
        return problems(value, property, "\(path).\(name)")
      }
  }
}
