import Evidence
import ScenarioFiles

/// The control group of a latency comparison: a second customer, alike to the byte, whose
/// administrator installed a key of the vendor's own account.
struct LatencyTwins: Sendable {
  let tenant: String
  let twin: String
  /// Who asks as which asker: the person named, and people of the twin whose ids are as long.
  let askers: [Event.LatencySchedule.Asker: String]
  /// Who asks beside, by turns: those named, each with a copy in the twin.
  let others: [String]
  /// Of the twin, by the person that each is a copy of.
  private let copies: [String: [String]]

  init?(_ comparison: LatencyComparison, in world: WorldDescription) {
    guard
      let customer = world.tenants.first(where: {
        $0.people.contains { $0.id == comparison.person }
      })
    else { return nil }
    tenant = customer.id
    var taken = Set(world.tenants.flatMap { $0.people.map(\.id) })
    var copies: [String: [String]] = [:]
    func copy(_ person: String, _ count: Int) -> [String] {
      let names = Self.siblings(of: person, count: count, avoiding: taken)
      taken.formUnion(names)
      copies[person, default: []] += names
      return names
    }
    twin = Self.siblings(of: customer.id, count: 1, avoiding: Set(world.tenants.map(\.id)))[0]
    let controls = copy(comparison.person, 3)
    askers = [
      .customer: comparison.person, .vendor: controls[0], .vendorAgain: controls[1],
      .vendorDelayed: controls[2],
    ]
    others = (comparison.beside?.people ?? []).flatMap { person in
      let isColleague = customer.people.contains { $0.id == person }
      return [person] + (isColleague ? copy(person, 1) : [])
    }
    self.copies = copies
  }

  /// The world with the twin in it.
  func joined(to world: WorldDescription) -> WorldDescription {
    guard let original = world.tenants.first(where: { $0.id == tenant }) else { return world }
    var copy = original
    copy.id = twin
    copy.people = original.people.flatMap { model in
      (copies[model.id] ?? []).map {
        .init(id: $0, name: model.name, department: model.department, platform: model.platform)
      }
    }
    copy.conversations = []
    if let resource = original.azure {
      let names = Set(world.tenants.compactMap(\.azure?.name))
      copy.azure?.name = Self.siblings(of: resource.name, count: 1, avoiding: names)[0]
    }
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
