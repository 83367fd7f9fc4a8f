import Evidence

/// The calls that cost tokens, of a million in one pass: by key, and those of a customer on the
/// vendor's own account.
struct SeenUsage {
  struct Calls {
    var sums = TokenSums()
    /// Of the first two.
    var events: [Int] = []

    mutating func add(_ call: Story.Call, _ story: Story) {
      sums.add(call, story)
      if events.count < 2 { events.append(call.event) }
    }
  }

  private struct Place<Account: Hashable>: Hashable {
    var account: Account
    var kind: CallKind
  }

  private var onKeys: [Place<Event.Key>: Calls] = [:]
  private var onVendorAccount: [Place<String>: Calls] = [:]

  init(_ story: Story) {
    for index in story.calls.indices where story.calls[index].costsTokens {
      guard let key = story.calls[index].of.key else { continue }
      let kind = story.calls[index].kind
      onKeys[Place(account: key, kind: kind), default: Calls()].add(story.calls[index], story)
      for tenant in story.calls[index].tenants
      where story.isOnVendorAccount(story.calls[index], for: tenant) {
        onVendorAccount[Place(account: tenant, kind: kind), default: Calls()]
          .add(story.calls[index], story)
      }
    }
  }

  var keys: [Event.Key] { onKeys.keys.map(\.account) }

  func calls(on key: Event.Key, _ kind: CallKind) -> Calls {
    onKeys[Place(account: key, kind: kind)] ?? Calls()
  }

  /// - Parameter account: nil for the vendor's own.
  func calls(of tenant: String, on account: Event.Key?, _ kind: CallKind) -> Calls {
    account.map { calls(on: $0, kind) }
      ?? onVendorAccount[Place(account: tenant, kind: kind)] ?? Calls()
  }
}

extension Story {
  /// Whether a call for this customer ran on the vendor's own account: on a key of the vendor's
  /// that the customer's administrator did not install.
  func isOnVendorAccount(_ call: Call, for tenant: String) -> Bool {
    guard let key = call.of.key, call.tenants.contains(tenant) else { return false }
    return keys.owner(of: key) == .vendor && !keys.wasSubmitted(key, by: tenant)
  }
}
