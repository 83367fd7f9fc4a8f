import Evidence
import Worlds

/// From the moment at which the provider stops taking a customer's key, or its administrator has
/// taken it out of the settings, no call succeeds on any key that the administrator did not
/// install; no answer comes that has no permitted call behind it; and everybody who asks is told
/// within a minute, in words that name the key or the administrator, unless a disturbance is the
/// reason. A call that the provider had authenticated before that
/// moment may finish, and its answer may be delivered. Where some of the provider's machines take
/// the key a while longer, a success within that window is the provider's. Where the customer
/// lets messages wait for its next key, that a message waits is told like a refusal, and what waits
/// ends in an answer or a plain refusal within that time; whoever the customer has named is told
/// once.
enum InstantRevocation {
  static let guarantee = Guarantee(
    id: "instant-revocation",
    statement: "Once the customer's key is deleted or removed, every later call on it fails, "
      + "nothing takes its place until the administrator installs another, and people are told "
      + "clearly.",
    source: "You can revoke access instantly by rotating or deleting your key in OpenAI",
    consequence: "Deleting the key does not stop the assistant: the customer has lost its only "
      + "switch.",
    bounds: [
      "\(noticeBound.inSeconds) from a message to words that name the key or the administrator; "
        + "while the vendor is down or a fault is on, the time does not run",
      "\(noticeBound.inSeconds) beyond its waiting time for a message of which was told that it "
        + "waits",
      "\(noticeBound.inSeconds) from the first rejection to the message for whom the customer has "
        + "named, once",
      "for \(UninterruptedRotation.aftermath.inSeconds) after a fault the vendor may spare the "
        + "provider, and say only that it cannot be reached, as long as the provider has refused "
        + "the key to nobody",
      "a success within the provider's own spreading of an end ('revocations-spread-within') is "
        + "the provider's",
    ],
    check: check
  )

  /// Within which everybody who asks must have been told.
  static let noticeBound: Duration = .seconds(60)

  static func check(_ story: Story) -> Finding {
    let revocations = Revocations(story)
    var breaches = Breaches()
    addSuccesses(story, to: &breaches)
    revocations.addUnfoundedAnswers(to: &breaches)
    for (revocation, messages) in revocations.asked {
      addUntold(messages, revocation, story, to: &breaches)
    }
    addForgotten(story, to: &breaches)
    addUntoldContacts(story, to: &breaches)
    return .judged(
      breaches,
      exercise: revocations.exercise,
      missing: revocations.missing,
      held: "\(revocations.tested.count.of("key")) ended in use; none of the "
        + "\(revocations.messagesAsked.of("message")) asked afterwards got an answer from a call "
        + "that was not permitted, and everybody was told within "
        + "\(noticeBound.nanoseconds / 1_000_000_000) s." + revocations.aside
    )
  }

  private static func addSuccesses(_ story: Story, to breaches: inout Breaches) {
    for index in story.calls.indices where story.calls[index].of.succeeded {
      for tenant in story.customers(of: story.calls[index]) {
        guard let permission = story.permission(of: story.calls[index], for: tenant),
          permission != .permitted
        else { continue }
        let call = story.calls[index]
        switch permission {
        case .permitted: continue
        case .ended, .removed: break
        case .notInstalled:
          guard let revocation = story.keys.revocation(of: tenant, at: call.of.arrivedAt),
            call.of.order > revocation.afterOrder
          else { continue }
        }
        breaches.add(
          "Call \(call.of.order) for \(tenant) succeeded on \(story.keys.name(of: call.of.key)), "
            + "\(story.wording(permission)).",
          events: [call.event],
          weight: 4
        )
      }
    }
  }

  private static func addUntold(
    _ messages: [Story.Message],
    _ revocation: KeyRegister.Revocation,
    _ story: Story,
    to breaches: inout Breaches
  ) {
    var told: Set<String> = []
    for message in messages {
      let deadline = story.deadline(noticeBound, after: message.sentAt)
      let person = message.of.person
      guard let reply = story.firstReply(to: message) else {
        if story.isLost(message, within: noticeBound) {
          breaches.add(
            "\(person) asked after the key had ended and was told nothing.",
            events: [message.event],
            weight: 1
          )
        }
        continue
      }
      if let deadline, reply.at > deadline {
        breaches.add(
          "\(person) asked after the key had ended and was told only after "
            + "\((reply.at - message.sentAt).inSeconds).",
          events: [message.event, reply.event],
          weight: 1
        )
      }
      // In the middle of a disturbance, that the provider cannot be reached is as true.
      if story.isDisturbed(from: message.sentAt, to: reply.at) { continue }
      if isUnknown(revocation, to: reply, of: message, story) { continue }
      // Later notices may be shorter; the first must say what is to be done.
      guard reply.of.nature == .notice, story.isQuestion(message), told.insert(person).inserted
      else { continue }
      if !namesTheCause(reply.of.words ?? "") {
        breaches.add(
          "\(person) was refused after the key had ended, in words that name neither the key nor "
            + "the administrator.",
          events: [message.event, reply.event],
          weight: 1
        )
      }
    }
  }

  /// Whether the provider was still spared after a fault, so that nobody had asked it yet and
  /// nobody could know that it does not take the key any more.
  private static func isUnknown(
    _ revocation: KeyRegister.Revocation,
    to reply: Story.Reply,
    of message: Story.Message,
    _ story: Story
  ) -> Bool {
    guard revocation.cause == .endedAtProvider,
      story.isDisturbed(
        from: message.sentAt + (.zero - UninterruptedRotation.aftermath),
        to: reply.at
      )
    else { return false }
    return !story.calls.contains {
      $0.of.key == revocation.key && $0.of.order > revocation.afterOrder && !$0.of.succeeded
        && $0.at <= reply.at
    }
  }

  static func namesTheCause(_ words: String) -> Bool {
    let words = words.lowercased()
    return words.contains("key") || words.contains("admin")
  }
}
