import Evidence
import Orchestrator
import Providers
import ScenarioFiles

/// What the customers' deployment models make of a world: whose network which host stands in, and
/// what the vendor is configured and sold with.
extension Cast {
  /// Of the OpenAI-compatible server in a self-hosting customer's network.
  static func modelServerHost(of tenant: String) -> String { "models.\(tenant).internal" }

  /// A self-hosted assistant runs where its customer is.
  static func vendorZone(_ world: WorldDescription) -> Facts.Zone {
    world.tenants.contains { $0.deployment == .selfHosted } ? .customer : .vendor
  }

  /// Every host that the vendor has reason to call, and its own.
  static func hosts(_ world: WorldDescription) -> [Facts.Host] {
    [
      .init(name: vendorHost, role: .vendor, zone: vendorZone(world)),
      .init(name: providerHost, role: .provider),
    ]
      + modelServers(world)
      + world.tenants.compactMap(\.azure).map { .init(name: $0.host, role: .provider) }
      + (Stage.chatHosts + Stage.identityHosts).map { .init(name: $0, role: .chatPlatform) }
      + Stage.directoryHosts.map { .init(name: $0, role: .directory) }
  }

  static func modelServers(_ world: WorldDescription) -> [Facts.Host] {
    world.tenants.filter { $0.deployment == .selfHosted }.map {
      .init(name: modelServerHost(of: $0.id), role: .provider, zone: .customer)
    }
  }

  /// The vendor's price list, as it is configured and as the checkers know it.
  static var terms: Facts.Terms {
    let pricing = OrchestratorConfiguration.Pricing()
    return Facts.Terms(
      seatCents: pricing.seatCents,
      trialDays: pricing.trialDays,
      markupPercent: pricing.markupPercent,
      tokenPrices: pricing.tokenPrices.map {
        .init(model: $0.model, input: $0.inputNanoDollars, output: $0.outputNanoDollars)
      }
    )
  }

  /// Whether the vendor pays for any customer's calls.
  var needsVendorAccount: Bool {
    configuration.tenants.contains { $0.deployment.payer(of: .embedding) == .vendor }
  }
}

extension WorldDescription.Tenant {
  /// Where the customer's keys belong.
  var providerHosts: [String] {
    deployment == .selfHosted
      ? [Cast.modelServerHost(of: id)]
      : [Cast.providerHost] + [azure?.host].compactMap { $0 }
  }
}

extension WorldDescription.Deployment {
  var product: DeploymentModel { DeploymentModel(rawValue: rawValue) ?? .pure }
  var claim: Facts.Deployment { Facts.Deployment(rawValue: rawValue) ?? .pure }
}
