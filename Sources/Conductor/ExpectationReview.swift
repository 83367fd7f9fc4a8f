import Evidence
import ScenarioFiles
import Worlds

/// Holds what a scenario file expects of its steps against what was seen.
struct ExpectationReview: Sendable {
  let scenario: Scenario
  let events: [Event]
  /// Statuses of the admin API by the line of the step.
  let adminAnswers: [Int: [Int]]
  /// Cents of invoices as they stood at each step that asks, by its line and `tenant/month`.
  let invoiceTotals: [Int: [String: Int]]
  /// Texts of replies, by message, where the story asks about words.
  let texts: [String: [String]]

  /// How a message fell short, and when that was to be seen.
  struct Failure {
    var what: String
    var at: Timestamp?

    init(_ what: String, _ at: Timestamp?) {
      self.what = what
      self.at = at
    }
  }

  struct Message {
    var id: String
    var person: String
    var tenant: String
    var sentAt: Timestamp
    var replies: [(at: Timestamp, reply: Event.Reply)] = []
    /// Whether the vendor ever took it from the platform.
    var wasAccepted = false

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
      case .delivery(let delivery) where (200..<300).contains(delivery.status):
        guard let place = places[delivery.message] else { continue }
        steps[place.step]?[place.index].wasAccepted = true
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
    let failures: [Failure]
    let begins = scenario.world.startsAt + step.timing.begins
    if case .accepted(let accepted) = expectation {
      if case .press = step.action {
        failures = pressFailures(step.line, accepted: accepted)
      } else {
        failures = adminFailures(step.line, accepted: accepted).map { Failure($0, begins) }
      }
    } else if let money = moneyFailures(expectation, of: step) {
      failures = money
    } else {
      failures =
        messages.isEmpty
        ? [Failure("no message was sent", begins)]
        : messages.compactMap { message in
          failure(of: expectation, for: message).map {
            Failure("\(message.person): \($0.what)", $0.at)
          }
        }
    }
    let observed =
      failures.count > 1
      ? "\(failures[0].what); and \(failures.count - 1) more of \(messages.count) messages"
      : failures.first?.what ?? ""
    return Event.Expectation(
      line: step.line,
      text: expectation.words,
      met: failures.isEmpty,
      observed: observed,
      failedAt: failures.first?.at
    )
  }

  private func adminFailures(_ line: Int, accepted: Bool) -> [String] {
    let statuses = adminAnswers[line] ?? []
    guard !statuses.isEmpty else { return ["the admin API was not asked"] }
    return statuses.filter { (200..<300).contains($0) != accepted }
      .map { $0 == 0 ? "no answer came" : "the admin API answered \($0)" }
  }

  private func pressFailures(_ line: Int, accepted: Bool) -> [Failure] {
    let presses = events.compactMap { event -> (taken: Bool, at: Timestamp)? in
      guard case .buttonPressed(let press) = event.kind, press.step == line else { return nil }
      return (press.taken, event.at)
    }
    guard !presses.isEmpty else { return [Failure("no button was pressed", nil)] }
    return presses.filter { $0.taken != accepted }.map {
      Failure($0.taken ? "it was taken" : "it was not taken", $0.at)
    }
  }

  private func failure(of expectation: Expectation, for message: Message) -> Failure? {
    let lastSeen = message.replies.last?.at ?? message.sentAt
    switch expectation {
    case .answer(let kind, let limit): return answerFailure(kind, within: limit, message)
    case .because(let reason):
      let vague = message.notices.first { !reason.isPlain(in: $0.reply.words ?? "") }
      if let vague { return Failure("was told \"\(vague.reply.words ?? "")\"", vague.at) }
      return message.notices.isEmpty ? Failure("was told nothing", lastSeen) : nil
    case .drawsOn(let knowledge):
      let draws = message.answers.contains { $0.reply.draws(on: knowledge, of: message.tenant) }
      return draws ? nil : Failure("no answer drew on \(knowledge)", lastSeen)
    case .nothingFrom(let knowledge):
      return message.replies.first { $0.reply.draws(on: knowledge, of: message.tenant) }
        .map { Failure("a reply drew on \(knowledge)", $0.at) }
    case .mentions(let text):
      return mentions(text, message) ? nil : Failure("no reply mentions it", lastSeen)
    case .neverMentions(let text):
      return mentions(text, message) ? Failure("a reply mentions it", lastSeen) : nil
    case .grows(let grows):
      guard message.wasSeenGrowing != grows else { return nil }
      return Failure(
        grows ? "nothing was seen before the whole" : "it was seen growing",
        message.replies.first?.at ?? message.sentAt
      )
    case .waits(let waits):
      guard message.promises.isEmpty == waits else { return nil }
      return waits
        ? Failure("was not told that it waits", lastSeen)
        : Failure("was told that it waits", message.promises.first?.at)
    case .accepted, .invoice, .usage: return nil
    }
  }

  private func mentions(_ text: String, _ message: Message) -> Bool {
    texts[message.id, default: []].contains { $0.contains(text) }
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
    case .invoice(let tenant, let month, let cents):
      "invoice: \(tenant), \(month), \(cents.words) cents"
    case .usage(let tenant, let key, let tokens):
      "usage: \(tenant), \(key), \(tokens.words) tokens"
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
