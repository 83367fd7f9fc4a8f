package import Secrets
package import Worlds

/// What became of every key: made, installed, replaced, removed, ended; and what follows from it
/// for each customer.
package struct KeyRegister: Sendable {
  package struct Key: Sendable {
    package var created: Story.Occurrence<Event.KeyCreated>
    package internal(set) var ended: Story.Occurrence<Event.KeyEnded>?

    /// Whether no machine of the provider may take the key any more for a call. What succeeds in
    /// the provider's own window is the provider's.
    package func isDead(atOrder order: Int, arrivedAt: Timestamp) -> Bool {
      guard let end = ended?.of else { return false }
      return order > end.afterOrder && end.spreadUntil.map { arrivedAt > $0 } ?? true
    }
  }

  package private(set) var keys: [Fingerprint: Key] = [:]
  /// All uses of the admin API, in order.
  package private(set) var actions: [Story.Occurrence<Event.AdminAction>] = []
  /// Times at which the key that a customer had installed last was gone, in order.
  package private(set) var revocations: [Revocation] = []
  /// Replacements in which the old key ended after the new one was in place, in order.
  package private(set) var rotations: [Rotation] = []

  private var custody: [String: Custody] = [:]
  /// Installations, checks and removals of each customer, in order.
  private(set) var keyActions: [String: [Story.Occurrence<Event.AdminAction>]] = [:]
  private(set) var submitters: [Fingerprint: [String]] = [:]
  /// For each key the hosts that administrators named with it.
  private var destinations: [Fingerprint: Set<String>] = [:]

  /// A customer whose key is gone: nothing may take its place until another is installed.
  package struct Revocation: Sendable {
    package enum Cause: Sendable, Equatable {
      /// The provider no longer takes the key.
      case endedAtProvider
      /// An administrator took it out of the vendor's settings.
      case removedInSettings
    }

    package var tenant: String
    package var cause: Cause
    package var key: Fingerprint
    package var event: Int
    package var at: Timestamp
    /// Calls of a higher order came after it.
    package var afterOrder: Int
    /// The installation that ended it.
    package internal(set) var ended: Story.Occurrence<Event.AdminAction>?

    /// Whether a moment lies in it. It ends with the submission of the new key, since the vendor
    /// may use that from then on.
    package func contains(_ moment: Timestamp) -> Bool {
      moment >= at && ended.map { moment < $0.of.submittedAt } ?? true
    }
  }

  package struct Rotation: Sendable {
    package var tenant: String
    package var old: Fingerprint
    package var installed: Story.Occurrence<Event.AdminAction>
    package var ended: Story.Occurrence<Event.KeyEnded>
  }

  /// A customer's keys as the settings hold them at one moment.
  private struct Custody {
    /// The one that was installed last, while the provider takes it.
    var current: Fingerprint?
    /// The one that the vendor was told to go on with when the provider ends the current one.
    var standby: Fingerprint?
    /// For each key that was replaced while it lived, the installation that replaced it.
    var successors: [Fingerprint: Story.Occurrence<Event.AdminAction>] = [:]
    /// Index of the revocation that is on.
    var revocation: Int?
  }

  mutating func created(_ creation: Story.Occurrence<Event.KeyCreated>) {
    if keys[creation.of.key] == nil { keys[creation.of.key] = Key(created: creation) }
  }

  mutating func ended(_ end: Story.Occurrence<Event.KeyEnded>) {
    guard keys[end.of.key] != nil, keys[end.of.key]?.ended == nil else { return }
    keys[end.of.key]?.ended = end
    for tenant in custody.keys.sorted() {
      if custody[tenant]?.current == end.of.key {
        if let standby = custody[tenant]?.standby, keys[standby]?.ended == nil {
          custody[tenant]?.current = standby
          continue
        }
        revoke(tenant, .endedAtProvider, by: end, afterOrder: end.of.afterOrder)
      } else if let successor = custody[tenant]?.successors[end.of.key] {
        rotations.append(
          Rotation(tenant: tenant, old: end.of.key, installed: successor, ended: end)
        )
      }
    }
  }

  mutating func acted(_ action: Story.Occurrence<Event.AdminAction>) {
    actions.append(action)
    let tenant = action.of.tenant
    switch action.of.verb {
    case .uploadDocument, .removeDocument, .startSubscription, .cancelSubscription: return
    case .installKey, .installStandby, .checkKey:
      if let key = action.of.key, submitters[key]?.contains(tenant) != true {
        submitters[key, default: []].append(tenant)
        submitters[key]?.sort()
      }
      if let key = action.of.key, let host = action.of.providerHost {
        destinations[key, default: []].insert(host)
      }
    case .removeKey: break
    }
    keyActions[tenant, default: []].append(action)
    guard action.of.succeeded else { return }
    if action.of.verb == .installKey { install(action) }
    if action.of.verb == .installStandby {
      custody[tenant, default: Custody()].standby = action.of.key
    }
    if action.of.verb == .removeKey, custody[tenant]?.current != nil {
      revoke(tenant, .removedInSettings, by: action, afterOrder: action.of.afterOrder)
    }
  }

  /// Where the customers' administrators said that a key belongs; empty when nobody said.
  package func destinations(of key: Fingerprint) -> Set<String> { destinations[key] ?? [] }

  private mutating func install(_ action: Story.Occurrence<Event.AdminAction>) {
    guard let key = action.of.key, let known = keys[key], known.ended == nil else { return }
    var holding = custody[action.of.tenant] ?? Custody()
    if let replaced = holding.current, replaced != key { holding.successors[replaced] = action }
    holding.successors[key] = nil
    holding.current = key
    if let index = holding.revocation { revocations[index].ended = action }
    holding.revocation = nil
    custody[action.of.tenant] = holding
  }

  private mutating func revoke<Payload>(
    _ tenant: String,
    _ cause: Revocation.Cause,
    by event: Story.Occurrence<Payload>,
    afterOrder: Int
  ) {
    guard let key = custody[tenant]?.current else { return }
    custody[tenant] = Custody(revocation: revocations.count)
    revocations.append(
      Revocation(
        tenant: tenant,
        cause: cause,
        key: key,
        event: event.event,
        at: event.at,
        afterOrder: afterOrder
      )
    )
  }
}
