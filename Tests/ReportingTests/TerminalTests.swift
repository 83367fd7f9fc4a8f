import Guarantees
import Reporting
import Testing
import Worlds

@Suite struct TerminalTests {
  private let plain = TerminalText(isTerminal: false, colour: false)

  @Test func summaryNamesWhatBrokeWithPlaceAndReplay() throws {
    let text = TerminalSummary(layout: plain).text(
      for: try SampleRun.run(),
      catalogue: SampleRun.catalogue(),
      reportPath: "Reports/x/report.html"
    )
    #expect(text.contains("✗ violated"))
    #expect(text.contains("Scenarios/revocation/deleted-under-traffic.yaml:14: answer: refused"))
    #expect(text.contains("again: keyproof run Scenarios/revocation/deleted-under-traffic.yaml"))
    #expect(text.contains("direct-billing must be violated, was held"))
    #expect(text.contains("5 stories played, 1 not run, 1 failed in the harness"))
    #expect(text.contains("9 of 9 rogue vendors caught, 0 of 2 innocent vendors accused."))
    #expect(text.contains("Report: Reports/x/report.html"))
  }

  @Test func whyExpectationsDoNotWeighIsSaid() throws {
    var run = try SampleRun.run()
    func text() throws -> String {
      TerminalSummary(layout: plain)
        .text(for: run, catalogue: SampleRun.catalogue(), reportPath: nil)
    }
    #expect(try text().contains("Expectations not met"))
    #expect(try !text().contains("do not weigh"))
    for index in run.scenarios.indices { run.scenarios[index].expectationsWeigh = false }
    #expect(try !text().contains("Expectations not met"))
    #expect(try text().contains("of the stories came out otherwise and do not weigh"))
  }

  @Test func vendorWordsCannotSteerTheTerminal() throws {
    let layout = TerminalText(isTerminal: true, width: 80, colour: false)
    let run = try SampleRun.run()
    var text = TerminalSummary(layout: layout).text(
      for: run,
      catalogue: SampleRun.catalogue(),
      reportPath: nil
    )
    for scenario in run.scenarios {
      text += ProgressLine(layout: layout).text(for: scenario, number: 1, of: 7)
    }
    #expect(!text.contains("\u{1B}"))
    #expect(!text.contains("\u{202E}"))
    #expect(!text.contains("Report:"))
  }

  @Test func aTerminalGetsLinesThatFit() throws {
    let layout = TerminalText(isTerminal: true, width: 72, colour: false)
    let text = TerminalSummary(layout: layout).text(
      for: try SampleRun.run(),
      catalogue: SampleRun.catalogue(),
      reportPath: nil
    )
    let long = text.split(separator: "\n").filter {
      $0.count > 72 && !$0.contains("again:") && $0.contains(" ")
    }
    #expect(long.isEmpty)
  }

  @Test func colourIsOnlyAdded() throws {
    let run = try SampleRun.run()
    func text(_ colour: Bool) -> String {
      TerminalSummary(layout: TerminalText(isTerminal: true, width: 90, colour: colour))
        .text(for: run, catalogue: SampleRun.catalogue(), reportPath: "r")
    }
    let bare = text(true).replacing(/\u{1B}\[\d+m/, with: "")
    #expect(text(true) != bare)
    #expect(bare == text(false))
  }

  @Test func progressSaysHowItWent() throws {
    let run = try SampleRun.run()
    let line = ProgressLine(layout: plain)
    func text(_ index: Int) -> String {
      line.text(for: run.scenarios[index], number: index + 1, of: 12, wall: .milliseconds(210))
    }
    #expect(text(0).hasPrefix("[ 1/12] ✗ Scenarios/revocation/deleted-under-traffic.yaml  instant"))
    #expect(text(1).hasSuffix("held  (1,628 events, 2 years in 210 ms)"))
    #expect(text(2).contains("? "))
    #expect(text(4).contains("control failed"))
    #expect(text(5).contains("○ Scenarios/latency/pairs.yaml  not run: latency is judged"))
    #expect(text(6).contains("! "))
  }

  @Test func calibrationCountsOnlyTheRightAccusation() {
    let rows = [
      CalibrationRow(
        vendor: "fallback",
        kind: .rogue,
        breaks: ["no-pooling"],
        accusations: [
          .init(guarantee: "no-pooling", scenario: "deleted"),
          .init(guarantee: "direct-billing", scenario: "deleted"),
        ]
      ),
      CalibrationRow(
        vendor: "logger",
        kind: .rogue,
        breaks: ["encrypted-custody"],
        accusations: [.init(guarantee: "no-pooling", scenario: "deleted")]
      ),
      CalibrationRow(vendor: "standby", kind: .innocent, breaks: [], accusations: []),
      CalibrationRow(
        vendor: "stream",
        kind: .innocent,
        breaks: [],
        accusations: [.init(guarantee: "instant-revocation", scenario: "stream")]
      ),
    ]
    #expect(
      CalibrationTable.score(of: rows)
        == CalibrationScore(rogues: 2, caught: 1, innocents: 2, accused: 1)
    )
    let text = CalibrationTable(layout: plain).text(for: rows)
    #expect(text.contains("no-pooling (deleted)"))
    #expect(text.contains("NOT CAUGHT"))
    #expect(text.contains("ACCUSED"))
    #expect(text.contains("1 of 2 rogue vendors caught, 1 of 2 innocent vendors accused."))
  }

  @Test(arguments: [
    (Verdict.held, "The one promise that was put to the test held."),
    (.inconclusive, "No promise was seen broken, but 1 of 1 could not be decided."),
    (.violated, "1 of 1 promise was broken."), (.notClaimed, "No promise was put to the test."),
  ])
  func theAnswerFollowsTheVerdicts(verdict: Verdict, answer: String) {
    let run = RunResult(
      subject: "a vendor",
      seed: 1,
      scenarios: [],
      guarantees: [SampleRun.verdict("direct-billing", verdict, "So it was.", [])],
      exitStatus: .held
    )
    let text = TerminalSummary(layout: plain).text(for: run, catalogue: [], reportPath: nil)
    #expect(text.contains(answer))
    #expect(text.contains("Not calibrated"))
  }
}
