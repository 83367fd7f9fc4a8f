/// The names that a world lets a story use.
struct Names {
  let world: WorldDescription

  var tenants: [String] { world.tenants.map(\.id) }
  var people: [String] { world.tenants.flatMap { $0.people.map(\.id) } }
  var conversations: [String] { world.tenants.flatMap { $0.conversations.map(\.id) } }

  func tenant(_ id: String) -> WorldDescription.Tenant? {
    world.tenants.first { $0.id == id }
  }

  func tenant(ofPerson id: String) -> WorldDescription.Tenant? {
    world.tenants.first { $0.people.contains { $0.id == id } }
  }

  func person(_ id: String) -> WorldDescription.Person? {
    tenant(ofPerson: id)?.people.first { $0.id == id }
  }
}
