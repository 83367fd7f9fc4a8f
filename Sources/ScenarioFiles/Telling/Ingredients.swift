import Worlds

extension Scenario {
  /// What a story is made of, for whoever wants one like it: what is special in its world, and
  /// which things happen in it.
  package var ingredients: [String] {
    let crash = crashesEverywhere ? "a crash at every step" : nil
    return worldIngredients
      + [pairIngredient, crash, stepIngredients, lengthIngredient].compactMap { $0 }
  }

  private var worldIngredients: [String] {
    let tenants = world.tenants
    func any(_ condition: (WorldDescription.Tenant) -> Bool, _ words: String) -> String? {
      tenants.contains(where: condition) ? words : nil
    }
    return [
      tenants.count > 1 ? "\(tenants.count) customers" : nil,
      tenants.map(\.deployment).first { $0 != .pure }.map { "deployment: \($0.rawValue)" },
      world.secretManager == .embedded ? nil : "secret-manager: \(world.secretManager.rawValue)",
      world.replicas > 1 ? "replicas: \(world.replicas)" : nil,
      any({ $0.azure != nil }, "an Azure resource"),
      any(\.streamsReplies, "replies: streamed"),
      any({ $0.rejectedKey.waitsFor != nil }, "messages: wait"),
      any({ $0.rejectedKey.tells != nil }, "somebody to tell"),
      any(\.forbidsQueryLogging, "contract: no-query-logging"),
      world.questionsAMinute.map { "questions-a-minute: \($0)" },
      timeline.contains { $0.action.isInConversation } ? "a group or channel" : nil,
    ].compactMap { $0 }
  }

  private var pairIngredient: String? {
    switch pair?.secret {
    case .documents?: "pair of documents"
    case .customer?: "pair of a customer"
    case .key?: "pair of keys"
    case nil: nil
    }
  }

  private var stepIngredients: String? {
    var words: [String] = []
    for step in timeline {
      guard let word = (try? StepText(step).word) ?? step.action.otherWord else { continue }
      if !words.contains(word) { words.append(word) }
    }
    return words.isEmpty ? nil : "steps: \(words.joined(separator: ", "))"
  }

  private var lengthIngredient: String? {
    let end = timeline.map(\.timing.ends).max() ?? .zero
    return end >= .minutes(360) ? "lasting \(DurationText.text(end))" : nil
  }
}

extension Action {
  fileprivate var isInConversation: Bool {
    if case .ask(let ask) = self { ask.conversation != nil } else { false }
  }

  /// Of what is not written back into files.
  fileprivate var otherWord: String? {
    switch self {
    case .ask: ActionWord.ask.rawValue
    case .compareLatency: ActionWord.compareLatency.rawValue
    default: nil
    }
  }
}
