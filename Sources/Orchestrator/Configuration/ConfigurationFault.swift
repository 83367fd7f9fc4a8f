/// Why a configuration cannot be run: said to the operator at the start, before anything is served.
package enum ConfigurationFault: Error, Equatable {
  case badURL(setting: String, value: String)
  case noTenants
  case repeated(setting: String, value: String)
  /// Ids stand in paths and in stored lists: letters, digits, `-`, `_` and `.` alone.
  case badID(setting: String, value: String)
  case badAdminTokenHash(tenant: String)
  case missingSecret(String)
  case missingSetting(String)
  /// A process that lives would be taken for dead.
  case badReplicas
  /// Bounds within which no message could wait for a key.
  case badWaiting(tenant: String)
  /// Tokens are charged for by the seat, and are not all on the vendor's account.
  case seatTokensUnhosted(tenant: String)
  case masterKeyUnreadable(path: String)
  /// Others than its owner may read the file.
  case masterKeyExposed(path: String)
  case masterKeyMalformed(path: String)
}

extension OrchestratorConfiguration {
  /// - Throws: the first fault, in the order of the settings.
  package func validate() throws(ConfigurationFault) {
    guard !tenants.isEmpty else { throw .noTenants }
    try requireDistinct("tenants.id", tenants.map(\.id))
    try requireDistinct("tenants.teamsTenantID", tenants.compactMap(\.teamsTenantID))
    try requireDistinct("tenants.googleDomainID", tenants.compactMap(\.googleDomainID))
    if let replicas {
      guard replicas.heartbeatSeconds >= 1,
        replicas.takeOverSeconds >= 2 * replicas.heartbeatSeconds
      else { throw .badReplicas }
    }
    for tenant in tenants {
      try requireID("tenants.id", tenant.id)
      guard tenant.adminTokenSHA256.utf8.count == 64,
        tenant.adminTokenSHA256.allSatisfy(\.isHexDigit)
      else { throw .badAdminTokenHash(tenant: tenant.id) }
      _ = try tenant.modelServerEndpoint()
      try tenant.validateRejectedKey(in: self)
      try tenant.validateTokenCharge()
      for base in tenant.bases { try requireID("tenants.departments.knowledge", base) }
    }
  }

  private func requireDistinct(
    _ setting: String,
    _ values: [String]
  ) throws(ConfigurationFault) {
    var seen: Set<String> = []
    for value in values where !seen.insert(value).inserted {
      throw .repeated(setting: setting, value: value)
    }
  }

  private func requireID(_ setting: String, _ value: String) throws(ConfigurationFault) {
    let isPlain = value.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
    guard isPlain, !value.isEmpty, value.utf8.count <= 100 else {
      throw .badID(setting: setting, value: value)
    }
  }
}
