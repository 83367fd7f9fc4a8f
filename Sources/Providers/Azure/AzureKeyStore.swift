package import Secrets
package import Wire
import Worlds

/// A harness asked for something that the mock's Azure does not have.
package enum AzureError: Error, Equatable {
  case unknownResource(String)
  case unknownModel(String)
}

/// One value that a resource's key has or had.
package struct AzureKey: Sendable, Hashable {
  /// `NAME/key1/3`: the third value of the first key.
  package var id: String
  package var secret: Secret
  package var resource: String
  package var slot: AzureKeySlot
}

/// How long the service goes on with what it knew of a key before it was regenerated. Azure
/// documents the old value's end as immediate, and reports tell of new ones that take a while.
package struct AzureKeyPropagation: Sendable, Hashable {
  /// From the regeneration until the old value is refused.
  package var oldKeysLast: Duration
  /// From the regeneration until the new value is taken.
  package var newKeysWait: Duration

  package init(oldKeysLast: Duration = .zero, newKeysWait: Duration = .zero) {
    self.oldKeysLast = oldKeysLast
    self.newKeysWait = newKeysWait
  }
}

/// The two keys of every resource, and all values that they ever had.
struct AzureKeyStore: Sendable {
  struct Record: Sendable {
    var key: AzureKey
    var takenFrom: Timestamp?
    var refusedFrom: Timestamp?

    func isTaken(at now: Timestamp) -> Bool {
      (takenFrom.map { now >= $0 } ?? true) && (refusedFrom.map { now < $0 } ?? true)
    }
  }

  private struct Place: Hashable {
    var resource: String
    var slot: AzureKeySlot
  }

  private var records: [Secret: Record] = [:]
  private var current: [Place: AzureKey] = [:]
  private var generations: [Place: Int] = [:]
  private let randomness: Randomness

  init(resources: [AzureResource], randomness: Randomness) {
    self.randomness = randomness
    for resource in resources {
      for slot in AzureKeySlot.allCases { issue(slot, of: resource.name, takenFrom: nil) }
    }
  }

  func key(_ slot: AzureKeySlot, of resource: String) throws(AzureError) -> AzureKey {
    guard let key = current[Place(resource: resource, slot: slot)] else {
      throw .unknownResource(resource)
    }
    return key
  }

  /// The value, whether it is still taken or not; nil for one that was never issued.
  func record(of secret: Secret) -> Record? {
    records[secret]
  }

  /// Gives one of the two keys a new value.
  ///
  /// - Returns: the value that ends.
  mutating func regenerate(
    _ slot: AzureKeySlot,
    of resource: String,
    at now: Timestamp,
    _ propagation: AzureKeyPropagation
  ) throws(AzureError) -> AzureKey {
    let old = try key(slot, of: resource)
    records[old.secret]?.refusedFrom = now + propagation.oldKeysLast
    let takenFrom = propagation.newKeysWait > .zero ? now + propagation.newKeysWait : nil
    issue(slot, of: resource, takenFrom: takenFrom)
    return old
  }

  private mutating func issue(
    _ slot: AzureKeySlot,
    of resource: String,
    takenFrom: Timestamp?
  ) {
    let place = Place(resource: resource, slot: slot)
    let generation = generations[place, default: 0] + 1
    generations[place] = generation
    let id = "\(resource)/key\(slot.number)/\(generation)"
    var generator = randomness.generator(id)
    // As long as Azure's own keys of today, and told from them at first sight.
    let secret = Secret("azure-mock-" + generator.alphanumerics(73))
    let key = AzureKey(id: id, secret: secret, resource: resource, slot: slot)
    current[place] = key
    records[secret] = Record(key: key, takenFrom: takenFrom, refusedFrom: nil)
  }
}
