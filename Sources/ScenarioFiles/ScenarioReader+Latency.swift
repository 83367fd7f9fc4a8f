import Worlds
import Yams

extension ScenarioReader {
  func compareLatency(_ node: Node) -> Action? {
    guard let fields = fields(.compareLatency, node) else { return nil }
    let person = fields.required("who").flatMap(self.person)
    let questions = self.questions(fields)
    let least = count("pairs-at-least", fields, in: 2...100_000)
    let most = count("pairs-at-most", fields, in: 2...100_000)
    let warmUp = count("warm-up", fields, in: 0...10_000)
    let median = span("median-margin", fields)
    let tail = span("tail-margin", fields)
    let budget = span("budget", fields)
    let every = span("every", fields)
    let beside = fields["beside"].map { self.beside($0, measured: person) }
    guard let person, let questions, let least, let most, let warmUp, let median, let tail,
      let budget, let every
    else { return nil }
    if let beside, beside == nil { return nil }
    if most < least, let node = fields["pairs-at-most"] {
      reporter.error("'pairs-at-most' is less than 'pairs-at-least'", at: node)
    }
    // Four people ask in each round: one on the customer's key, three on the vendor's.
    if budget < every * ((least + warmUp) * 4), let node = fields["budget"] {
      reporter.warning(
        "'budget' is too short for 'pairs-at-least' and 'warm-up', of four questions each: "
          + "nothing is asked",
        at: node
      )
    }
    return .compareLatency(
      .init(
        person: person,
        questions: questions,
        minimumPairs: least,
        maximumPairs: most,
        warmUpPairs: warmUp,
        medianMargin: median,
        tailMargin: tail,
        budget: budget,
        every: every,
        beside: beside ?? nil
      )
    )
  }

  private func beside(_ node: Node, measured: String?) -> LatencyComparison.Beside? {
    guard
      let fields = Fields(node, what: "'beside'", shape: .besideLatency, reporter: reporter)
    else { return nil }
    let who = fields.required("who")
    let people = (who.flatMap { reporter.list($0, what: "'who'") } ?? []).compactMap(person)
    if let who, people.contains(where: { $0 == measured }) {
      reporter.error("who is measured does not ask beside", at: who)
    }
    let every = span("every", fields)
    guard let every, !people.isEmpty else { return nil }
    return .init(people: people, every: every)
  }

  private func count(_ key: String, _ fields: Fields, in range: ClosedRange<Int>) -> Int? {
    fields.required(key).flatMap { reporter.integer($0, what: "'\(key)'", in: range) }
  }

  private func span(_ key: String, _ fields: Fields) -> Duration? {
    fields.required(key).flatMap {
      reporter.duration($0, what: "'\(key)'", above: .milliseconds(1))
    }
  }
}
