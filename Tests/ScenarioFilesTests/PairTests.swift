import ScenarioFiles
import Testing

/// The word `pair`: what it means, and what is wrong with it.
@Suite struct PairTests {
  private func load(
    _ top: String,
    world: String = "worlds/small.yaml"
  ) throws -> (scenarios: [Scenario], messages: [String]) {
    let library = try TemporaryLibrary()
    let second = """
        globex:
          name: Globex
          deployment: hosted
          departments: { all: {} }
          people: { gina: { name: Gina, department: all, platform: teams } }
      """
    try library.write("worlds/two.yaml", TemporaryLibrary.world + "\n" + second)
    let text = TemporaryLibrary.scenario(timeline: "  - { at: 1m, pause: {} }", world: world)
    try library.write("s.yaml", text + "\n" + top)
    let (scenarios, diagnostics) = library.load("s.yaml")
    return (scenarios, diagnostics.filter { $0.severity == .error }.map(\.message))
  }

  @Test func documentsAreThoseThatNotEverybodyMayRead() throws {
    let pair = try load("pair: { varies: documents, department: hr }").scenarios.first?.pair
    #expect(pair == .init(secret: .documents(knowledge: ["hr-handbook"]), tenant: "acme"))
    let absent = try load("pair: { varies: documents, department: hr, by: absence }")
    #expect(absent.scenarios.first?.pair?.isAbsent == true)
    #expect(absent.scenarios.first?.playsIn == .simulated)
    #expect(try load("pair: { varies: key }").scenarios.first?.pair?.secret == .key)
    let customer = try load("pair: { varies: customer, tenant: acme }", world: "worlds/two.yaml")
    #expect(customer.scenarios.first?.pair == .init(secret: .customer, tenant: "acme"))
  }

  @Test(arguments: [
    ("pair: { varies: document }", "unknown secret 'document'"),
    ("pair: { department: hr }", "'pair' needs 'varies'"),
    ("pair: { varies: documents }", "'pair' needs 'department'"),
    (
      "pair: { varies: documents, department: sales }",
      "'sales' may read nothing that others may not: nothing could leak"
    ),
    (
      "pair: { varies: key, by: absence }",
      "'by' is for 'varies: documents': 'key' has other values"
    ),
    ("pair: { varies: key, department: hr }", "'department' is for 'varies: documents' alone"),
    ("pair: { varies: customer }", "there is no other customer who could see anything"),
    (
      "pair: { varies: key }\ncrash: at-every-step",
      "a story that is played twice has neither 'crash' nor 'vendor: process'"
    ),
    (
      "pair: { varies: key }\nplays-in: loopback",
      "moments are compared in the simulated world alone"
    ),
  ])
  func whatIsWrongIsSaid(top: String, message: String) throws {
    let (scenarios, messages) = try load(top)
    #expect(messages == [message])
    #expect(scenarios.isEmpty)
  }

  @Test(arguments: [
    ("pair: { varies: key }", "'pair' needs 'tenant': there are several customers"),
    ("pair: { varies: key, tenant: globex }", "a hosted customer has no key"),
  ])
  func whichCustomerMustBeTold(top: String, message: String) throws {
    #expect(try load(top, world: "worlds/two.yaml").messages == [message])
  }
}
