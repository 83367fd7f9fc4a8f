/// What a customer's directory says of somebody at this moment.
enum Standing: Hashable, Sendable {
  /// The directory does not have the person.
  case unknown
  /// The account has ended, though the person is still listed.
  case deactivated
  /// Somebody from outside whom the customer let in: there is no department.
  case guest
  /// Ids of departments as the configuration has them; unknown ones are possible.
  case member(departments: [String])
}

extension OrchestratorConfiguration.Tenant {
  /// What somebody may ask about: nil for one who may not ask at all.
  func bases(ofAskerWith standing: Standing) -> Set<String>? {
    switch standing {
    case .unknown, .deactivated: return nil
    case .guest: return publicKnowledge.isEmpty ? nil : Set(publicKnowledge)
    case .member(let ids):
      let known = departments.filter { ids.contains($0.id) }
      return known.isEmpty ? nil : Set(known.flatMap(\.knowledge) + publicKnowledge)
    }
  }

  /// What may be said where somebody reads along.
  func bases(ofReaderWith standing: Standing) -> Set<String> {
    switch standing {
    // Nobody knows who uses an account that has ended.
    case .deactivated: []
    case .unknown, .guest: Set(publicKnowledge)
    case .member: bases(ofAskerWith: standing) ?? Set(publicKnowledge)
    }
  }
}
