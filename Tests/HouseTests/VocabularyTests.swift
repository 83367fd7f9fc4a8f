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

  @Test func aCheckSpeaksOfWhatTheEvidenceHas() {
    let subjects = Facts.Check.Subject.allCases.map(\.rawValue)
    let words = Facts.Check.Word.allCases.map(\.rawValue)
    #expect(ReviewerCheck.subjects.map(\.name) == subjects)
    #expect(Set(ReviewerCheck.subjects.flatMap(\.words)) == Set(words))
    #expect(Set(ReviewerCheck.surfaces) == Set(Event.Surface.allCases.map(\.rawValue)))
  }
}
