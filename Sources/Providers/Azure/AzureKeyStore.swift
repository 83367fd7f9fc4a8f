package import Secrets
package import Wire
import Worlds

/// A harness asked for something that the mock's Azure does not have.
package enum AzureError: Error, Equatable {
  case unknownResource(String)
  case unknownModel(String)
  /// Another key has the value already.
  case valueTaken
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
package struct AzureKeyPropagation: Sendable, Equatable {
  /// How the end of an old value reaches everybody.
  package var oldKeys: RevocationPropagation
  /// From the regeneration until the new value is taken.
  package var newKeysWait: Duration

  package init(oldKeys: RevocationPropagation = .immediate, newKeysWait: Duration = .zero) {
    self.oldKeys = oldKeys
    self.newKeysWait = newKeysWait
  }
}

/// The two keys of every resource, and the values that they had.
struct AzureKeyStore: Sendable {
  /// Values of one key that are remembered: a client that regenerates in a loop must not fill the
  /// memory. Older ones are refused as if they had never been.
  static let mostValues = 1_000

  struct Record: Sendable {
    let key: AzureKey
    let fingerprint: Fingerprint
    var takenFrom: Timestamp?
    var end: KeyEnd?

    /// Settles one call: whether the value is taken, and whether that is only because its end has
    /// not reached the replica that the call met.
    mutating func authenticate(at now: Timestamp) -> (isTaken: Bool, isGrace: Bool) {
      if let takenFrom, now < takenFrom { return (false, false) }
      guard end != nil else { return (true, false) }
      let isTaken = end?.stillAccepts(at: now) == true
      return (isTaken, isTaken)
    }
  }

  private struct Place: Hashable {
    var resource: String
    var slot: AzureKeySlot
  }

  private var records: [Secret: Record] = [:]
  private var current: [Place: AzureKey] = [:]
  private var generations: [Place: Int] = [:]
  private var values: [Place: [Secret]] = [:]
  private let randomness: Randomness
  let fingerprinter: Fingerprinter

  init(resources: [AzureResource], randomness: Randomness) throws(AzureError) {
    self.randomness = randomness
    fingerprinter = Fingerprinter(salt: "provider/\(randomness.seed)")
    for resource in resources {
      for slot in AzureKeySlot.allCases {
        try issue(slot, of: resource.name, value: resource.keys[slot], takenFrom: nil)
      }
    }
  }

  func key(_ slot: AzureKeySlot, of resource: String) throws(AzureError) -> AzureKey {
    guard let key = current[Place(resource: resource, slot: slot)] else {
      throw .unknownResource(resource)
    }
    return key
  }

  /// Whether there was ever such a value.
  func knows(_ secret: Secret) -> Bool {
    records[secret] != nil
  }

  /// Settles one call's key.
  ///
  /// - Returns: nil for a value that was never issued.
  mutating func authenticate(
    _ secret: Secret,
    at now: Timestamp
  ) -> (record: Record, isTaken: Bool, isGrace: Bool)? {
    guard let (isTaken, isGrace) = records[secret]?.authenticate(at: now),
      let record = records[secret]
    else { return nil }
    return (record, isTaken, isGrace)
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
    records[old.secret]?.end = KeyEnd(
      at: now,
      propagation: propagation.oldKeys,
      generator: randomness.generator("end/\(old.id)")
    )
    let takenFrom = propagation.newKeysWait > .zero ? now + propagation.newKeysWait : nil
    try issue(slot, of: resource, takenFrom: takenFrom)
    return old
  }

  private mutating func issue(
    _ slot: AzureKeySlot,
    of resource: String,
    value: Secret? = nil,
    takenFrom: Timestamp?
  ) throws(AzureError) {
    let place = Place(resource: resource, slot: slot)
    let generation = generations[place, default: 0] + 1
    let id = "\(resource)/key\(slot.number)/\(generation)"
    var generator = randomness.generator(id)
    // As long as Azure's own keys of today, and told from them at first sight.
    let secret = value ?? Secret("azure-mock-" + generator.alphanumerics(73))
    guard records[secret] == nil else { throw .valueTaken }
    generations[place] = generation
    let key = AzureKey(id: id, secret: secret, resource: resource, slot: slot)
    current[place] = key
    records[secret] = Record(
      key: key,
      fingerprint: fingerprinter.fingerprint(of: secret),
      takenFrom: takenFrom
    )
    values[place, default: []].append(secret)
    if values[place, default: []].count > Self.mostValues, let oldest = values[place]?.removeFirst()
    {
      records[oldest] = nil
    }
  }
}
