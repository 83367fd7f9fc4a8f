import Evidence
import Worlds

/// Where a new key was installed while the old one lived, and the old one ended afterwards: every
/// message sent from two minutes before the installation until two minutes after the old key's end
/// (or until the first one after it, if that comes later) is answered, and nobody is refused. Where
/// the customer lets messages wait for a key, one of which that was told is answered within 60 s.
/// Messages sent while the customer had no key at all, and refusals during a fault of the story
/// or within 30 s of it, are left out: they say nothing of the rotation.
enum UninterruptedRotation {
  static let guarantee = Guarantee(
    id: "uninterrupted-rotation",
    statement: "A key replaced before the old one is deleted loses no message.",
    source: "should be rotatable without service interruption",
    consequence: "Every rotation is an outage, so keys are rotated less often than they should be.",
    bounds: [
      "messages from \(margin.inSeconds) before the installation until \(margin.inSeconds) after "
        + "the old key's end, or until the first one after it",
      "\(patience.inSeconds) to the answer of a message that waits for a key",
    ],
    check: check
  )

  static let margin: Duration = .minutes(2)
  /// A message without an answer counts when the story went on for this long after it.
  static let patience: Duration = .seconds(60)
  /// For so long after a fault a vendor may spare who was out of order.
  static let aftermath: Duration = .seconds(30)

  static func check(_ story: Story) -> Finding {
    var breaches = Breaches()
    var answered = 0
    var tested = 0
    for rotation in story.keys.rotations {
      var before = 0
      var after = 0
      for message in messages(around: rotation, story) {
        let isAnswered = judge(message, story, &breaches)
        guard isAnswered else { continue }
        answered += 1
        if message.sentAt < rotation.ended.at { before += 1 } else { after += 1 }
      }
      if before > 0, after > 0 { tested += 1 }
    }
    return .judged(
      breaches,
      exercise: [
        Finding.Count("keys replaced before their end", story.keys.rotations.count),
        Finding.Count("of them with messages before and after", tested),
        Finding.Count("messages answered around them", answered),
      ],
      missing: missing(rotations: story.keys.rotations.count, tested: tested),
      held: "\(tested.of("rotation")) with overlap: all \(answered.of("message")) sent around "
        + "them were answered, and nobody was refused."
    )
  }

  private static func messages(
    around rotation: KeyRegister.Rotation,
    _ story: Story
  ) -> [Story.Message] {
    // In a quiet story the messages next to the old key's end are hours away from it.
    let nextAfter = story.messages.first {
      $0.of.tenant == rotation.tenant && $0.isGenuine && $0.sentAt > rotation.ended.at
    }
    let from = rotation.installed.of.submittedAt + (.zero - margin)
    let until = max(rotation.ended.at + margin, nextAfter?.sentAt ?? rotation.ended.at)
    let installed = story.keys.actions.first {
      $0.of.tenant == rotation.tenant && $0.of.verb == .installKey && $0.of.succeeded
    }
    guard let start = installed?.at else { return [] }
    return story.messages.filter { message in
      message.of.tenant == rotation.tenant && message.isGenuine
        && story.person(message.of.person) != nil
        && message.sentAt >= from && message.sentAt <= until && message.sentAt >= start
        && !isWithoutKey(message, story)
    }
  }

  /// Whether a revocation lay within the time in which the message would have been answered.
  private static func isWithoutKey(_ message: Story.Message, _ story: Story) -> Bool {
    story.keys.revocations.contains { revocation in
      revocation.tenant == message.of.tenant
        && revocation.at <= message.sentAt + patience
        && revocation.ended.map { message.sentAt <= $0.at } ?? true
    }
  }

  /// - Returns: whether the message was answered.
  private static func judge(
    _ message: Story.Message,
    _ story: Story,
    _ breaches: inout Breaches
  ) -> Bool {
    let answers = story.answers(to: message)
    let promise = story.promise(to: message)
    let refusal = story.notices(to: message).first { promise == nil || !$0.of.saysItWaits }
    if let notice = refusal {
      if story.isDisturbed(from: message.sentAt + (.zero - aftermath), to: notice.at)
        || !story.isQuestion(message)
      {
        return false
      }
      breaches.add(
        "\(message.of.person) was refused during a rotation with overlap.",
        events: [message.event, notice.event],
        weight: 1
      )
      return false
    }
    if let promise {
      return judgeWaiting(message, since: promise, answeredBy: answers.first, story, &breaches)
    }
    if !answers.isEmpty { return true }
    if story.isLost(message, within: patience) {
      breaches.add(
        "A message of \(message.of.person) was lost during a rotation with overlap.",
        events: [message.event],
        weight: 2
      )
    }
    return false
  }

  /// - Returns: whether the message was answered.
  private static func judgeWaiting(
    _ message: Story.Message,
    since promise: Story.Reply,
    answeredBy answer: Story.Reply?,
    _ story: Story,
    _ breaches: inout Breaches
  ) -> Bool {
    guard let deadline = story.deadline(patience, after: message.sentAt),
      !story.isDisturbed(from: message.sentAt, to: promise.at)
    else { return answer != nil }
    if let answer, answer.at <= deadline { return true }
    let time = answer.map { " for \(($0.at - message.sentAt).inSeconds)" } ?? ", and never answered"
    breaches.add(
      "\(message.of.person) was made to wait during a rotation with overlap\(time).",
      events: [message.event, promise.event] + (answer.map { [$0.event] } ?? []),
      weight: answer == nil ? 2 : 1
    )
    return answer != nil
  }

  private static func missing(rotations: Int, tested: Int) -> String? {
    if tested > 0 { return nil }
    return rotations == 0
      ? "No key was replaced while it lived and ended afterwards."
      : "Nobody asked and was answered both before and after an old key's end."
  }
}
