import Yams

/// What a check of the file's own names must be there: a check that no event can meet would be true
/// of anything.
extension TimelineChecks {
  /// - Parameter node: the word `checks` of the file.
  func check(_ checks: [ReviewerCheck], in node: Node, _ timeline: [PlacedStep]) {
    for check in checks {
      let written = node.value(of: check.id)
      self.check(check.filters, at: written?.value(of: "where"), node, timeline)
      guard case .every(let terms) = check.claim else { continue }
      self.check(terms, beside: check.filters, at: written?.value(of: "is"), node, timeline)
    }
  }

  /// Keys of which a step expects that so much ran on them.
  func checkExpectedKeys(_ timeline: [PlacedStep]) {
    for entry in timeline {
      for case .usage(let tenant, let key, _) in entry.step.expectations {
        let place = entry.node.value(of: "expect")?.value(of: "usage")?.value(of: "key")
        checkKey(key, of: tenant, at: place ?? entry.node, timeline)
      }
    }
  }

  private func check(
    _ filters: [ReviewerCheck.Filter],
    beside others: [ReviewerCheck.Filter] = [],
    at place: Node?,
    _ node: Node,
    _ timeline: [PlacedStep]
  ) {
    for filter in filters {
      let place = place?.value(of: filter.word) ?? node
      switch filter.word {
      case "key":
        let tenant = (filters + others).first { $0.word == "tenant" }?.value
        checkKey(filter.value, of: tenant, at: place, timeline)
      case "carries": checkDocument(filter.value, at: place, timeline)
      case "host": checkHost(filter.value, at: place, timeline)
      default: continue
      }
    }
  }

  private func checkKey(_ key: String, of tenant: String?, at node: Node, _ timeline: [PlacedStep])
  {
    guard let tenant = tenant ?? (names.tenants.count == 1 ? names.tenants[0] : nil) else {
      reporter.error("'key' wants 'tenant' beside it where there are several customers", at: node)
      return
    }
    let known = keys(of: tenant, timeline)
    if !known.contains(key) { reporter.unknown(key, kind: "key", among: known, at: node) }
  }

  /// All that there are at any moment of the story.
  private func keys(of tenant: String, _ timeline: [PlacedStep]) -> [String] {
    var keys: [String] = []
    if let customer = names.tenant(tenant) {
      if customer.keyInstalled, !customer.beginsOnAzure { keys.append("first") }
      if customer.azure != nil { keys += ScenarioReader.azureKeys }
    }
    return keys
      + timeline.compactMap { entry in
        if case .createKey(tenant, let key) = entry.step.action { key } else { nil }
      }
  }

  /// `acme/hr-handbook/salary-bands.md`: the knowledge base is there, and so must be the document.
  private func checkDocument(_ path: String, at node: Node, _ timeline: [PlacedStep]) {
    let parts = path.split(separator: "/", maxSplits: 2).map(String.init)
    guard parts.count == 3 else { return }
    var known = names.tenant(parts[0])?.knowledge.first { $0.id == parts[1] }?.documents.map(\.name)
    for entry in timeline {
      if case .addDocument(parts[0], parts[1], let name, _) = entry.step.action {
        known = (known ?? []) + [name]
      }
    }
    guard let known, !known.contains(parts[2]) else { return }
    reporter.unknown(parts[2], kind: "document of '\(parts[1])'", among: known, at: node)
  }

  /// A vendor may call whom it will, so a host that nobody knows is right in a check; one that is
  /// nearly a known one is a slip.
  private func checkHost(_ host: String, at node: Node, _ timeline: [PlacedStep]) {
    var known = [
      "api.openai.com", "chat.googleapis.com", "graph.microsoft.com", "login.microsoftonline.com",
      "smba.trafficmanager.net", "vault.vendor.example", "assistant.vendor.example",
    ]
    for tenant in names.world.tenants {
      known.append("models.\(tenant.id).internal")
      if let azure = tenant.azure { known.append("\(azure.name).openai.azure.com") }
    }
    for entry in timeline {
      guard case .fault(let fault) = entry.step.action, case .redirect(let target) = fault.kind
      else { continue }
      known.append(target)
    }
    guard !known.contains(host), let near = NearestWord.nearest(to: host, among: known) else {
      return
    }
    reporter.warning("'\(host)' is nearly '\(near)', and no other host here is called so", at: node)
  }
}
