/// Where a key that an administrator submits belongs, under the customer's deployment model.
struct KeyPlacement: Sendable {
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

  /// The credential with the one place where it may go.
  ///
  /// - Throws: `KeyRefusal.noKeyTaken`, `.otherServer`.
  func place(
    _ credential: ModelCredential,
    for tenant: String
  ) throws(KeyRefusal) -> ModelCredential {
    let model = models[tenant] ?? .pure
    guard model.takesKeys else { throw .noKeyTaken }
    guard model == .selfHosted else { return credential }
    guard credential.destination == .openAI, let server = servers[tenant] else {
      throw .otherServer
    }
    return ModelCredential(secret: credential.secret, destination: .server(server))
  }

  /// Whether an administrator has a key to install.
  func takesKeys(_ tenant: String) -> Bool { (models[tenant] ?? .pure).takesKeys }

  /// Whether the customer's keys are all of its own model server.
  func isSelfHosted(_ tenant: String) -> Bool { models[tenant] == .selfHosted }
}
