import ScenarioFiles
import Worlds

extension TimelineDrawer {
  /// What a customer or its administrator does with keys.
  enum KeyMove {
    case create
    case installNewest
    /// One that was replaced or deleted before.
    case installOld
    case installWrong
    case installAzure(slot: Int)
    case deleteInstalled
    case deleteOlder
    case remove
    case regenerate(slot: Int)
    case changeSecret
    case cancel
  }

  /// One customer's keys, as far as the story knows.
  struct KeyState {
    /// Names in the order of their making; those of Azure have none.
    var issued: [String] = []
    var dead: Set<String> = []
    var installed: Action.InstalledKey?

    init(of tenant: WorldDescription.Tenant) {
      guard tenant.keyInstalled else { return }
      installed = tenant.beginsOnAzure ? .azure(slot: 1) : .named("first")
      if !tenant.beginsOnAzure { issued = ["first"] }
    }
  }

  private static let names = ["second", "third", "fourth"]

  /// A few moves that make sense together, in their order.
  mutating func plot(for tenant: WorldDescription.Tenant) -> (name: String, moves: [KeyMove]) {
    guard tenant.deployment != .hosted else {
      return dice.chance(40) ? ("cancellation", [.cancel]) : ("", [])
    }
    var plots: [(Int, (String, [KeyMove]))] = [
      (5, ("", [])), (4, ("planned rotation", [.create, .installNewest, .deleteOlder])),
      (4, ("deleted first", [.deleteInstalled, .create, .installNewest])),
      (4, ("deletion", [.deleteInstalled])), (3, ("removal", [.remove])),
      (2, ("removal and return", [.remove, .installOld])), (2, ("wrong key", [.installWrong])),
      (2, ("two rotations", [.create, .installNewest, .create, .installNewest, .deleteOlder])),
      (2, ("old key again", [.create, .installNewest, .deleteOlder, .installOld])),
      (1, ("deleted, then the wrong key", [.deleteInstalled, .installWrong])),
      (1, ("cancellation", [.cancel])),
    ]
    if tenant.azure != nil {
      plots += [
        (4, ("to the other key of Azure", [.installAzure(slot: 2), .regenerate(slot: 1)])),
        (4, ("to OpenAI and back", [.create, .installNewest, .installAzure(slot: 1)])),
        (3, ("regenerated", [.regenerate(slot: 1)])), (3, ("to Azure", [.installAzure(slot: 2)])),
      ]
    }
    if [.vault, .aws, .azureKeyVault].contains(world.secretManager) {
      plots.append((4, ("changed past the vendor", [.create, .changeSecret])))
    }
    return dice.one(weighted: plots)
  }

  mutating func play(_ move: KeyMove, of tenant: String) {
    guard var state = keys[tenant] else { return }
    defer { keys[tenant] = state }
    switch move {
    case .create:
      guard let name = Self.names.first(where: { !state.issued.contains($0) }) else { return }
      state.issued.append(name)
      add(.createKey(tenant: tenant, key: name))
    case .installNewest:
      guard let name = state.issued.last else { return }
      install(.named(name), of: tenant, &state)
    case .installOld:
      guard let name = state.issued.first else { return }
      install(.named(name), of: tenant, &state)
    case .installWrong: add(.installKey(tenant: tenant, key: .neverIssued))
    case .installAzure(let slot): install(.azure(slot: slot), of: tenant, &state)
    case .deleteInstalled:
      switch state.installed {
      case .named(let name)?: delete(name, of: tenant, &state)
      case .azure(let slot)?: add(.regenerateKey(tenant: tenant, slot: slot))
      case .neverIssued?, nil: return
      }
    case .deleteOlder:
      let older = state.issued.dropLast().last { !state.dead.contains($0) }
      if let older { delete(older, of: tenant, &state) }
    case .remove:
      state.installed = nil
      add(.removeKey(tenant: tenant))
    case .regenerate(let slot): add(.regenerateKey(tenant: tenant, slot: slot))
    case .changeSecret:
      // Of a customer without a key the manager holds none that could be changed, and a key of
      // Azure is not followed by one of OpenAI without a new address.
      guard let name = state.issued.last, case .named? = state.installed,
        !state.dead.contains(name)
      else { return }
      state.installed = .named(name)
      add(.changeSecret(tenant: tenant, key: name))
    case .cancel: add(.cancelSubscription(tenant: tenant))
    }
  }

  private mutating func install(
    _ key: Action.InstalledKey,
    of tenant: String,
    _ state: inout KeyState
  ) {
    if case .named(let name) = key, state.dead.contains(name) {
      return add(.installKey(tenant: tenant, key: key))
    }
    state.installed = key
    add(.installKey(tenant: tenant, key: key))
  }

  private mutating func delete(_ name: String, of tenant: String, _ state: inout KeyState) {
    guard state.dead.insert(name).inserted else { return }
    add(.deleteKey(tenant: tenant, key: name))
  }
}
