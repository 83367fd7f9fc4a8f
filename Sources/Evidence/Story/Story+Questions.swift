package import Worlds

extension Story {
  /// The message of this id.
  package func message(_ id: String) -> Message? {
    messageByID[id].map { messages[$0] }
  }

  /// The document whose canary this is.
  package func document(of canary: String) -> Document? {
    documentsByCanary[canary] ?? unseenDocument(of: canary)
  }

  private func unseenDocument(of canary: String) -> Document? {
    if let document = documents[canary] { return document }
    guard let mark = canary.utf8.lastIndex(of: UInt8(ascii: "#")) else { return nil }
    return documents[String(canary[..<mark])]
  }

  /// The same, and kept for whoever asks again.
  mutating func keptDocument(of canary: String) -> Document? {
    if let document = documentsByCanary[canary] { return document }
    guard let document = unseenDocument(of: canary) else { return nil }
    documentsByCanary[canary] = document
    return document
  }

  /// The messages whose question this canary stands for, in the order of sending.
  package func messages(asking canary: String) -> [Message] {
    (messagesByQuestion[canary] ?? []).map { messages[$0] }
  }

  /// The same, as indices.
  package func askers(of canary: String) -> [Int] { messagesByQuestion[canary] ?? [] }

  /// The index of the call into whose completion the model put this canary.
  package func callIndex(completing canary: String) -> Int? { callByCompletion[canary] }

  /// The call into whose completion the model put this canary.
  package func call(completing canary: String) -> Call? {
    callByCompletion[canary].map { calls[$0] }
  }

  package func answers(to message: Message) -> [Reply] {
    message.replies.map { replies[$0] }.filter { $0.of.nature == .answer }
  }

  package func notices(to message: Message) -> [Reply] {
    message.replies.map { replies[$0] }.filter { $0.of.nature == .notice }
  }

  /// The first reply of any kind.
  package func firstReply(to message: Message) -> Reply? {
    message.replies.first.map { replies[$0] }
  }

  /// Whether a call was made for this message: it carries its question, and began after it was
  /// asked.
  package func was(_ call: Call, madeFor message: Message) -> Bool {
    call.of.arrivedAt >= message.sentAt
      && call.of.promptCanaries.contains(message.of.questionCanary)
  }

  /// The department at a moment; nil for somebody unknown.
  package func department(of person: String, at moment: Timestamp) -> String? {
    moves[person]?.last { $0.at <= moment }?.department ?? people[person]?.department
  }

  /// Whether a person may read a knowledge base at any moment of the story.
  package func mayEver(_ person: String, read base: Facts.KnowledgeBase) -> Bool {
    guard let known = people[person], known.tenant == base.tenant else { return false }
    let departments = [known.department] + (moves[person] ?? []).map(\.department)
    return departments.contains(where: base.departments.contains)
  }

  package func person(_ id: String) -> Facts.Person? { people[id] }

  /// The knowledge base of a document. Customers may well call theirs by the same name.
  package func knowledgeBase(of document: Document) -> Facts.KnowledgeBase? {
    knowledge[document.qualifiedKnowledge]
  }

  /// Who reads along in a message's conversation; the sender alone where it is not known.
  package func audience(of message: Message) -> [String] {
    let members = members(of: message.of.conversation, at: message.sentAt)
    return members.contains(message.of.person) ? members : members + [message.of.person]
  }

  /// Who is in a conversation at a moment; nobody in one that the facts do not list.
  package func members(of conversation: String, at moment: Timestamp) -> [String] {
    var members = conversations[conversation]?.members ?? []
    for change in memberChanges
    where change.of.conversation == conversation && change.at <= moment {
      members.removeAll { $0 == change.of.person }
      if change.of.isMember { members.append(change.of.person) }
    }
    return members
  }

  /// Who reads along in a conversation, at whatever moment; of one that the facts do not list, who
  /// has written there.
  package func members(of conversation: String) -> [String] {
    if let members = conversations[conversation]?.members {
      let later = memberChanges.filter { $0.of.conversation == conversation && $0.of.isMember }
      return later.reduce(into: members) { members, change in
        if !members.contains(change.of.person) { members.append(change.of.person) }
      }
    }
    return Set(messages.filter { $0.of.conversation == conversation }.map(\.of.person)).sorted()
  }

  /// Whether a person's department may read a knowledge base at a moment. Never for somebody
  /// unknown, nor across customers.
  package func may(_ person: String, read base: Facts.KnowledgeBase, at moment: Timestamp) -> Bool {
    guard people[person]?.tenant == base.tenant, let department = department(of: person, at: moment)
    else { return false }
    return base.departments.contains(department)
  }

  /// Whether a message is a question of somebody who may ask at that moment. Commands are answered
  /// in the assistant's own words, and whoever has no account or, as a guest, nothing to read is
  /// refused whatever the key is.
  package func isQuestion(_ message: Message) -> Bool {
    guard message.of.isCommand != true,
      let department = department(of: message.of.person, at: message.sentAt),
      department != Event.PersonMoved.nowhere
    else { return false }
    return department != Self.guests
      || knowledge.values.contains {
        $0.tenant == message.of.tenant && $0.departments.contains(department)
      }
  }

  /// Where guests stand in place of a department.
  private static let guests = "guests"

  /// Until when a promise of `allowance` from `moment` on must be kept: while something is wrong
  /// with the world the time does not count, and afterwards it counts from anew. Nil when the
  /// disturbance or the story ended too late for it to be told.
  package func deadline(_ allowance: Duration, after moment: Timestamp) -> Timestamp? {
    var start = moment
    for disturbance in disturbances {
      guard disturbance.from <= start + allowance else { break }
      guard let until = disturbance.until else { return nil }
      start = max(start, until)
    }
    return start + allowance <= endedAt ? start + allowance : nil
  }

  /// Whether something was wrong with the world between two moments.
  package func isDisturbed(from: Timestamp, to: Timestamp) -> Bool {
    disturbances.contains { disturbance in
      disturbance.from <= to && disturbance.until.map { $0 >= from } ?? true
    }
  }
}
