import Secrets

/// Picks for each call whose credential it runs on, and so where it goes, by the customer's
/// deployment model.
struct ModelAccounts: Sendable {
  enum Account: Sendable {
    /// The key that the customer's administrator installed.
    case customer
    case vendor(ModelCredential)
  }

  private let models: [String: DeploymentModel]
  /// Nil where no customer's deployment needs one.
  private let vendor: ModelCredential?
  private let subscriptions: SubscriptionStore
  /// Customers whose subscription an administrator begins.
  private let laterSubscribers: Set<String>

  /// - Throws: `ConfigurationFault.missingSecret` where a customer's deployment needs an account of
  ///   the vendor's and there is none.
  init(
    _ configuration: OrchestratorConfiguration,
    secrets: OrchestratorSecrets,
    subscriptions: SubscriptionStore
  ) throws {
    models = Dictionary(
      configuration.tenants.map { ($0.id, $0.deployment) },
      uniquingKeysWith: { first, _ in first }
    )
    vendor = secrets.modelKey.map { ModelCredential(secret: $0) }
    if vendor == nil, configuration.tenants.contains(where: \.deployment.needsVendorAccount) {
      throw ConfigurationFault.missingSecret("modelKey")
    }
    self.subscriptions = subscriptions
    laterSubscribers = Set(configuration.tenants.filter { !$0.isSubscribed }.map(\.id))
  }

  /// - Throws: `ModelFailure.notSubscribed`: whoever has cancelled is served no more, and whoever
  ///   has not begun not yet, whoever would pay for the call.
  func account(for use: DeploymentModel.Use, of tenant: String) throws -> Account {
    guard try isServed(tenant) else { throw ModelFailure.notSubscribed }
    let model = models[tenant] ?? .pure
    guard model.payer(of: use) == .vendor, let vendor else { return .customer }
    return .vendor(vendor)
  }

  private func isServed(_ tenant: String) throws -> Bool {
    if laterSubscribers.contains(tenant), try subscriptions.subscription(of: tenant) == nil {
      return false
    }
    return try !subscriptions.isCancelled(tenant)
  }
}
