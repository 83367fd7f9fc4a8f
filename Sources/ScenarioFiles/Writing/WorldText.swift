import Worlds

/// A world as a file has it. What a file may leave out is left out.
struct WorldText {
  private let world: WorldDescription

  init(_ world: WorldDescription) {
    self.world = world
  }

  var lines: [String] {
    var lines = [
      "world: \(ScenarioText.quoted(world.title))", "starts: \(world.startsAt.iso8601)",
    ]
    if world.model != WorldReader.ordinarySpeed {
      let speed = ScenarioText.mapping(
        [
          ("first-token", range(world.model.firstToken)),
          ("between-tokens", range(world.model.betweenTokens)),
        ] + (world.model.embedding.map { [("embedding", range($0))] } ?? [])
      )
      lines.append("model: \(speed)")
    }
    if world.secretManager != .embedded {
      lines.append("secret-manager: \(world.secretManager.rawValue)")
    }
    if world.replicas > 1 { lines.append("replicas: \(world.replicas)") }
    if let rate = world.questionsAMinute { lines.append("questions-a-minute: \(rate)") }
    if let spread = world.revocationsSpreadWithin {
      lines.append("revocations-spread-within: \(ScenarioText.duration(spread))")
    }
    lines.append("tenants:")
    for tenant in world.tenants {
      lines += ["  \(tenant.id):"] + self.lines(of: tenant).map { "    " + $0 }
    }
    return lines
  }

  private func range(_ range: ClosedRange<Duration>) -> String {
    let lower = ScenarioText.duration(range.lowerBound)
    return range.lowerBound == range.upperBound
      ? lower : "\(lower)..\(ScenarioText.duration(range.upperBound))"
  }

  private func lines(of tenant: WorldDescription.Tenant) -> [String] {
    var lines = ["name: \(ScenarioText.quoted(tenant.name))"]
    if tenant.deployment != .pure { lines.append("deployment: \(tenant.deployment.rawValue)") }
    if tenant.paysTokensBySeat { lines.append("markup: per-seat") }
    if tenant.beginsOnAzure {
      lines.append("key: azure")
    } else if !tenant.keyInstalled, tenant.deployment != .hosted {
      lines.append("key: none")
    }
    if let azure = tenant.azure { lines.append("azure: \(words(of: azure))") }
    if !tenant.isSubscribed { lines.append("subscription: none") }
    if tenant.forbidsQueryLogging { lines.append("contract: no-query-logging") }
    if tenant.rejectedKey != .init() {
      lines.append("rejected-key: \(words(of: tenant.rejectedKey))")
    }
    if tenant.streamsReplies { lines.append("replies: streamed") }
    if tenant.departmentsAreGroups { lines.append("directory: groups") }
    if !tenant.knowledge.isEmpty { lines.append("knowledge:") }
    for base in tenant.knowledge {
      lines.append("  \(base.id):")
      lines += base.documents.map { "    \($0.name): \(ScenarioText.quoted($0.text))" }
    }
    if !tenant.guestKnowledge.isEmpty {
      lines.append("guests: { knowledge: \(ScenarioText.list(tenant.guestKnowledge)) }")
    }
    lines.append("departments:")
    lines += tenant.departments.map { department in
      let knowledge =
        department.knowledge.isEmpty
        ? "" : " { knowledge: \(ScenarioText.list(department.knowledge)) }"
      return "  \(department.id):\(knowledge)"
    }
    lines.append("people:")
    lines += tenant.people.map { "  \($0.id): \(words(of: $0))" }
    if !tenant.conversations.isEmpty { lines.append("conversations:") }
    lines += tenant.conversations.map { conversation in
      let words = ScenarioText.mapping([
        ("kind", conversation.kind.rawValue), ("platform", conversation.platform.rawValue),
        ("members", "[\(conversation.members.joined(separator: ", "))]"),
      ])
      return "  \(conversation.id): \(words)"
    }
    return lines
  }

  private func words(of wish: WorldDescription.RejectedKey) -> String {
    var words: [(String, String)] = []
    if let patience = wish.waitsFor {
      words += [("messages", "wait"), ("for", ScenarioText.duration(patience))]
    }
    if let most = wish.waitsAtMost { words.append(("at-most", "\(most)")) }
    if let person = wish.tells { words.append(("tell", person)) }
    return ScenarioText.mapping(words)
  }

  private func words(of azure: WorldDescription.AzureResource) -> String {
    let usual = WorldDescription.AzureResource(name: azure.name)
    var words = [("resource", azure.name)]
    if azure.chatDeployment != usual.chatDeployment {
      words.append(("chat", ScenarioText.quoted(azure.chatDeployment)))
    }
    if azure.embeddingsDeployment != usual.embeddingsDeployment {
      words.append(("embeddings", ScenarioText.quoted(azure.embeddingsDeployment)))
    }
    if azure.apiVersion != usual.apiVersion {
      words.append(("api-version", azure.apiVersion ?? "v1"))
    }
    return ScenarioText.mapping(words)
  }

  private func words(of person: WorldDescription.Person) -> String {
    var words = [("name", ScenarioText.quoted(person.name))]
    words.append(person.isGuest ? ("guest", "true") : ("department", person.department))
    words.append(("platform", person.platform.rawValue))
    if person.isAbsent { words.append(("absent", "true")) }
    return ScenarioText.mapping(words)
  }
}
