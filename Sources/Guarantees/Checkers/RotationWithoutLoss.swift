import Evidence
import Worlds

/// Where the old key ended first: from the new key's submission to the first answer no more than
/// 60 s pass (time in which nobody asked apart); every message of the gap is answered or refused
/// within 60 s, or told that it waits, where the customer lets messages wait, and then answered or
/// refused within 60 s of the new key; and people who were answered from documents before are so
/// afterwards. Where the
/// vendor crashed or was restarted: every message that it had a chance to get has a reply; a reply
/// comes twice only where a crash lies between the two, once for each crash, and never on Google
/// Chat, which takes a request id.
enum RotationWithoutLoss {
  static let guarantee = Guarantee(
    id: "rotation-without-loss",
    statement: "A key deleted first is replaced in the admin settings in under five minutes; every "
      + "message is answered or refused clearly, and conversations, knowledge and settings "
      + "survive.",
    source: "you delete the old key from OpenAI, generate a new one, and update it in the tool's "
      + "admin settings in under five minutes with no data loss",
    consequence: "A rotation costs messages or knowledge, or leaves the assistant dead for longer "
      + "than promised.",
    bounds: [
      "\(bound.inSeconds) from the submission of the new key to the first answer; time in which "
        + "nobody asks does not count",
      "\(bound.inSeconds) to an answer or a refusal of each message of the gap; of one that waits, "
        + "from the new key on",
      "after a crash, one reply twice on Teams and none on Google Chat",
    ],
    check: check
  )

  static let bound: Duration = .seconds(60)

  static func check(_ story: Story) -> Finding {
    var breaches = Breaches()
    let gaps = story.keys.revocations.filter { $0.ended != nil }
    var slowest: Duration?
    var inGaps = 0
    for gap in gaps {
      guard let installed = gap.ended else { continue }
      let messages = story.messages.filter {
        $0.of.tenant == gap.tenant && $0.isGenuine
          && $0.sentAt >= gap.at && $0.sentAt <= installed.at
      }
      inGaps += messages.count
      for message in messages { addUnanswered(message, story, to: &breaches) }
      addLeftWaiting(messages, installed, gap, story, to: &breaches)
      if let recovery = recovery(after: installed, gap, story, &breaches) {
        slowest = max(slowest ?? recovery, recovery)
      }
      addForgotten(gap, installedAt: installed.at, story, to: &breaches)
    }
    let stops = story.vendorChanges.count { $0.of != .started }
    if stops > 0 { addLost(story, to: &breaches) }
    let across = stops > 0 ? story.messages.count { $0.isGenuine && $0.wasAccepted } : 0
    return .judged(
      breaches,
      exercise: [
        Finding.Count("keys replaced after their end", gaps.count),
        Finding.Count("messages while there was no key", inGaps),
        Finding.Count("crashes and restarts", stops),
        Finding.Count("messages delivered in stories with a restart", across),
      ],
      missing: slowest != nil || across > 0 ? nil : missing(gaps: gaps.count, stops: stops),
      held: held(slowest: slowest, inGaps: inGaps, stops: stops, across: across)
    )
  }

  private static func missing(gaps: Int, stops: Int) -> String {
    if stops > 0 { return "The vendor was restarted, but got no message." }
    return gaps == 0
      ? "No key ended before another was installed, and the vendor was never restarted."
      : "Nobody asked anything after the new key had been installed."
  }

  private static func held(slowest: Duration?, inGaps: Int, stops: Int, across: Int) -> String {
    var parts: [String] = []
    if let slowest {
      parts.append(
        "The first answer came at most \(slowest.inSeconds) after a new key was submitted; "
          + "\(inGaps.of("message")) of the gap had a reply in time."
      )
    }
    if across > 0 {
      parts.append(
        "\(stops.of("stop")) of the vendor lost none of \(across.of("message"))."
      )
    }
    return parts.joined(separator: " ")
  }

  private static func addUnanswered(
    _ message: Story.Message,
    _ story: Story,
    to breaches: inout Breaches
  ) {
    guard let deadline = story.deadline(bound, after: message.sentAt) else { return }
    let reply = story.firstReply(to: message)
    if let reply {
      guard reply.at > deadline else { return }
    } else if !story.isLost(message, within: bound) {
      return
    }
    let how = reply.map { "only after \(($0.at - message.sentAt).inSeconds)" } ?? "never"
    breaches.add(
      "\(message.of.person) asked while there was no key and got a reply \(how).",
      events: [message.event] + (reply.map { [$0.event] } ?? []),
      weight: reply == nil ? 3 : 1
    )
  }

  /// Messages that the new key has not woken: those that still waited when it was in place.
  private static func addLeftWaiting(
    _ messages: [Story.Message],
    _ installed: Story.Occurrence<Event.AdminAction>,
    _ gap: KeyRegister.Revocation,
    _ story: Story,
    to breaches: inout Breaches
  ) {
    guard let deadline = story.deadline(bound, after: installed.at),
      !story.keys.revocations.contains(where: {
        $0.tenant == gap.tenant && $0.at > gap.at && $0.at <= deadline
      })
    else { return }
    for message in messages {
      guard let promise = story.promise(to: message), promise.at <= installed.at else { continue }
      let ending = story.ending(of: message)
      if let ending, ending.at <= deadline { continue }
      let how = ending.map { "only \(($0.at - installed.at).inSeconds) after it" } ?? "never"
      breaches.add(
        "A message of \(message.of.person) waited for the new key and was answered \(how).",
        events: [message.event, installed.event] + (ending.map { [$0.event] } ?? []),
        weight: ending == nil ? 3 : 1
      )
    }
  }

  /// From the submission to the first answer, without the time in which nobody asked. Nil when it
  /// was not put to the test.
  private static func recovery(
    after installed: Story.Occurrence<Event.AdminAction>,
    _ gap: KeyRegister.Revocation,
    _ story: Story,
    _ breaches: inout Breaches
  ) -> Duration? {
    let submitted = installed.of.submittedAt
    let next = story.keys.revocations.first { $0.tenant == gap.tenant && $0.at > gap.at }?.at
    func isInReach(_ moment: Timestamp) -> Bool { next.map { moment < $0 } ?? true }
    let asked = story.messages.first {
      $0.of.tenant == gap.tenant && $0.isGenuine && $0.sentAt >= installed.at
        && isInReach($0.sentAt) && story.isQuestion($0)
    }
    let answer = story.replies.first {
      $0.of.tenant == gap.tenant && $0.of.nature == .answer && $0.at >= submitted
        && isInReach($0.at) && $0.message.map { story.messages[$0].sentAt >= gap.at } ?? true
    }
    // What nobody asked for cannot be answered.
    let idle = asked.map { max(.zero, $0.sentAt - installed.at) } ?? .zero
    guard let answer else {
      // Who asked amid an outage was told so, and nobody asked again.
      let tested = story.messages.first {
        $0.of.tenant == gap.tenant && $0.isGenuine && $0.sentAt >= installed.at
          && isInReach($0.sentAt) && story.isQuestion($0) && !wasDisturbed($0, story)
      }
      guard let tested, let deadline = story.deadline(bound, after: tested.sentAt),
        isInReach(deadline)
      else { return nil }
      breaches.add(
        "No answer came after the new key had been installed.",
        events: [installed.event, tested.event],
        weight: 2
      )
      return nil
    }
    var recovery = answer.at - submitted
    if let asked, answer.at >= asked.sentAt { recovery -= idle }
    if recovery > bound, !story.isDisturbed(from: submitted, to: answer.at) {
      breaches.add(
        "The first answer came \(recovery.inSeconds) after the new key's submission; "
          + "\(bound.inSeconds) are allowed.",
        events: [installed.event, answer.event],
        weight: 1
      )
    }
    return recovery
  }

  /// Whether something was wrong with the world until the message's reply, or for as long as it may
  /// take.
  private static func wasDisturbed(_ message: Story.Message, _ story: Story) -> Bool {
    let end = story.firstReply(to: message)?.at ?? message.sentAt + bound
    return story.isDisturbed(from: message.sentAt, to: end)
  }

  /// People whose answers rested on documents before the gap, and never again after it.
  private static func addForgotten(
    _ gap: KeyRegister.Revocation,
    installedAt: Timestamp,
    _ story: Story,
    to breaches: inout Breaches
  ) {
    var informed: Set<String> = []
    var after: [Story.Message] = []
    var stillInformed = false
    for message in story.messages where message.of.tenant == gap.tenant {
      guard message.sentAt < gap.at || message.sentAt >= installedAt else { continue }
      // An answer that grows begins with nothing of a document in it.
      let answers = story.answers(to: message)
      guard !answers.isEmpty else { continue }
      let hasDocuments = answers.contains {
        $0.of.canaries.contains { story.document(of: $0) != nil }
      }
      if message.sentAt < gap.at {
        if hasDocuments { informed.insert(message.of.person) }
      } else if informed.contains(message.of.person), mayDrawOnDocuments(message, story) {
        after.append(message)
        stillInformed = stillInformed || hasDocuments
      }
    }
    guard !after.isEmpty, !stillInformed else { return }
    breaches.add(
      "After the new key no answer drew on a document any more: the knowledge was lost.",
      events: [gap.event] + after.map(\.event).prefix(3),
      weight: 2
    )
  }

  /// Whether there was a document that everybody may read who reads the answer.
  private static func mayDrawOnDocuments(_ message: Story.Message, _ story: Story) -> Bool {
    let audience = story.audience(of: message)
    return story.documents.values.contains { document in
      guard document.tenant == message.of.tenant, document.exists(at: message.sentAt),
        let base = story.knowledgeBase(of: document)
      else { return false }
      return audience.allSatisfy { story.may($0, read: base, at: message.sentAt) }
    }
  }

  private static func addLost(_ story: Story, to breaches: inout Breaches) {
    for message in story.messages where message.isGenuine && story.isLost(message, within: bound) {
      breaches.add(
        "A message of \(message.of.person) was lost: it never got a reply.",
        events: [message.event] + message.deliveries.map(\.event),
        weight: 3
      )
    }
    for surplus in story.surplusReplies {
      breaches.add(
        "A message of \(surplus.message.of.person) got its reply twice, with no crash between "
          + "the two that would excuse it.",
        events: [surplus.message.event, surplus.reply.event],
        weight: 1
      )
    }
  }
}
