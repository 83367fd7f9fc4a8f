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
}
