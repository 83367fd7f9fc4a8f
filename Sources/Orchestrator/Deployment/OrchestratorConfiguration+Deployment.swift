extension OrchestratorConfiguration.Tenant {
  /// - Throws: `ConfigurationFault.seatTokensUnhosted`: only a fully hosted customer's tokens are
  ///   all on the vendor's account, and can be charged for by the seat.
  func validateTokenCharge() throws(ConfigurationFault) {
    guard tokensChargedBy == .usage || deployment == .hosted else {
      throw .seatTokensUnhosted(tenant: id)
    }
  }

  /// Where the customer's own model server is.
  ///
  /// - Throws: `ConfigurationFault.badURL`: a self-hosted customer has one.
  func modelServerEndpoint() throws(ConfigurationFault) -> Endpoint? {
    guard deployment == .selfHosted else { return nil }
    return try Endpoint(modelServer ?? "", setting: "tenants.modelServer")
  }
}
