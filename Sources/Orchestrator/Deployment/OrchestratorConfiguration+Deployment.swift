extension OrchestratorConfiguration.Tenant {
  /// Where the customer's own model server is.
  ///
  /// - Throws: `ConfigurationFault.badURL`: a self-hosted customer has one.
  func modelServerEndpoint() throws(ConfigurationFault) -> Endpoint? {
    guard deployment == .selfHosted else { return nil }
    return try Endpoint(modelServer ?? "", setting: "tenants.modelServer")
  }
}
