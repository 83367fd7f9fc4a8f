import Providers
import ScenarioFiles
import Worlds

/// Makes the providers of OpenAI's kind that a world has: the public one, and those in the networks
/// of customers that host their own.
struct OpenAIMaker: Sendable {
  let speed: ModelSpeed
  let sequence: CallSequence
  let world: any World
  let observe: @Sendable (ObservedCall) -> Void

  /// - Parameter name: of the provider's randomness.
  func provider(at host: String, named name: String) -> OpenAIMock {
    OpenAIMock(
      host: host,
      speed: speed,
      sequence: sequence,
      clock: world.clock,
      randomness: world.randomness.scoped(name),
      observe: observe
    )
  }

  /// By tenant.
  func modelServers(of tenants: [WorldDescription.Tenant]) -> [String: OpenAIMock] {
    var servers: [String: OpenAIMock] = [:]
    for tenant in tenants where tenant.deployment == .selfHosted {
      servers[tenant.id] = provider(
        at: Cast.modelServerHost(of: tenant.id),
        named: "model-server/\(tenant.id)"
      )
    }
    return servers
  }
}
