import ScenarioFiles

/// The control group of a latency comparison: a second customer, alike to the byte, whose
/// administrator installed a key of the vendor's own account.
struct LatencyTwins: Sendable {
  static let people = 5

  let tenant: String
  let twin: String
  /// Of the twin, as long as the person's own id: one for the judged comparison's control arm, and
  /// two for each of the controls, so that no one's history is longer than another's.
  let controls: [String]

  init?(_ comparison: LatencyComparison, in world: WorldDescription) {
    guard
      let tenant = world.tenants.first(where: {
        $0.people.contains { $0.id == comparison.person }
      })
    else { return nil }
    self.tenant = tenant.id
    let people = Set(world.tenants.flatMap { $0.people.map(\.id) })
    let tenants = Set(world.tenants.map(\.id))
    twin = Self.siblings(of: tenant.id, count: 1, avoiding: tenants)[0]
    controls = Self.siblings(of: comparison.person, count: Self.people, avoiding: people)
  }

  /// The world with the twin in it.
  func joined(to world: WorldDescription, person: String) -> WorldDescription {
    guard let original = world.tenants.first(where: { $0.id == tenant }),
      let model = original.people.first(where: { $0.id == person })
    else { return world }
    var copy = original
    copy.id = twin
    copy.people = controls.map {
      .init(id: $0, name: model.name, department: model.department, platform: model.platform)
    }
    copy.conversations = []
    var world = world
    world.tenants.append(copy)
    return world
  }

  /// Names of the same length, which differ in their last character.
  private static func siblings(
    of name: String,
    count: Int,
    avoiding taken: Set<String>
  ) -> [String] {
    let stem = name.dropLast()
    return Array(
      "0123456789abcdefghijklmnopqrstuvwxyz".map { stem + String($0) }
        .filter { !taken.contains($0) }
        .prefix(count)
    )
  }
}
