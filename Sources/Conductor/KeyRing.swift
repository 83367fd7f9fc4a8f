import Evidence
import Providers
import ScenarioFiles
import Secrets
import Synchronization
import Worlds

/// The keys of a story by the names that it gives them, as their owners made them at the provider.
final class KeyRing: Sendable {
  static let firstKey = "first"

  /// The vendor's own key: no customer's story should ever see a call on it.
  let vendorKey: Secret
  private let vendorProject: String
  private let provider: OpenAIMock
  /// By tenant, in the networks of those that host their own.
  private let servers: [String: OpenAIMock]
  /// Nil where no customer has a resource there.
  let azure: AzureOpenAIMock?
  /// By tenant.
  let resources: [String: WorldDescription.AzureResource]
  /// Tenants whose keys are of the vendor's own account: the twins of latency comparisons.
  let onVendorAccount: Set<String>
  let recorder: Recorder
  private let scanner: SurfaceScanner
  let fingerprinter: Fingerprinter
  private let collection: KeyCollection
  private let pair: PairSide?
  private let spread: RevocationSpread?
  private let projects: [String: String]
  /// Whoever has an account, with the provider that it is at: the vendor first.
  let organizations: [(provider: OpenAIMock, id: String)]
  let state = Mutex(State())

  struct State {
    var issued: [String: IssuedKey] = [:]
    /// The key in each tenant's settings, as far as its administrator knows.
    var installed: [String: Secret] = [:]
    /// Which of a resource's key's values this is, from 1.
    var azureValues: [Secret: Int] = [:]
    /// Whose resource each value of a key is of.
    var azureOwners: [Secret: String] = [:]
    /// By the ids in Azure's books.
    var azureIDs: [String: Secret] = [:]
  }

  init(
    provider: OpenAIMock,
    azure: AzureOpenAIMock?,
    servers: [String: OpenAIMock],
    tenants: [WorldDescription.Tenant],
    customers: [String],
    recorder: Recorder,
    wiretap: Wiretap,
    run: RunSettings,
    spread: RevocationSpread?
  ) throws {
    pair = run.pair
    self.spread = spread
    spread?.apply(to: [provider] + servers.keys.sorted().compactMap { servers[$0] }, azure)
    self.provider = provider
    self.azure = azure
    self.servers = servers
    onVendorAccount = Set(tenants.map(\.id)).subtracting(customers)
    resources = tenants.reduce(into: [:]) { $0[$1.id] = $1.azure }
    self.recorder = recorder
    scanner = wiretap.scanner
    fingerprinter = wiretap.fingerprinter
    collection = run.keys
    let vendorOrganization = try provider.createOrganization("vendor")
    vendorProject = try provider.createProject("own", organization: vendorOrganization)
    let own = try provider.createKey("own", project: vendorProject)
    vendorKey = own.secret
    var projects: [String: String] = [:]
    var organizations = [(provider: provider, id: vendorOrganization)]
    for tenant in tenants {
      let home = servers[tenant.id] ?? provider
      let organization = try home.createOrganization(tenant.id)
      organizations.append((home, organization))
      projects[tenant.id] = try home.createProject("assistant", organization: organization)
    }
    self.projects = projects
    self.organizations = organizations
    announce(own, name: "vendor/own", owner: .vendor)
    try announceAzureKeys()
  }

  func create(_ name: String, for tenant: String) throws {
    guard let project = projects[tenant] else { throw ConductorError.unknownKey(name) }
    let key = try home(of: tenant).createKey(
      name,
      project: project,
      value: pair?.variation?.key(name, of: tenant)
    )
    pair?.log.made(key.secret, name: "\(tenant)/\(name)")
    state.withLock { $0.issued["\(tenant)/\(name)"] = key }
    announce(
      key.secret,
      name: "\(tenant)/\(name)",
      owner: .tenant(tenant),
      host: host(of: tenant)
    )
  }

  /// Where a customer's keys belong.
  func host(of tenant: String) -> String {
    servers[tenant] == nil ? Cast.providerHost : Cast.modelServerHost(of: tenant)
  }

  private func home(of tenant: String) -> OpenAIMock { servers[tenant] ?? provider }

  /// A second key of each tenant, for a vendor that is told one; made only when asked for.
  func createStandbys() throws -> [String: Secret] {
    var standbys: [String: Secret] = [:]
    for tenant in projects.keys.sorted() {
      try create("standby", for: tenant)
      standbys[tenant] = try key("standby", of: tenant)
    }
    return standbys
  }

  /// Nil for a vendor that is told none.
  func standby(of tenant: String) -> Fingerprint? {
    state.withLock { $0.issued["\(tenant)/standby"] }
      .map { fingerprinter.fingerprint(of: $0.secret) }
  }

  /// Gives `tenant` a key of the vendor's own account: the control arm of a latency comparison.
  func createOnVendorAccount(_ name: String, for tenant: String) throws {
    let key = try provider.createKey("\(tenant)-\(name)", project: vendorProject)
    state.withLock { $0.issued["\(tenant)/\(name)"] = key }
    announce(key, name: "\(tenant)/\(name)", owner: .vendor)
  }

  func key(_ name: String, of tenant: String) throws -> Secret {
    guard let key = state.withLock({ $0.issued["\(tenant)/\(name)"] }) else {
      throw ConductorError.unknownKey("\(tenant)/\(name)")
    }
    return key.secret
  }

  /// In the shape of a key, but never issued; looked for like one.
  func neverIssued(for tenant: String, randomness: Randomness) -> Secret {
    let first = Secret("sk-proj-mock-" + randomness.text("never-issued/\(tenant)", 107))
    pair?.log.made(first, name: "\(tenant)/never-issued")
    let secret = pair?.variation?.key("never-issued", of: tenant) ?? first
    watch(secret, fingerprint: fingerprinter.fingerprint(of: secret))
    return secret
  }

  func noteInstalled(_ secret: Secret?, for tenant: String) {
    state.withLock { $0.installed[tenant] = secret }
  }

  func installed(for tenant: String) -> Secret? {
    state.withLock { $0.installed[tenant] }
  }

  /// Ends the named key at the provider, or the one in the tenant's settings: a key of an Azure
  /// resource ends by being regenerated.
  func delete(_ name: String?, of tenant: String) throws {
    let found = state.withLock { state in
      guard let name else {
        let installed = state.installed[tenant]
        return (state.issued.values.first { $0.secret == installed }, installed)
      }
      return (state.issued["\(tenant)/\(name)"], nil)
    }
    if found.0 == nil, let slot = found.1.flatMap({ azureSlot(of: $0, of: tenant) }) {
      return try regenerate(slot, of: tenant)
    }
    guard let key = found.0 else {
      throw ConductorError.unknownKey("\(tenant)/\(name ?? "installed")")
    }
    let order = try home(of: tenant).deleteKey(id: key.id)
    recordEnd(of: key.secret, afterOrder: order)
  }

  func recordEnd(of key: Secret, afterOrder order: Int) {
    recorder.record(
      .keyEnded(
        .init(
          key: fingerprinter.fingerprint(of: key),
          afterOrder: order,
          spreadUntil: spread?.until
        )
      )
    )
  }

  /// The customer's key that ends in these characters; nil where it has none.
  func fingerprint(lastFour: String, of tenant: String) -> Fingerprint? {
    let keys = state.withLock { state in
      state.issued.filter { $0.key.hasPrefix(tenant + "/") }.map(\.value.secret)
        + state.azureOwners.filter { $0.value == tenant }.map(\.key)
    }
    return keys.filter { $0.lastFour == lastFour }.map { fingerprinter.fingerprint(of: $0) }.min()
  }

  /// Fingerprints of keys by the provider's ids, for reading its books.
  func fingerprint(ofKeyID id: String) -> Fingerprint? {
    let key = state.withLock { state in
      state.azureIDs[id] ?? state.issued.values.first { $0.id == id }?.secret
    }
    return key.map { fingerprinter.fingerprint(of: $0) }
      ?? fingerprintOfVendorKey(id)
  }

  private func fingerprintOfVendorKey(_ id: String) -> Fingerprint? {
    provider.keyID(for: vendorKey) == id ? fingerprinter.fingerprint(of: vendorKey) : nil
  }

  private func announce(_ key: IssuedKey, name: String, owner: KeyOwner) {
    announce(key.secret, name: name, owner: owner, host: Cast.providerHost)
  }

  func announce(_ key: Secret, name: String, owner: KeyOwner, host: String) {
    let fingerprint = fingerprinter.fingerprint(of: key)
    watch(key, fingerprint: fingerprint)
    recorder.record(
      .keyCreated(.init(key: fingerprint, name: name, owner: owner, providerHost: host))
    )
  }

  private func watch(_ secret: Secret, fingerprint: Fingerprint) {
    scanner.add(secret, fingerprint: fingerprint)
    collection.add(secret, fingerprint: fingerprint)
  }
}
