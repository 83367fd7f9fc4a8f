import Evidence
import ScenarioFiles
import Worlds

/// Holds what a scenario file expects of its steps against what was seen.
struct ExpectationReview: Sendable {
  let scenario: Scenario
  let events: [Event]
  /// Statuses of the admin API by the line of the step.
  let adminAnswers: [Int: [Int]]
  /// Texts of replies, by message, where the story asks about words.
  let texts: [String: [String]]

  private struct Message {
    var id: String
    var person: String
    var tenant: String
    var sentAt: Timestamp
    var replies: [(at: Timestamp, reply: Event.Reply)] = []

    var answers: [(at: Timestamp, reply: Event.Reply)] {
      replies.filter { $0.reply.nature == .answer }
    }

    var wasSeenGrowing: Bool {
      replies.contains { $0.reply.nature == .partial || $0.reply.isUpdate == true }
    }

    var notices: [(at: Timestamp, reply: Event.Reply)] {
      replies.filter { $0.reply.nature == .notice }
    }

    /// Notices after which there is still something to come.
    var promises: [(at: Timestamp, reply: Event.Reply)] {
      replies.filter(\.reply.saysItWaits)
    }

    /// What becomes of it in the end.
    var endings: [(at: Timestamp, reply: Event.Reply)] {
      replies.filter { $0.reply.nature != .partial && !$0.reply.saysItWaits }
    }
  }

  /// One result for each expectation of the file.
  func results() -> [Event.Expectation] {
    let messages = messagesByStep()
    // A step that several people share stands once in the file, and once for each in the timeline.
    var lines: Set<Int> = []
    return scenario.timeline.filter { lines.insert($0.line).inserted }.flatMap { step in
      step.expectations.map { expectation in
        review(expectation, of: step, messages: messages[step.line] ?? [])
      }
    }
  }

  private func messagesByStep() -> [Int: [Message]] {
    var steps: [Int: [Message]] = [:]
    var places: [String: (step: Int, index: Int)] = [:]
    for event in events {
      switch event.kind {
      case .messageSent(let sent):
        places[sent.message] = (sent.step, steps[sent.step]?.count ?? 0)
        steps[sent.step, default: []].append(
          Message(
            id: sent.message,
            person: sent.person,
            tenant: sent.tenant,
            sentAt: event.at
          )
        )
      case .reply(let reply):
        guard let message = reply.message, let place = places[message] else { continue }
        steps[place.step]?[place.index].replies.append((event.at, reply))
      default: continue
      }
    }
    return steps
  }

  private func review(
    _ expectation: Expectation,
    of step: Step,
    messages: [Message]
  ) -> Event.Expectation {
    let failures: [String]
    if case .accepted(let accepted) = expectation {
      if case .press = step.action {
        failures = pressFailures(step.line, accepted: accepted)
      } else {
        failures = adminFailures(step.line, accepted: accepted)
      }
    } else {
      failures =
        messages.isEmpty
        ? ["no message was sent"]
        : messages.compactMap { message in
          failure(of: expectation, for: message).map { "\(message.person): \($0)" }
        }
    }
    let observed =
      failures.count > 1
      ? "\(failures[0]); and \(failures.count - 1) more of \(messages.count) messages"
      : failures.first ?? ""
    return Event.Expectation(
      line: step.line,
      text: expectation.words,
      met: failures.isEmpty,
      observed: observed
    )
  }

  private func adminFailures(_ line: Int, accepted: Bool) -> [String] {
    let statuses = adminAnswers[line] ?? []
    guard !statuses.isEmpty else { return ["the admin API was not asked"] }
    return statuses.filter { (200..<300).contains($0) != accepted }
      .map { $0 == 0 ? "no answer came" : "the admin API answered \($0)" }
  }

  private func pressFailures(_ line: Int, accepted: Bool) -> [String] {
    let taken = events.compactMap { event -> Bool? in
      guard case .buttonPressed(let press) = event.kind, press.step == line else { return nil }
      return press.taken
    }
    guard !taken.isEmpty else { return ["no button was pressed"] }
    return taken.filter { $0 != accepted }.map { $0 ? "it was taken" : "it was not taken" }
  }

  private func failure(of expectation: Expectation, for message: Message) -> String? {
    switch expectation {
    case .answer(let kind, let limit): answerFailure(kind, within: limit, message)
    case .because(let reason):
      message.notices.compactMap { notice in
        let words = notice.reply.words ?? ""
        return reason.isPlain(in: words) ? nil : "was told \"\(words)\""
      }.first ?? (message.notices.isEmpty ? "was told nothing" : nil)
    case .drawsOn(let knowledge):
      message.answers.contains { $0.reply.draws(on: knowledge, of: message.tenant) }
        ? nil : "no answer drew on \(knowledge)"
    case .nothingFrom(let knowledge):
      message.replies.contains { $0.reply.draws(on: knowledge, of: message.tenant) }
        ? "a reply drew on \(knowledge)" : nil
    case .mentions(let text):
      texts[message.id, default: []].contains { $0.contains(text) }
        ? nil : "no reply mentions it"
    case .neverMentions(let text):
      texts[message.id, default: []].contains { $0.contains(text) }
        ? "a reply mentions it" : nil
    case .grows(let grows):
      message.wasSeenGrowing == grows
        ? nil : grows ? "nothing was seen before the whole" : "it was seen growing"
    case .waits(let waits):
      message.promises.isEmpty == !waits
        ? nil : waits ? "was not told that it waits" : "was told that it waits"
    case .accepted: nil
    }
  }

  private func answerFailure(
    _ kind: Expectation.AnswerKind,
    within limit: Duration,
    _ message: Message
  ) -> String? {
    let answered = message.answers.first.map { $0.at - message.sentAt }
    let refused = message.endings.first { $0.reply.nature == .notice }
    let told = refused.map { $0.at - message.sentAt }
    let hasPromise = !message.promises.isEmpty
    switch kind {
    case .given:
      guard let answered else {
        return told != nil ? "was refused" : hasPromise ? "still waits" : "got no reply"
      }
      return answered <= limit ? nil : "was answered only after \(answered.inWords)"
    case .refused, .told:
      guard answered == nil else { return "was answered" }
      guard let told else { return hasPromise ? "still waits" : "got no reply" }
      return told <= limit ? nil : "was told only after \(told.inWords)"
    case .none: return message.replies.isEmpty ? nil : "got a reply"
    case .givenOrRefused:
      guard let first = message.endings.first else {
        return hasPromise ? "still waits" : "got no reply"
      }
      let took = first.at - message.sentAt
      return took <= limit ? nil : "heard nothing for \(took.inWords)"
    }
  }
}

extension Event.Reply {
  fileprivate func draws(on knowledge: String, of tenant: String) -> Bool {
    canaries.contains { $0.hasPrefix("\(tenant)/\(knowledge)/") }
  }
}

extension Duration {
  /// `1.5 s`, for sentences.
  var inWords: String {
    let tenths = (nanoseconds + 50_000_000) / 100_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}

extension RefusalReason {
  /// Whether words make the reason plain to somebody who knows nothing of keys: what is wrong, and
  /// who can help or when to come back.
  func isPlain(in words: String) -> Bool {
    let words = words.lowercased()
    return tellingWords.allSatisfy { choice in choice.contains { words.contains($0) } }
  }

  /// One of each row must be said.
  private var tellingWords: [[String]] {
    switch self {
    case .keyRejected:
      [["key"], ["reject", "invalid", "not accept", "no longer"], ["administrator", "admin"]]
    case .noKey:
      [["no openai key", "no key", "key is missing", "no api key"], ["administrator", "admin"]]
    case .keyUnavailable:
      [["key"], ["could not be fetched", "secret manager"], ["try again", "later"]]
    case .subscriptionEnded:
      [["subscription"], ["cancelled", "ended"], ["administrator", "admin"]]
    case .providerUnavailable: [["try again", "later", "minutes"]]
    case .notAllowed: [["not set up", "access", "permission", "not allowed"]]
    case .deactivated: [["deactivated", "disabled"], ["administrator", "admin"]]
    case .directoryUnavailable: [["permission"], ["try again", "later", "minutes"]]
    case .tooLong: [["too long", "shorten"]]
    case .tooMany: [["more questions", "too many"], ["try again", "later", "minute"]]
    case .notYours: [["only"], ["who asked"]]
    }
  }
}

extension Expectation {
  /// As the file means it, for the report.
  var words: String {
    switch self {
    case .answer(let kind, let limit): "answer: \(kind.rawValue) within \(limit.inWords)"
    case .because(let reason): "because: \(reason.rawValue)"
    case .drawsOn(let knowledge): "draws-on: \(knowledge)"
    case .nothingFrom(let knowledge): "nothing-from: \(knowledge)"
    case .accepted(let accepted): "accepted: \(accepted)"
    case .mentions(let text): "mentions: \(text)"
    case .neverMentions(let text): "never-mentions: \(text)"
    case .grows(let grows): "grows: \(grows)"
    case .waits(let waits): "waits: \(waits)"
    }
  }

  /// Whether it asks about words, which the evidence does not keep.
  var isAboutWords: Bool {
    switch self {
    case .mentions, .neverMentions: true
    default: false
    }
  }
}
