import Synchronization

/// Who is in which conversation: people come and go while a story goes on, and every copy of a
/// population knows it.
final class Memberships: Sendable {
  private let members: Mutex<[String: [String]]>

  init(_ members: [String: [String]]) {
    self.members = Mutex(members)
  }

  func members(of conversation: String) -> [String] {
    members.withLock { $0[conversation, default: []] }
  }

  func set(_ person: String, of conversation: String, _ isMember: Bool) {
    members.withLock { members in
      members[conversation, default: []].removeAll { $0 == person }
      if isMember { members[conversation, default: []].append(person) }
    }
  }
}
