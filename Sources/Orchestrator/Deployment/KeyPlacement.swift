import Hummingbird

/// Where a key that an administrator submits belongs, under the customer's deployment model.
struct KeyPlacement: Sendable {
  enum Decision {
    case placed(ModelCredential)
    case refused(Response)
  }

  private let models: [String: DeploymentModel]
  private let servers: [String: Endpoint]

  /// - Throws: `ConfigurationFault.badURL`.
  init(_ tenants: [OrchestratorConfiguration.Tenant]) throws(ConfigurationFault) {
    var models: [String: DeploymentModel] = [:]
    var servers: [String: Endpoint] = [:]
    for tenant in tenants {
      models[tenant.id] = tenant.deployment
      servers[tenant.id] = try tenant.modelServerEndpoint()
    }
    self.models = models
    self.servers = servers
  }

  func place(_ credential: ModelCredential, for tenant: String) -> Decision {
    let model = models[tenant] ?? .pure
    guard model.takesKeys else {
      return .refused(
        .failure(
          .conflict,
          "no_key_taken",
          "The subscription includes the model: there is no key to be installed."
        )
      )
    }
    guard model == .selfHosted else { return .placed(credential) }
    guard credential.destination == .openAI, let server = servers[tenant] else {
      return .refused(
        .failure(
          .badRequest,
          "bad_provider",
          "A self-hosted assistant takes keys of its own model server alone."
        )
      )
    }
    return .placed(ModelCredential(secret: credential.secret, destination: .server(server)))
  }
}
