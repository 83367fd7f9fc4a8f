import Yams

/// Who is in a group when somebody asks there.
extension TimelineChecks {
  func checkMembers(_ timeline: [PlacedStep]) {
    var members: [String: Set<String>] = [:]
    for conversation in names.world.tenants.flatMap(\.conversations) {
      members[conversation.id] = Set(conversation.members)
    }
    for entry in timeline {
      switch entry.step.action {
      case .setMember(let person, let conversation, let isMember):
        if members[conversation]?.contains(person) == isMember {
          let state = isMember ? "is in '\(conversation)' already" : "is not in '\(conversation)'"
          reporter.warning("'\(person)' \(state)", at: entry.node)
        }
        if isMember {
          members[conversation]?.insert(person)
        } else {
          members[conversation]?.remove(person)
        }
      case .ask(let ask):
        guard let conversation = ask.conversation else { continue }
        for person in ask.people where members[conversation]?.contains(person) == false {
          let place = entry.node.value(of: "ask")?.value(of: "in") ?? entry.node
          reporter.error("'\(person)' is not in '\(conversation)' then", at: place)
        }
      default: continue
      }
    }
  }
}
