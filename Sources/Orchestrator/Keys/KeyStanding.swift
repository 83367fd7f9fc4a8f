/// What is known of the customers' keys without asking anybody.
struct KeyStanding: Sendable {
  private let custody: any KeyCustody
  /// Customers whose answers their own keys pay for.
  private let customers: Set<String>

  init(_ configuration: OrchestratorConfiguration, custody: any KeyCustody) {
    self.custody = custody
    customers = Set(
      configuration.tenants.filter { $0.deployment.payer(of: .completion) == .customer }.map(\.id)
    )
  }

  /// Why no answer can come, whatever the provider does; nil where nothing speaks against it.
  func failure(of tenant: String) throws -> ModelFailure? {
    guard customers.contains(tenant) else { return nil }
    guard let summary = try custody.summary(of: tenant) else { return .noKey }
    return summary.state == .rejected ? .keyRejected : nil
  }
}
