import Worlds
import Yams

/// Reads a world file. Nil when anything in it is wrong.
struct WorldReader {
  let file: String
  let reporter: Reporter
  let library: LibraryFiles

  func read(_ root: Node) -> WorldDescription? {
    guard let fields = Fields(root, what: "a world", shape: .world, reporter: reporter) else {
      return nil
    }
    let title = fields.requiredText("world")
    let starts = fields.required("starts").flatMap(moment)
    let model = fields["model"].map(modelSpeed) ?? Self.ordinarySpeed
    let manager = fields["secret-manager"].map(secretManager) ?? .embedded
    let replicas =
      fields["replicas"].map { reporter.integer($0, what: "'replicas'", in: 1...4) } ?? 1
    let rate = fields["questions-a-minute"].map {
      reporter.integer($0, what: "'questions-a-minute'", in: 1...100_000)
    }
    let spread = fields["revocations-spread-within"].map {
      reporter.duration($0, what: "'revocations-spread-within'", above: .milliseconds(1))
    }
    let tenants = fields.required("tenants").map(tenants) ?? []
    refuseSharedPeople(tenants, in: fields["tenants"])
    refuseSharedResources(tenants, in: fields["tenants"])
    refuseSharedNetwork(tenants, in: fields["tenants"])
    guard !reporter.hasErrors, let title, let starts, let model, let manager, let replicas
    else { return nil }
    return WorldDescription(
      file: file,
      title: title,
      startsAt: starts,
      tenants: tenants,
      model: model,
      secretManager: manager,
      replicas: replicas,
      questionsAMinute: rate ?? nil,
      revocationsSpreadWithin: spread ?? nil
    )
  }

  /// How fast a model answers in a world that does not say.
  static let ordinarySpeed: WorldDescription.ModelSpeed? = WorldDescription.ModelSpeed(
    firstToken: .milliseconds(200)...(.milliseconds(900)),
    betweenTokens: .milliseconds(10)...(.milliseconds(40))
  )

  private func moment(_ node: Node) -> Timestamp? {
    guard let text = reporter.text(node, what: "'starts'") else { return nil }
    guard let moment = Timestamp(iso8601: text) else {
      reporter.error("'starts' must be a moment in UTC such as 2026-01-05T08:00:00Z", at: node)
      return nil
    }
    return moment
  }

  private func modelSpeed(_ node: Node) -> WorldDescription.ModelSpeed? {
    guard let fields = Fields(node, what: "'model'", shape: .model, reporter: reporter) else {
      return nil
    }
    let first = fields.required("first-token").flatMap { range($0, "'first-token'") }
    let between = fields.required("between-tokens").flatMap { range($0, "'between-tokens'") }
    let embedding = fields["embedding"].flatMap { range($0, "'embedding'") }
    guard let first, let between else { return nil }
    return .init(firstToken: first, betweenTokens: between, embedding: embedding)
  }

  private func range(_ node: Node, _ what: String) -> ClosedRange<Duration>? {
    guard let text = reporter.text(node, what: what) else { return nil }
    guard let range = DurationText.range(text) else {
      reporter.error("\(what) must be a range of durations such as 200ms..900ms", at: node)
      return nil
    }
    return range
  }

  private func tenants(_ node: Node) -> [WorldDescription.Tenant] {
    guard let entries = reporter.entries(of: node, what: "'tenants'") else { return [] }
    if entries.isEmpty { reporter.error("a world needs at least one tenant", at: node) }
    return entries.compactMap { entry in
      reporter.identifier(entry, kind: "tenant").flatMap { tenant($0, entry.value) }
    }
  }

  /// Two customers in one resource would be one customer to Azure.
  private func refuseSharedResources(_ tenants: [WorldDescription.Tenant], in node: Node?) {
    var owners: [String: String] = [:]
    for tenant in tenants {
      guard let resource = tenant.azure?.name else { continue }
      if let owner = owners[resource], let place = node?.value(of: tenant.id) {
        reporter.error(
          "'\(resource)' is a resource of '\(owner)' already",
          at: place.value(of: "azure")?.value(of: "resource") ?? place
        )
      }
      owners[resource] = tenant.id
    }
  }

  /// A person's id is what a story calls them by, so it may not mean two people.
  private func refuseSharedPeople(_ tenants: [WorldDescription.Tenant], in node: Node?) {
    var owners: [String: String] = [:]
    for tenant in tenants {
      let people = reporter.entriesQuietly(node?.value(of: tenant.id)?.value(of: "people"))
      for person in people {
        if let owner = owners[person.key] {
          reporter.error(
            "'\(person.key)' is a person of '\(owner)' already; ids of people are unique",
            at: person.keyNode
          )
        }
        owners[person.key] = tenant.id
      }
    }
  }
}

extension Reporter {
  /// The entries of what has been checked already.
  func entriesQuietly(_ node: Node?) -> [Entry] {
    guard case .mapping(let mapping)? = node else { return [] }
    return mapping.compactMap { keyNode, value in
      guard case .scalar(let scalar) = keyNode else { return nil }
      return Entry(key: scalar.string, keyNode: keyNode, value: value)
    }
  }
}
