import Evidence
import ScenarioFiles
import Testing

/// Words that two modules share without knowing each other.
@Suite struct VocabularyTests {
  @Test func aStoryKnowsEveryTrickOfAnImpostor() {
    #expect(Set(ImpostorTricks.all) == Set(Event.Impostor.Trick.allCases.map(\.rawValue)))
    #expect(ImpostorTricks.all.count == Event.Impostor.Trick.allCases.count)
    #expect(Set(ImpostorTricks.ofTeamsOnly).isSubset(of: ImpostorTricks.all))
  }
}
