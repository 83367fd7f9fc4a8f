import Evidence
import Providers
import ScenarioFiles
import Secrets
import Synchronization
import Wire

/// The keys of the customers' Azure OpenAI resources: two each, from the beginning.
extension KeyRing {
  static func azureName(_ slot: AzureKeySlot, of tenant: String, value: Int = 1) -> String {
    let name = "\(tenant)/azure-\(slot.number)"
    return value == 1 ? name : "\(name), value \(value)"
  }

  /// - Throws: `ConductorError.unknownKey` for a customer without a resource.
  func azureKey(_ number: Int, of tenant: String) throws -> InstallableKey {
    let (resource, slot, azure) = try resource(number, of: tenant)
    return InstallableKey(
      secret: try azure.key(slot, of: resource.name).secret,
      azure: resource
    )
  }

  /// Gives a key of the resource its next value; the one that it had ends.
  func regenerate(_ number: Int, of tenant: String) throws {
    let (resource, slot, azure) = try resource(number, of: tenant)
    let ended = try azure.regenerate(slot, of: resource.name)
    let value = state.withLock { $0.azureValues[ended.key.secret, default: 1] + 1 }
    try announceAzure(slot, value: value, of: tenant, resource, azure)
    recordEnd(of: ended.key.secret, afterOrder: ended.afterOrder)
  }

  /// The slot whose present value this is.
  func azureSlot(of secret: Secret, of tenant: String) -> Int? {
    AzureKeySlot.allCases.first { slot in
      (try? azureKey(slot.number, of: tenant))?.secret == secret
    }?.number
  }

  func announceAzureKeys() throws {
    for tenant in resources.keys.sorted() {
      for slot in AzureKeySlot.allCases {
        let (resource, slot, azure) = try resource(slot.number, of: tenant)
        try announceAzure(slot, value: 1, of: tenant, resource, azure)
      }
    }
  }

  private func announceAzure(
    _ slot: AzureKeySlot,
    value: Int,
    of tenant: String,
    _ resource: WorldDescription.AzureResource,
    _ azure: AzureOpenAIMock
  ) throws {
    let key = try azure.key(slot, of: resource.name)
    state.withLock { state in
      state.azureValues[key.secret] = value
      state.azureIDs[key.id] = key.secret
      state.azureOwners[key.secret] = tenant
    }
    announce(
      key.secret,
      name: Self.azureName(slot, of: tenant, value: value),
      owner: onVendorAccount.contains(tenant) ? .vendor : .tenant(tenant),
      host: resource.host
    )
  }

  private func resource(
    _ number: Int,
    of tenant: String
  ) throws -> (WorldDescription.AzureResource, AzureKeySlot, AzureOpenAIMock) {
    guard let azure, let resource = resources[tenant], let slot = AzureKeySlot(number: number)
    else { throw ConductorError.unknownKey("\(tenant)/azure-\(number)") }
    return (resource, slot, azure)
  }
}
