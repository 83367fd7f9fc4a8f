import Yams

/// The word `pair` at the top: the story is played twice, with one secret exchanged in between.
extension ScenarioReader {
  private static let secrets = ["documents", "customer", "key"]
  private static let ways = ["other-words", "absence"]

  /// Nil when something is wrong, or nothing is asked for.
  func pair(_ node: Node?, runsProcess: Bool, crashes: Bool) -> Scenario.Pair? {
    guard let node,
      let fields = Fields(node, what: "'pair'", shape: .pair, reporter: reporter)
    else { return nil }
    if runsProcess || crashes {
      reporter.error(
        "a story that is played twice has neither 'crash' nor 'vendor: process'",
        at: node
      )
    }
    let varies = fields.required("varies").flatMap {
      reporter.word($0, kind: "secret", among: Self.secrets)
    }
    let tenant = pairedTenant(fields, node)
    let way = fields["by"].flatMap { reporter.word($0, kind: "way to vary", among: Self.ways) }
    if let by = fields["by"], let varies, varies != "documents" {
      reporter.error("'by' is for 'varies: documents': '\(varies)' has other values", at: by)
    }
    if let department = fields["department"], let varies, varies != "documents" {
      reporter.error("'department' is for 'varies: documents' alone", at: department)
    }
    guard let varies, let tenant else { return nil }
    switch varies {
    case "documents":
      guard let knowledge = hiddenKnowledge(fields, of: tenant) else { return nil }
      return Scenario.Pair(
        secret: .documents(knowledge: knowledge),
        tenant: tenant.id,
        isAbsent: way == "absence"
      )
    case "customer":
      if names?.world.tenants.count == 1 {
        reporter.error("there is no other customer who could see anything", at: node)
      }
      refuseUnvariedKeys(of: tenant, at: node)
      return Scenario.Pair(secret: .customer, tenant: tenant.id)
    default:
      refuseUnvariedKeys(of: tenant, at: node)
      if tenant.deployment == .hosted {
        reporter.error("a hosted customer has no key", at: node)
      }
      return Scenario.Pair(secret: .key, tenant: tenant.id)
    }
  }

  private func pairedTenant(_ fields: Fields, _ node: Node) -> WorldDescription.Tenant? {
    guard let names else { return nil }
    if let named = fields["tenant"] {
      return reporter.word(named, kind: "tenant", among: names.tenants).flatMap {
        names.tenant($0)
      }
    }
    guard let only = names.world.tenants.first, names.world.tenants.count == 1 else {
      reporter.error("'pair' needs 'tenant': there are several customers", at: node)
      return nil
    }
    return only
  }

  /// What the department may read and somebody else may not.
  private func hiddenKnowledge(
    _ fields: Fields,
    of tenant: WorldDescription.Tenant
  ) -> [String]? {
    let known = tenant.departments.map(\.id)
    guard let node = fields.required("department"),
      let id = reporter.word(node, kind: "department", among: known),
      let department = tenant.departments.first(where: { $0.id == id })
    else { return nil }
    let others = tenant.departments.filter { other in
      other.id != id && tenant.people.contains { $0.department == other.id }
    }
    let hidden = department.knowledge.filter { base in
      !tenant.guestKnowledge.contains(base)
        && (others.contains { !$0.knowledge.contains(base) }
          || tenant.people.contains(where: \.isGuest))
    }
    guard !hidden.isEmpty else {
      reporter.error("'\(id)' may read nothing that others may not: nothing could leak", at: node)
      return nil
    }
    return hidden
  }

  /// The mock makes up the values of Azure's keys, and no story says which.
  private func refuseUnvariedKeys(of tenant: WorldDescription.Tenant, at node: Node) {
    guard tenant.azure != nil else { return }
    reporter.error("keys of an Azure resource cannot be varied; take a customer without", at: node)
  }
}
