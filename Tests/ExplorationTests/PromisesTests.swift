import Exploration
import ScenarioFiles
import Testing
import Worlds

/// What may be expected follows from the story, and from nothing else.
@Suite struct PromisesTests {
  private static let given = ScenarioFiles.Expectation.answer(.given, within: .seconds(60))

  private func ask(_ moment: Duration, by person: String = "ana") -> Step {
    Step(
      line: 0,
      timing: .at(moment),
      action: .ask(.init(people: [person], questions: ["May I work from home?"]))
    )
  }

  private func step(_ moment: Duration, _ action: Action) -> Step {
    Step(line: 0, timing: .at(moment), action: action)
  }

  /// The expectations of each step, in a plain world.
  private func expected(_ steps: [Step]) -> [[ScenarioFiles.Expectation]] {
    let world = WorldDescription(
      file: "",
      title: "W",
      startsAt: Timestamp(nanoseconds: 0),
      tenants: [
        .init(
          id: "acme",
          name: "Acme",
          keyInstalled: true,
          departments: [.init(id: "hr", knowledge: ["base"])],
          people: [.init(id: "ana", name: "Ana", department: "hr", platform: .teams)],
          conversations: [],
          knowledge: [.init(id: "base", documents: [])]
        )
      ],
      model: .init(firstToken: .zero ... .zero, betweenTokens: .zero ... .zero)
    )
    let scenario = Scenario(
      file: "s.yaml",
      title: "S",
      about: "A",
      shows: [],
      family: "",
      world: world,
      timeline: steps
    )
    return Promises(scenario).annotated.timeline.map(\.expectations)
  }

  @Test func whoAsksInQuietTimesIsAnswered() {
    #expect(expected([ask(.seconds(10))]) == [[Self.given]])
  }

  @Test(arguments: [
    FaultDescription.Place.provider, .chatPlatform, .directory, .secretManager,
  ])
  func nothingIsExpectedNearAFault(place: FaultDescription.Place) {
    let fault = FaultDescription(kind: .outage, place: place, lasting: .seconds(30))
    let steps = [
      ask(.seconds(10)), step(.seconds(60), .fault(fault)), ask(.seconds(70)),
      ask(.seconds(300)), ask(.seconds(1_000)),
    ]
    #expect(expected(steps) == [[], [], [], [], [Self.given]])
  }

  @Test func nothingIsExpectedWithoutAKey() {
    let steps = [
      step(.seconds(1), .deleteKey(tenant: "acme", key: "first")), ask(.seconds(2_000)),
      step(.seconds(3_000), .installKey(tenant: "acme", key: .named("second"))),
      ask(.seconds(3_100)), ask(.seconds(5_000)),
    ]
    #expect(expected(steps) == [[], [], [.accepted(true)], [], [Self.given]])
  }

  @Test func aKeyThatEndedIsRefused() {
    let steps = [
      step(.seconds(1), .deleteKey(tenant: "acme", key: "first")),
      step(.seconds(60), .installKey(tenant: "acme", key: .named("first"))),
      step(.seconds(70), .installKey(tenant: "acme", key: .neverIssued)),
      ask(.seconds(2_000)),
    ]
    #expect(expected(steps) == [[], [.accepted(false)], [.accepted(false)], []])
  }

  @Test func whatIsInstalledAmidTroubleIsAnybodysGuess() {
    let steps = [
      step(.seconds(10), .crashVendor(downFor: .seconds(5))),
      step(.seconds(12), .installKey(tenant: "acme", key: .named("second"))),
      ask(.seconds(5_000)),
    ]
    #expect(expected(steps) == [[], [], []])
  }

  @Test func whoHasNoAccountIsNotAnswered() {
    let steps = [
      step(.seconds(10), .setActive(person: "ana", isActive: false)), ask(.seconds(1_000)),
      step(.seconds(2_000), .setActive(person: "ana", isActive: true)), ask(.seconds(2_060)),
      ask(.seconds(3_000)),
    ]
    #expect(expected(steps) == [[], [], [], [], [Self.given]])
  }
}
