package import Secrets
package import Worlds

extension KeyRegister {
  /// Whether a call may use a key for a customer.
  package enum Permission: Sendable, Equatable {
    case permitted
    /// The customer's administrator never gave it to the vendor, or the vendor refused it.
    case notInstalled
    /// The administrator had taken it out of the settings.
    case removed
    /// The provider no longer took it.
    case ended
  }

  /// A request that was on the wire when the vendor confirmed a removal may arrive that much
  /// later.
  package static let transit: Duration = .seconds(1)

  /// Judges one call by the order in which the provider authenticated it.
  package func permission(
    of key: Fingerprint,
    for tenant: String,
    order: Int,
    arrivedAt: Timestamp
  ) -> Permission {
    var installed = false
    var removed = false
    for action in keyActions[tenant] ?? [] where action.of.submittedAt <= arrivedAt {
      switch action.of.verb {
      case .installKey, .installStandby, .checkKey:
        guard action.of.key == key else { continue }
        // Without an answer, or before it, the vendor may hold the key; a refusal settles that it
        // does not.
        let isOpen = action.at + Self.transit >= arrivedAt
        let isRefused = (400..<500).contains(action.of.status) || action.of.verb == .checkKey
        guard isOpen || !isRefused else { continue }
        installed = true
        removed = false
      case .removeKey:
        // There is one place for a key, its standby included: what is taken out leaves none.
        guard action.of.succeeded else { continue }
        if order > action.of.afterOrder, arrivedAt > action.at + Self.transit { removed = true }
      case .uploadDocument, .removeDocument, .startSubscription, .cancelSubscription: continue
      }
    }
    guard installed else { return .notInstalled }
    if removed { return .removed }
    let isDead = keys[key]?.isDead(atOrder: order, arrivedAt: arrivedAt) ?? false
    return isDead ? .ended : .permitted
  }

  /// Whether a customer's administrator ever handed this key to the vendor.
  package func wasSubmitted(_ key: Fingerprint, by tenant: String) -> Bool {
    submitters[key]?.contains(tenant) ?? false
  }

  /// The customers whose administrators handed this key to the vendor, sorted.
  package func submitters(of key: Fingerprint) -> [String] { submitters[key] ?? [] }

  package func owner(of key: Fingerprint) -> KeyOwner? { keys[key]?.created.of.owner }

  /// For people: the name that the story gives a key, else its fingerprint.
  package func name(of key: Fingerprint?) -> String {
    guard let key else { return "no key" }
    return keys[key].map(\.created.of.name) ?? "the unknown key \(key)"
  }

  /// The revocation of a customer that a moment lies in.
  package func revocation(of tenant: String, at moment: Timestamp) -> Revocation? {
    revocations.last { $0.tenant == tenant && $0.contains(moment) }
  }
}
