import Foundation
import ScenarioFiles
import Testing

/// The library that stands in the repository.
@Suite struct LibraryTests {
  static let guarantees = [
    "direct-billing", "instant-revocation", "no-calls-after-revocation", "no-pooling",
    "encrypted-custody", "right-destination", "uninterrupted-rotation", "rotation-without-loss",
    "authenticated-callers", "department-isolation", "tenant-isolation", "latency-neutrality",
    "azure-parity", "just-in-time-retrieval", "engineer-exclusion", "usage-visibility",
    "deployment-model", "no-query-logging",
  ]
  static let vendors = [
    "honest", "falls-back-to-own-key", "keeps-removed-key", "shared-answer-cache", "logs-the-key",
    "embeds-on-own-account", "drops-filter-on-retry", "follows-redirects", "loses-in-flight",
    "innocent-finishing-stream", "innocent-standby-key", "calls-out-when-self-hosted",
    "claims-pure-is-hosted",
  ]

  private func load(_ path: String) -> (scenarios: [Scenario], diagnostics: [Diagnostic]) {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    return ScenarioLoader(
      root: "Scenarios",
      workingDirectory: root,
      knownGuarantees: Self.guarantees,
      knownVendors: Self.vendors
    ).load(paths: [path])
  }

  @Test func loadsWithoutComplaint() {
    let (scenarios, diagnostics) = load("Scenarios")
    #expect(diagnostics.map(\.rendered) == [])
    #expect(scenarios.count >= 18)
    #expect(Set(scenarios.map(\.file)).count == scenarios.count)
  }

  @Test func everyGuaranteeIsShown() {
    let shown = Set(load("Scenarios").scenarios.flatMap(\.shows))
    #expect(Self.guarantees.filter { !shown.contains($0) } == [])
  }

  @Test func everyFamilyHasAStory() {
    let families = Set(load("Scenarios").scenarios.map(\.family))
    let expected: Set = [
      "rotation", "revocation", "leakage", "latency", "billing", "custody", "callers", "controls",
      "azure", "conversations", "knowledge", "models", "process", "crashes", "replicas", "limits",
      "contracts", "found",
    ]
    #expect(families == expected)
  }

  @Test func everyStoryIsLongEnoughToShowSomething() {
    for scenario in load("Scenarios").scenarios where scenario.family != "latency" {
      let messages = scenario.timeline.reduce(0) { $0 + $1.messages }
      // Crashes repeat a short story at each of its steps; a process takes the time of real clocks.
      let least = ["crashes": 1, "process": 10, "found": 1][scenario.family] ?? 15
      #expect(messages >= least, "\(scenario.file): \(messages)")
      #expect(messages <= 200 || scenario.file.contains("two-years"), "\(scenario.file)")
      #expect(scenario.about.count > 80, "\(scenario.file)")
    }
  }

  @Test func twoYearsHoldFourThousandQuestionsAndEightRotations() throws {
    let scenario = try #require(
      load("Scenarios/rotation/quarterly-for-two-years.yaml").scenarios.first
    )
    #expect(scenario.file == "rotation/quarterly-for-two-years.yaml")
    #expect(scenario.path == "Scenarios/rotation/quarterly-for-two-years.yaml")
    #expect((3_900...4_100).contains(scenario.timeline.reduce(0) { $0 + $1.messages }))
    let installed = scenario.timeline.filter { step in
      if case .installKey = step.action { true } else { false }
    }
    #expect(installed.count == 8)
    #expect(scenario.timeline.allSatisfy { $0.timing.begins < .seconds(2 * 365 * 86_400) })
  }

  @Test func latencyPlaysOverSockets() {
    let measured = load("Scenarios/latency").scenarios
    #expect(measured.allSatisfy { $0.playsIn == .loopback })
    let comparisons = measured.flatMap(\.timeline).compactMap { step in
      if case .compareLatency(let comparison) = step.action { comparison } else { nil }
    }
    #expect(comparisons.count == 5)
    #expect(comparisons.count { $0.beside != nil } == 1)
    #expect(measured.count { $0.world.tenants.allSatisfy(\.beginsOnAzure) } == 1)
  }

  @Test func theControlNamesItsVerdicts() throws {
    let control = try #require(
      load("Scenarios/controls/vendor-falls-back-to-own-key.yaml").scenarios.first
    )
    #expect(control.vendor == "falls-back-to-own-key")
    #expect(
      control.expectedVerdicts == [
        .init(guarantee: "instant-revocation", verdict: "violated"),
        .init(guarantee: "no-calls-after-revocation", verdict: "violated"),
      ]
    )
  }
}
