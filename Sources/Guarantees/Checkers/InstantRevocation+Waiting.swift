import Evidence
import Worlds

/// Where a customer lets messages wait for its next key, and has named somebody to be told.
extension InstantRevocation {
  /// A message of which its person was told that it waits ends in an answer or in a plain refusal,
  /// at most a minute after the time for which its customer lets it wait. On what key it may be
  /// answered is judged like every call.
  static func addForgotten(_ story: Story, to breaches: inout Breaches) {
    for message in story.messages where message.isGenuine {
      guard let time = story.waitingTime(of: message.of.tenant),
        let promise = story.promise(to: message)
      else { continue }
      let person = message.of.person
      let deadline = story.deadline(time + noticeBound, after: promise.at)
      guard let ending = story.ending(of: message) else {
        guard deadline != nil else { continue }
        breaches.add(
          "\(person) was told that the message waits, and never heard of it again; it may wait "
            + "\(time.inSeconds).",
          events: [message.event, promise.event],
          weight: 2
        )
        continue
      }
      if let deadline, ending.at > deadline {
        breaches.add(
          "\(person) was told that the message waits, and heard of it again only after "
            + "\((ending.at - promise.at).inSeconds); it may wait \(time.inSeconds).",
          events: [message.event, promise.event, ending.event],
          weight: 1
        )
      }
      if ending.of.nature == .notice, !namesTheCause(ending.of.words ?? "") {
        breaches.add(
          "\(person)'s message waited and was refused, in words that name neither the key nor the "
            + "administrator.",
          events: [message.event, promise.event, ending.event],
          weight: 1
        )
      }
    }
  }

  /// The person whom the customer has named gets one message, within a minute after the vendor
  /// first heard that the provider rejects the key, in words that name it.
  static func addUntoldContacts(_ story: Story, to breaches: inout Breaches) {
    for revocation in story.keys.revocations where revocation.cause == .endedAtProvider {
      guard let contact = story.contact(of: revocation.tenant), let person = contact.members.first,
        let heard = firstRejection(of: revocation, story)
      else { continue }
      let told = story.replies.filter {
        $0.of.message == nil && $0.of.nature == .notice && $0.of.conversation == contact.id
          && revocation.contains($0.at)
      }
      addRepetitions(told, contact, story, to: &breaches)
      guard let deadline = story.deadline(noticeBound, after: heard.at),
        revocation.contains(deadline)
      else { continue }
      guard let first = told.first else {
        breaches.add(
          "\(person), whom \(revocation.tenant) has named, was not told that its key is rejected.",
          events: [heard.event],
          weight: 1
        )
        continue
      }
      if first.at > deadline {
        breaches.add(
          "\(person), whom \(revocation.tenant) has named, was told of the rejected key only after "
            + "\((first.at - heard.at).inSeconds).",
          events: [heard.event, first.event],
          weight: 1
        )
      }
      if !namesTheCause(first.of.words ?? "") {
        breaches.add(
          "\(person), whom \(revocation.tenant) has named, was told in words that name neither the "
            + "key nor the administrator.",
          events: [heard.event, first.event],
          weight: 1
        )
      }
    }
  }

  /// What an administrator tried in the settings is known there.
  private static func firstRejection(
    of revocation: KeyRegister.Revocation,
    _ story: Story
  ) -> Story.Call? {
    story.calls.first { call in
      call.of.key == revocation.key && call.of.order > revocation.afterOrder
        && call.of.status == 401 && revocation.contains(call.of.arrivedAt) && !story.isTrial(call)
    }
  }

  /// A crash excuses one repetition in Teams, which takes no request id; so do copies that the
  /// network makes.
  private static func addRepetitions(
    _ told: [Story.Reply],
    _ contact: Facts.Conversation,
    _ story: Story,
    to breaches: inout Breaches
  ) {
    var crashes = story.vendorChanges.filter { $0.of == .crashed }.map(\.at)
    for (earlier, later) in zip(told, told.dropFirst()) where earlier.of.words == later.of.words {
      if contact.platform == .teams {
        if story.wasDuplicating(at: later.at) { continue }
        let crash = crashes.firstIndex { earlier.at <= $0 && $0 <= later.at }
        if let crash {
          crashes.remove(at: crash)
          continue
        }
      }
      breaches.add(
        "\(contact.members.listed) was told twice of one rejected key.",
        events: [earlier.event, later.event],
        weight: 1
      )
    }
  }
}
