import Yams

extension WorldReader {
  /// `deployment: hybrid`; pure where nothing is said.
  func deployment(_ fields: Fields, _ tenant: String) -> WorldDescription.Deployment {
    guard let node = fields["deployment"] else { return .pure }
    let known = WorldDescription.Deployment.allCases.map(\.rawValue)
    let word = reporter.word(node, kind: "deployment model", among: known)
    guard let deployment = word.flatMap(WorldDescription.Deployment.init(rawValue:)) else {
      return .pure
    }
    if deployment == .hosted, let key = fields.entry("key") {
      reporter.error(
        "tenant '\(tenant)' is hosted: it has no key of its own to install",
        at: key.keyNode
      )
    }
    if deployment == .hosted || deployment == .selfHosted, let azure = fields.entry("azure") {
      reporter.error(
        "tenant '\(tenant)' is \(deployment.rawValue): it has no resource at Azure",
        at: azure.keyNode
      )
    }
    return deployment
  }

  /// `markup: per-seat`; `per-usage` where nothing is said.
  func markup(
    _ fields: Fields,
    _ tenant: String,
    _ deployment: WorldDescription.Deployment
  ) -> String? {
    guard let node = fields["markup"] else { return nil }
    if deployment != .hosted, let entry = fields.entry("markup") {
      reporter.error(
        "'\(tenant)' is \(deployment.rawValue): only hosted ones pay the vendor for all tokens",
        at: entry.keyNode
      )
    }
    return reporter.word(node, kind: "form of the markup", among: ["per-usage", "per-seat"])
  }

  /// A self-hosted assistant stands in one customer's network, where no other customer is.
  func refuseSharedNetwork(_ tenants: [WorldDescription.Tenant], in node: Node?) {
    guard tenants.count > 1,
      let hosted = tenants.first(where: { $0.deployment == .selfHosted }),
      let place = node?.value(of: hosted.id)
    else { return }
    reporter.error(
      "'\(hosted.id)' is self-hosted: it can only be alone in its world",
      at: place.value(of: "deployment") ?? place
    )
  }
}
