import Worlds
import Yams

extension ScenarioReader {
  /// How long an answer may take where the file does not say.
  static let ordinaryDeadline = Duration.seconds(60)

  func expectations(_ node: Node, of word: ActionWord, asked: [String]) -> [Expectation] {
    let words = Shape.expectations.keys
    guard
      let fields = Fields(node, what: "'expect'", shape: .expectations, reporter: reporter)
    else { return [] }
    if fields.keys.isEmpty { reporter.error("'expect' expects nothing", at: node) }
    for key in fields.keys where words.contains(key) {
      guard !word.expectations.contains(key), let entry = fields.entry(key) else { continue }
      reporter.error("'\(key)' cannot be expected of '\(word.rawValue)'", at: entry.keyNode)
    }
    let kind = fields["answer"].flatMap(answerKind)
    refuseContradictions(fields, kind)
    return words.compactMap { key in
      fields[key].flatMap { expectation(key, $0, kind, fields, asked) }
    }
  }

  private func expectation(
    _ key: String,
    _ node: Node,
    _ kind: Expectation.AnswerKind?,
    _ fields: Fields,
    _ asked: [String]
  ) -> Expectation? {
    switch key {
    case "answer":
      let within = fields["within"].map {
        reporter.duration($0, what: "'within'", above: .milliseconds(1))
      }
      guard let kind, let deadline = within ?? Self.ordinaryDeadline else { return nil }
      return .answer(kind, within: deadline)
    case "because":
      let known = RefusalReason.allCases.map(\.rawValue)
      return reporter.word(node, kind: "reason", among: known)
        .flatMap(RefusalReason.init(rawValue:)).map(Expectation.because)
    case "draws-on":
      return knowledge(node, of: asked).map { .drawsOn(knowledge: $0) }
    case "nothing-from":
      return knowledge(node, of: asked).map { .nothingFrom(knowledge: $0) }
    case "accepted":
      return reporter.boolean(node, what: "'accepted'").map(Expectation.accepted)
    case "mentions":
      return reporter.text(node, what: "'mentions'").map(Expectation.mentions)
    case "never-mentions":
      return reporter.text(node, what: "'never-mentions'").map(Expectation.neverMentions)
    case "invoice": return invoice(node)
    case "usage": return usage(node)
    case "grows":
      return reporter.boolean(node, what: "'grows'").map(Expectation.grows)
    case "waits":
      return reporter.boolean(node, what: "'waits'").map(Expectation.waits)
    default:
      return nil
    }
  }

  private func answerKind(_ node: Node) -> Expectation.AnswerKind? {
    let known = Expectation.AnswerKind.allCases.map(\.rawValue)
    return reporter.word(node, kind: "kind of answer", among: known)
      .flatMap(Expectation.AnswerKind.init(rawValue:))
  }

  private func knowledge(_ node: Node, of asked: [String]) -> String? {
    guard let names else { return reporter.text(node, what: "a knowledge base") }
    var known: [String] = []
    for tenant in names.world.tenants
    where asked.isEmpty || tenant.people.contains(where: { asked.contains($0.id) }) {
      known += tenant.knowledge.map(\.id).filter { !known.contains($0) }
    }
    return reporter.word(node, kind: "knowledge base", among: known)
  }

  private func refuseContradictions(_ fields: Fields, _ kind: Expectation.AnswerKind?) {
    if let within = fields.entry("within"), fields["answer"] == nil {
      reporter.error("'within' belongs to 'answer'", at: within.keyNode)
    }
    guard let kind else { return }
    var misplaced: [String] = []
    switch kind {
    case .given: misplaced = ["because"]
    case .none, .undelivered: misplaced = ["because", "draws-on", "mentions", "grows", "waits"]
    case .refused: misplaced = ["draws-on"]
    case .told: misplaced = ["because", "draws-on"]
    case .givenOrRefused: misplaced = []
    }
    for key in misplaced {
      guard let entry = fields.entry(key) else { continue }
      reporter.error("'\(key)' contradicts 'answer: \(kind.rawValue)'", at: entry.keyNode)
    }
  }
}
