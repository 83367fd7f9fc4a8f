import Conductor
import Evidence
import Foundation
import Guarantees
import ScenarioFiles
import Testing

/// What a step expects of the books is held against the books of its own moment.
@Suite struct MoneyExpectationTests {
  /// One seat, taken on the second day of a month; the trial is over after its fourteenth.
  private func story(_ steps: String) throws -> Scenario {
    let loader = ScenarioLoader(
      root: "Scenarios",
      workingDirectory: Bench.root.path,
      knownGuarantees: Catalogue.guarantees.map(\.id),
      knownVendors: []
    )
    let text = """
      scenario: Books
      about: What is expected of the books.
      shows: no-pooling
      world: worlds/two-departments.yaml
      timeline:
        - at: 1h
          ask: { who: ana, text: "How many vacation days do I have?" }
        - at: 1d
          create-key: { key: second }
      \(steps)
      """
    let (scenarios, diagnostics) = loader.read(text, as: "Scenarios/billing/books.yaml")
    #expect(diagnostics.filter { $0.severity == .error }.isEmpty, "\(diagnostics.map(\.rendered))")
    return try #require(scenarios.first)
  }

  private func unmet(_ steps: String) async throws -> [Event.Expectation] {
    let history = try await Bench.play(try story(steps))
    #expect(!history.expectations.isEmpty)
    return history.unmetExpectations
  }

  private func pause(_ day: Int, _ expectation: String) -> String {
    "  - at: \(day)d\n    pause:\n    expect: { \(expectation) }\n"
  }

  @Test func `An invoice is judged as it stands at the step, and not at the story's end`()
    async throws
  {
    let during = pause(2, "invoice: { month: 2026-02, at-least: 0 }")
    let after = pause(30, "invoice: { month: 2026-02, at-least: 0 }")
    // On the second day nobody can have an invoice for the next month; on the thirtieth there is
    // the draft of it.
    let failures = try await unmet(during + after)
    #expect(failures.map(\.observed) == ["there is no invoice of that month"])
    #expect(failures.first?.text.contains("2026-02") == true)
  }

  @Test func `An invoice's bounds hold on both sides`() async throws {
    func month(_ bounds: String) -> String { "invoice: { month: 2026-01, \(bounds) }" }
    let met = pause(29, month("at-least: 1, at-most: 500"))
    #expect(try await unmet(met).isEmpty)
    for bounds in ["at-most: 0", "at-least: 501"] {
      let failure = try #require(try await unmet(pause(29, month(bounds))).first)
      #expect(failure.observed.hasPrefix("it comes to "))
      #expect(failure.failedAt != nil)
    }
  }

  @Test func `Usage counts what ran on the key until the step`() async throws {
    func usage(_ key: String, _ bounds: String) -> String {
      "usage: { key: \(key), \(bounds) }"
    }
    let later = """
        - at: 3d
          install-key: { key: second }
        - at: 3d1h
          ask: { who: ana, text: "How many vacation days do I have?" }

      """
    let met =
      pause(2, usage("second", "tokens: 0")) + later + pause(4, usage("second", "at-least: 100"))
    #expect(try await unmet(met).isEmpty)
    let failures = try await unmet(
      pause(2, usage("second", "at-least: 1")) + later + pause(4, usage("second", "at-most: 10"))
    )
    #expect(failures.count == 2)
    #expect(failures.first?.observed == "there were 0 tokens")
    #expect(failures.last?.observed.hasPrefix("there were ") == true)
  }
}
