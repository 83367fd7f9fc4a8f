import Yams

extension WorldReader {
  func tenant(_ id: String, _ node: Node) -> WorldDescription.Tenant? {
    guard let fields = Fields(node, what: "tenant '\(id)'", shape: .tenant, reporter: reporter)
    else { return nil }
    let name = fields.requiredText("name")
    let key = fields["key"].map {
      reporter.word($0, kind: "state of the key", among: ["installed", "azure", "none"])
    }
    let azure = fields["azure"].flatMap(azureResource)
    let deployment = self.deployment(fields, id)
    if let node = fields["key"], key == "azure", fields["azure"] == nil {
      reporter.error(
        "tenant '\(id)' has no 'azure' resource whose key could be installed",
        at: node
      )
    }
    let knowledge = fields["knowledge"].map(self.knowledge) ?? []
    let departments = fields.required("departments").map { node in
      self.departments(node, knowledge: knowledge.map(\.id))
    }
    let people = fields.required("people").map { node in
      self.people(node, departments: departments?.map(\.id) ?? [])
    }
    let conversations = fields["conversations"].map { node in
      self.conversations(node, people: people ?? [])
    }
    let guests = fields["guests"].map { guestKnowledge($0, knowledge: knowledge.map(\.id)) }
    let directory = fields["directory"].map {
      reporter.word($0, kind: "form of the directory", among: ["departments", "groups"])
    }
    let replies = fields["replies"].map {
      reporter.word($0, kind: "form of replies", among: ["whole", "streamed"])
    }
    let markup = self.markup(fields, id, deployment)
    let contract = fields["contract"].map {
      reporter.word($0, kind: "contract", among: ["no-query-logging"])
    }
    let subscription = fields["subscription"].map {
      reporter.word($0, kind: "subscription", among: ["active", "none"])
    }
    let rejectedKey = fields["rejected-key"].flatMap {
      self.rejectedKey($0, of: id, people: people ?? [], deployment)
    }
    guard let name, let departments, let people else { return nil }
    var tenant = WorldDescription.Tenant(
      id: id,
      name: name,
      keyInstalled: (key ?? "installed") != "none" && deployment != .hosted,
      azure: azure,
      beginsOnAzure: key == "azure",
      departments: departments,
      people: people,
      conversations: conversations ?? [],
      knowledge: knowledge,
      guestKnowledge: guests ?? [],
      departmentsAreGroups: directory == "groups",
      streamsReplies: replies == "streamed",
      deployment: deployment
    )
    tenant.forbidsQueryLogging = contract == "no-query-logging"
    tenant.rejectedKey = rejectedKey ?? .init()
    tenant.paysTokensBySeat = markup == "per-seat"
    tenant.isSubscribed = subscription != "none"
    return tenant
  }

  private func knowledge(_ node: Node) -> [WorldDescription.KnowledgeBase] {
    let entries = reporter.entries(of: node, what: "'knowledge'") ?? []
    return entries.compactMap { entry -> WorldDescription.KnowledgeBase? in
      guard let id = reporter.identifier(entry, kind: "knowledge base") else { return nil }
      if entry.value.mapping != nil || entry.value.isEmptyPlain {
        return .init(id: id, documents: writtenDocuments(entry.value, of: id))
      }
      guard let path = reporter.text(entry.value, what: "the folder of '\(id)'") else {
        return nil
      }
      // The id is known even if its folder is not: the places that name it are not in error.
      return .init(id: id, documents: documents(path, at: entry.value))
    }
  }

  /// `{ vacation: Everybody has 30 days. }`: documents that stand in the world's own file.
  private func writtenDocuments(_ node: Node, of base: String) -> [WorldDescription.Document] {
    (reporter.entries(of: node, what: "'\(base)'") ?? []).compactMap { entry in
      guard let name = reporter.identifier(entry, kind: "document"),
        let text = reporter.text(entry.value, what: "the document '\(name)'")
      else { return nil }
      return .init(name: name, text: text)
    }
  }

  private func documents(_ path: String, at node: Node) -> [WorldDescription.Document] {
    do {
      return try library.documents(path)
    } catch {
      reporter.error(
        "'\(path.prefix(200))': \(error.message)",
        at: node,
        suggestion: library.path(meantBy: path)
      )
      return []
    }
  }

  private func departments(_ node: Node, knowledge: [String]) -> [WorldDescription.Department] {
    (reporter.entries(of: node, what: "'departments'") ?? []).compactMap { entry in
      if entry.key == WorldDescription.Department.guests {
        reporter.error("'guests' are no department; say 'guests' beside it", at: entry.keyNode)
      }
      guard let id = reporter.identifier(entry, kind: "department"),
        let fields = Fields(
          entry.value,
          what: "department '\(id)'",
          shape: .department,
          reporter: reporter
        )
      else { return nil }
      let nodes = fields["knowledge"].flatMap { reporter.list($0, what: "'knowledge'") } ?? []
      let ids = nodes.compactMap {
        reporter.word($0, kind: "knowledge base", among: knowledge)
      }
      return .init(id: id, knowledge: ids)
    }
  }

  func platform(_ node: Node) -> WorldDescription.PlatformName? {
    let known = WorldDescription.PlatformName.allCases.map(\.rawValue)
    return reporter.word(node, kind: "platform", among: known)
      .flatMap(WorldDescription.PlatformName.init(rawValue:))
  }

  private func conversations(
    _ node: Node,
    people: [WorldDescription.Person]
  ) -> [WorldDescription.Conversation] {
    (reporter.entries(of: node, what: "'conversations'") ?? []).compactMap { entry in
      reporter.identifier(entry, kind: "conversation").flatMap { id in
        conversation(id, entry.value, people: people)
      }
    }
  }

  private func conversation(
    _ id: String,
    _ node: Node,
    people: [WorldDescription.Person]
  ) -> WorldDescription.Conversation? {
    let fields = Fields(
      node,
      what: "conversation '\(id)'",
      shape: .conversation,
      reporter: reporter
    )
    guard let fields else { return nil }
    let kinds = WorldDescription.Conversation.Kind.allCases.map(\.rawValue)
    let kind = fields.required("kind").flatMap {
      reporter.word($0, kind: "kind of conversation", among: kinds)
    }
    let platform = fields.required("platform").flatMap(platform)
    let nodes =
      fields.required("members").flatMap { reporter.list($0, what: "'members'") } ?? []
    var members: [String] = []
    for member in nodes {
      guard let name = reporter.word(member, kind: "person", among: people.map(\.id)) else {
        continue
      }
      if let platform, let home = people.first(where: { $0.id == name })?.platform,
        home != platform
      {
        reporter.error(
          "'\(name)' is on \(home.rawValue), and this conversation is on \(platform.rawValue)",
          at: member
        )
      } else if members.contains(name) {
        reporter.error("'\(name)' is a member already", at: member)
      } else {
        members.append(name)
      }
    }
    guard let kind = kind.flatMap(WorldDescription.Conversation.Kind.init(rawValue:)), let platform
    else { return nil }
    return .init(id: id, kind: kind, platform: platform, members: members)
  }
}
