import Conductor
import Evidence
import Guarantees
import Rogues
import ScenarioFiles
import Testing
import Worlds

/// Stories that are played twice with a secret exchanged: the honest vendor shows no difference,
/// and vendors whose leaks carry no marker are found by the pair and by nothing else.
@Suite(.serialized, .timeLimit(.minutes(5))) struct PairTests {
  static let files = [
    "leakage/other-words-in-hr.yaml", "leakage/without-documents-of-hr.yaml",
    "leakage/streamed-with-other-words.yaml", "leakage/other-words-at-acme.yaml",
    "custody/other-values-of-the-key.yaml",
  ]
  static let rogues: [Vendor] = [
    .paraphrasesHiddenDocuments, .filtersAfterRanking, .admitsWhatItHides, .streamsByHiddenScore,
    .sharedEmbeddingCache, .routesByTheKey,
  ]

  @Test(arguments: files, [UInt64(1), 7])
  func theHonestVendorShowsNoDifference(file: String, seed: UInt64) async throws {
    let shown = try Bench.scenario(file).shows
    let history = try await Bench.play(file, seed: seed)
    #expect(history.findings(.violated).isEmpty)
    #expect(history.unmetExpectations.isEmpty)
    let held = history.findings(.held)
    for id in shown {
      #expect(held[id]?.contains("Played again") == true, "\(history.findings(.inconclusive))")
    }
  }

  @Test(arguments: rogues.map(\.name))
  func whatNoMarkerShowsThePairDoes(name: String) async throws {
    let vendor = try #require(Self.rogues.first { $0.name == name })
    let file = try #require(vendor.triedIn.first)
    var scenario = try Bench.scenario(file)
    let paired = try await Bench.play(scenario, vendor: vendor)
    let violated = paired.findings(.violated)
    #expect(Set(violated.keys) == Set(vendor.breaks), "\(violated)")
    scenario.pair = nil
    let alone = try await Bench.play(scenario, vendor: vendor)
    #expect(alone.findings(.violated).isEmpty)
  }

  /// The pair shows what differs, of both plays.
  @Test func theFirstDifferenceIsShownWithBothSides() async throws {
    let history = try await Bench.play(
      "leakage/other-words-in-hr.yaml",
      vendor: .paraphrasesHiddenDocuments
    )
    let finding = try #require(
      Judge().findings(in: history).first { $0.guarantee == "department-isolation" }?.finding
    )
    let sides = try #require(finding.witnesses?.first.sides)
    #expect(sides.first != sides.second)
    #expect(sides.first.contains("People also ask about") && sides.second.contains("“"))
    #expect(finding.sentence.contains(sides.first))
  }

  /// What was exchanged has the same size to the byte, and very nearly to the token.
  @Test(arguments: files)
  func whatIsExchangedKeepsItsSize(file: String) async throws {
    let history = try await Bench.play(file)
    let plan = try #require(Story(history).pairPlans.first?.of)
    #expect(!plan.parts.isEmpty)
    for part in plan.parts {
      #expect(part.second.map { $0.bytes == part.first.bytes } ?? file.contains("without"))
      #expect(part.second?.digest != part.first.digest, "\(part.name)")
    }
  }

  @Test func aPairIsDeterministic() async throws {
    let first = try await Bench.play("leakage/other-words-in-hr.yaml")
    let second = try await Bench.play("leakage/other-words-in-hr.yaml")
    #expect(try EvidenceLog.data(of: first) == EvidenceLog.data(of: second))
    #expect(try EvidenceLog.read(EvidenceLog.data(of: first)) == first)
  }
}
