import Evidence
import Worlds

extension Story {
  /// A reply to a message beyond the one that it should get.
  struct Surplus {
    var message: Message
    var reply: Reply
  }

  /// Surplus replies that nothing excuses. A crash excuses one: between the platform's acceptance
  /// of the first reply and the vendor's record of it; but not on Google Chat, which takes a
  /// request id and so knows the second for the first. Nor is the vendor's what the network made of
  /// one reply: the same text, while it made copies.
  var surplusReplies: [Surplus] {
    var crashes = vendorChanges.filter { $0.of == .crashed }.map(\.at)
    var surplus: [Surplus] = []
    for message in messages where message.isGenuine && message.replies.count > 1 {
      surplus += surplusReplies(to: message).map { Surplus(message: message, reply: $0) }
    }
    return surplus.sorted { $0.reply.event < $1.reply.event }.filter { candidate in
      guard candidate.message.of.platform == .teams,
        let first = firstReply(to: candidate.message)
      else { return true }
      if wasDuplicating(at: candidate.reply.at), candidate.reply.isCopy(of: first) { return false }
      guard
        let crash = crashes.firstIndex(where: { first.at <= $0 && $0 <= candidate.reply.at })
      else { return true }
      crashes.remove(at: crash)
      return false
    }
  }

  /// Further answers, and notices in the same words. A new text for a message that stands there
  /// already is none.
  private func surplusReplies(to message: Message) -> [Reply] {
    var answered = false
    var told: Set<String> = []
    var surplus: [Reply] = []
    for reply in message.replies.map({ replies[$0] }) where reply.of.isUpdate != true {
      switch reply.of.nature {
      case .answer:
        if answered { surplus.append(reply) }
        answered = true
      case .notice:
        if !told.insert(reply.of.words ?? "").inserted { surplus.append(reply) }
      case .partial: break
      }
    }
    return surplus
  }

  /// Whether a message has no reply, though the vendor had the chance to get it and the time to
  /// see to it. What the platform could not hand over while the world was disturbed is not the
  /// vendor's.
  func isLost(_ message: Message, within patience: Duration) -> Bool {
    guard message.replies.isEmpty, deadline(patience, after: message.sentAt) != nil else {
      return false
    }
    let last = message.deliveries.last?.at ?? message.sentAt
    return message.wasAccepted || !isDisturbed(from: message.sentAt, to: last)
  }
}

extension Story.Reply {
  /// Whether it says the very same, from the same calls.
  fileprivate func isCopy(of other: Story.Reply) -> Bool {
    of.completionCanaries == other.of.completionCanaries && of.words == other.of.words
      && of.length == other.of.length
  }
}
