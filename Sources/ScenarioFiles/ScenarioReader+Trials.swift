import Worlds
import Yams

/// What an impostor can try. The words are those of `Event.Impostor.Trick`, which this module does
/// not import.
package enum ImpostorTricks {
  package static let all = [
    "genuine", "forged-signature", "expired", "wrong-audience", "wrong-tenant", "wrong-issuer",
    "wrong-service-url", "not-endorsed", "unknown-key", "no-token", "unsigned-algorithm",
    "confused-algorithm", "garbage",
  ]

  /// Service addresses and endorsements are claims of Bot Framework tokens alone.
  package static let ofTeamsOnly = ["wrong-service-url", "not-endorsed"]
}

extension ScenarioReader {
  func knock(_ node: Node) -> Action? {
    guard let fields = fields(.knock, node) else { return nil }
    let person = fields.required("as").flatMap(self.person)
    let trick = fields.required("with").flatMap { self.trick($0, as: person) }
    let text = fields.requiredText("text")
    guard let person, let trick, let text else { return nil }
    return .impostor(.init(person: person, trick: trick, text: text))
  }

  /// One that there is on the platform of whoever it is tried as.
  func trick(_ node: Node, as person: String?) -> String? {
    guard let trick = reporter.word(node, kind: "trick", among: ImpostorTricks.all) else {
      return nil
    }
    if let person, ImpostorTricks.ofTeamsOnly.contains(trick),
      let platform = names?.person(person)?.platform, platform != .teams
    {
      reporter.error(
        "'\(trick)' is a trick with tokens of teams, and '\(person)' is on \(platform.rawValue)",
        at: node
      )
    }
    return trick
  }

  func compareLatency(_ node: Node) -> Action? {
    guard let fields = fields(.compareLatency, node) else { return nil }
    let person = fields.required("who").flatMap(self.person)
    let questions = self.questions(fields)
    let least = count("pairs-at-least", fields, in: 2...100_000)
    let most = count("pairs-at-most", fields, in: 2...100_000)
    let warmUp = count("warm-up", fields, in: 0...10_000)
    let median = margin("median-margin", fields)
    let tail = margin("tail-margin", fields)
    let budget = margin("budget", fields)
    guard let person, let questions, let least, let most, let warmUp, let median, let tail,
      let budget
    else { return nil }
    if most < least, let node = fields["pairs-at-most"] {
      reporter.error("'pairs-at-most' is less than 'pairs-at-least'", at: node)
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
        budget: budget
      )
    )
  }

  private func count(_ key: String, _ fields: Fields, in range: ClosedRange<Int>) -> Int? {
    fields.required(key).flatMap { reporter.integer($0, what: "'\(key)'", in: range) }
  }

  private func margin(_ key: String, _ fields: Fields) -> Duration? {
    fields.required(key).flatMap {
      reporter.duration($0, what: "'\(key)'", above: .milliseconds(1))
    }
  }
}
