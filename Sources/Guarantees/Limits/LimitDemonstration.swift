package import Evidence

/// What a story showed of a limit that it is there to demonstrate, with the events that say so:
/// what no key can change is shown, not only said.
package struct LimitDemonstration: Sendable, Equatable, Codable {
  package enum Outcome: String, Sendable, Codable {
    /// The limit was seen: data were where a key does not keep them from being.
    case shown
    /// The contrast: everything stayed in the customer's network.
    case absent
    /// The story did not come to it.
    case missed
  }

  /// Its id in the catalogue.
  package var limit: String
  package var outcome: Outcome
  /// One sentence for a reader, with the numbers in it.
  package var sentence: String
  /// Ids of the first events of each kind, in order.
  package var events: [Int]

  /// Of the limits that the facts name, in their order.
  package static func all(in history: History) -> [LimitDemonstration] {
    guard let limits = history.facts.demonstrates else { return [] }
    let seen = LimitSight(history)
    return limits.map { seen.demonstration(of: $0) }
  }
}

/// The wires and disks of one story, as the limits look at them.
private struct LimitSight {
  let facts: Facts
  let flow: DataFlow
  let story: Story

  init(_ history: History) {
    facts = history.facts
    flow = DataFlow(history)
    story = Story(history)
  }

  func demonstration(of limit: String) -> LimitDemonstration {
    if facts.tenants.allSatisfy({ $0.deployment == .selfHosted }) { return contrast(limit) }
    switch limit {
    case "vendor-in-the-path":
      let (questions, answers) = (count(.question, .vendor), count(.answer, .vendor))
      return found(
        limit,
        questions > 0 && answers > 0,
        "The vendor's servers took \(questions.of("question")), with who asked, and sent "
          + "\(answers.of("answer")), all in the clear for its program.",
        [firstDelivery, firstAnswer]
      )
    case "provider-processes-data":
      let (questions, texts) = (count(.question, .provider), count(.retrievedText, .provider))
      return found(
        limit,
        questions > 0 && texts > 0,
        "The provider received \(questions.of("prompt")) with a question and \(texts.of("prompt")) "
          + "with retrieved texts, on whoever's key.",
        [firstCall { !$0.isEmpty }, firstCall { $0.contains { story.document(of: $0) != nil } }]
      )
    case "no-data-sovereignty":
      return found(
        limit,
        outside > 0,
        "Outside of the customer's network and its chat platform questions were seen "
          + "\(sum(.question).of("time")), retrieved texts \(sum(.retrievedText).of("time")) and "
          + "answers \(sum(.answer).of("time")).",
        [firstDelivery, firstCall { !$0.isEmpty }]
      )
    case "vendor-can-log":
      return logging(limit)
    default:
      return LimitDemonstration(
        limit: limit,
        outcome: .missed,
        sentence: "There is no such limit.",
        events: []
      )
    }
  }

  /// Questions that stood in files or logs of a vendor that nobody had forbidden it.
  private func logging(_ limit: String) -> LimitDemonstration {
    let kept = story.sightings.filter { sighting in
      guard case .canary(let canary) = sighting.of.subject,
        [.storage, .log].contains(sighting.of.surface)
      else { return false }
      return !story.messages(asking: canary).isEmpty
    }
    let looked = story.searches.compactMap(\.of.texts).max() ?? 0
    let isForbidden = facts.tenants.contains { $0.contracts?.contains("no-query-logging") ?? false }
    return found(
      limit,
      !kept.isEmpty && !isForbidden,
      "When all was over, \(kept.count.of("question")) stood in the vendor's files, the first in "
        + "\(kept.first?.of.place ?? "none"); \(looked.of("text")) had been looked for.",
      kept.prefix(2).map { $0.event }
    )
  }

  private func contrast(_ limit: String) -> LimitDemonstration {
    let asked = story.messages.count
    return LimitDemonstration(
      limit: limit,
      outcome: outside == 0 && asked > 0 ? .absent : .missed,
      sentence: outside == 0
        ? "Self-hosted: of \(asked.of("question")), of what was retrieved and answered, nothing "
          + "was seen outside of the customer's network and its chat platform."
        : "Self-hosted, and all the same data were seen outside \(outside.of("time")).",
      events: story.messages.prefix(1).map(\.event)
    )
  }

  private func found(
    _ limit: String,
    _ isShown: Bool,
    _ sentence: String,
    _ events: [Int?]
  ) -> LimitDemonstration {
    LimitDemonstration(
      limit: limit,
      outcome: isShown ? .shown : .missed,
      sentence: sentence,
      events: Set(events.compactMap { $0 }).sorted()
    )
  }

  private func count(_ kind: DataFlow.Kind, _ zone: Facts.Zone) -> Int {
    flow.count(of: kind, in: zone)
  }

  /// Over everybody but the customer and its chat platform.
  private func sum(_ kind: DataFlow.Kind) -> Int {
    [Facts.Zone.vendor, .provider, .elsewhere].reduce(0) { $0 + count(kind, $1) }
  }

  private var outside: Int { sum(.question) + sum(.retrievedText) + sum(.answer) }

  private var firstDelivery: Int? {
    story.messages.first { $0.wasAccepted }.flatMap { $0.deliveries.first?.event }
  }

  private var firstAnswer: Int? { story.replies.first { $0.of.nature == .answer }?.event }

  private func firstCall(_ carries: ([String]) -> Bool) -> Int? {
    story.calls.first { carries($0.of.promptCanaries) }?.event
  }
}
