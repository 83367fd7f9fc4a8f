import Evidence
import Guarantees
import ScenarioFiles
import Testing
import Worlds

/// Deployment models and money, played with the honest vendor.
@Suite(.serialized) struct ModelTests {
  static let models = [
    "models/pure-ordinary-day.yaml", "models/pure-revocation.yaml",
    "models/hybrid-ordinary-day.yaml", "models/hybrid-revocation.yaml",
    "models/hosted-ordinary-day.yaml", "models/hosted-cancellation.yaml",
    "models/self-hosted-ordinary-day.yaml", "models/self-hosted-revocation.yaml",
  ]
  static let money = [
    "billing/trial-to-paid.yaml", "billing/seat-in-mid-month.yaml", "billing/invoice-due.yaml",
    "billing/retries-counted-once.yaml", "billing/hybrid-invoice.yaml",
    "billing/hosted-invoice.yaml",
  ]

  @Test(.timeLimit(.minutes(2)), arguments: models + money)
  func everyModelKeepsWhatItClaims(file: String) async throws {
    try await play(file, in: .simulated)
  }

  @Test(
    .timeLimit(.minutes(2)),
    arguments: models.filter { $0.contains("hosted") } + ["billing/hosted-invoice.yaml"]
  )
  func andOverSockets(file: String) async throws {
    try await play(file, in: .loopback)
  }

  private func play(_ file: String, in world: WorldKind) async throws {
    let scenario = try Bench.scenario(file)
    let history = try await Bench.play(file, in: world)
    let findings = Judge().findings(in: history)
    for guarantee in scenario.shows {
      let finding = try #require(findings.first { $0.guarantee == guarantee }).finding
      #expect(finding.verdict == .held, "\(guarantee): \(finding.sentence)")
    }
    let accused = findings.filter { $0.finding.verdict == .violated }
    #expect(accused.isEmpty, "\(accused.map(\.finding.sentence))")
    #expect(history.unmetExpectations.isEmpty)
  }

  @Test func invoicesOfAHostedCustomerHaveTokensAndOthersHaveNone() async throws {
    let hosted = Story(try await Bench.play("billing/hosted-invoice.yaml"))
    #expect(hosted.invoiceLines.contains { $0.of.kind == .tokens && $0.of.cents > 0 })
    #expect(hosted.usageLines.allSatisfy { $0.of.isOnVendorAccount })
    let pure = Story(try await Bench.play("billing/trial-to-paid.yaml"))
    #expect(pure.invoiceLines.contains { $0.of.kind == .seats && $0.of.cents == 4 * 210 })
    #expect(!pure.invoiceLines.contains { $0.of.kind == .tokens })
    #expect(pure.usageLines.contains { $0.of.key != nil && $0.of.promptTokens > 0 })
  }

  @Test func whatEmbeddingsDoAfterARevocationIsShown() async throws {
    let history = try await Bench.play("models/hybrid-revocation.yaml")
    let finding = try #require(
      Judge().findings(in: history).first { $0.guarantee == "instant-revocation" }
    ).finding
    #expect(finding.verdict == .held)
    #expect(finding.observed?.verdict == .violated)
  }
}
