import Foundation
import ScenarioFiles

/// A small library in a folder of its own, gone when the test is done.
final class TemporaryLibrary {
  let folder: String

  static let guarantees = ["direct-billing", "instant-revocation", "department-isolation"]
  static let vendors = ["honest", "logs-the-key"]

  static let world = """
    world: Small
    starts: 2026-01-05T08:00:00Z
    tenants:
      acme:
        name: Acme
        knowledge: { hr-handbook: knowledge/hr }
        departments: { hr: { knowledge: [hr-handbook] }, sales: { } }
        people:
          ana: { name: Ana, department: hr, platform: teams }
          ben: { name: Ben, department: sales, platform: google-chat }
        conversations:
          lunch: { kind: group, platform: teams, members: [ana] }
    """

  init() throws {
    let name = "keyproof-library-\(UUID().uuidString)"
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    try write("worlds/small.yaml", Self.world)
    try write("knowledge/hr/a.md", "# A\n\nA document.")
    try write("questions/q.txt", "# none\nOne?\n\nTwo?\nThree?\n")
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  func write(_ path: String, _ text: String) throws {
    try write(path, Data(text.utf8))
  }

  func write(_ path: String, _ data: Data) throws {
    let url = URL(fileURLWithPath: folder + "/" + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try data.write(to: url)
  }

  func load(_ paths: String...) -> (scenarios: [Scenario], diagnostics: [Diagnostic]) {
    ScenarioLoader(
      root: ".",
      workingDirectory: folder,
      knownGuarantees: Self.guarantees,
      knownVendors: Self.vendors
    ).load(paths: paths)
  }

  /// A scenario of this timeline, in `s.yaml`; the first step stands on line 6.
  func load(timeline: String, world: String = "worlds/small.yaml") throws
    -> (scenarios: [Scenario], diagnostics: [Diagnostic])
  {
    try write("s.yaml", Self.scenario(timeline: timeline, world: world))
    return load("s.yaml")
  }

  static func scenario(timeline: String, world: String = "worlds/small.yaml") -> String {
    """
    scenario: S
    about: A story.
    shows: [direct-billing]
    world: \(world)
    timeline:
    \(timeline)
    """
  }
}
