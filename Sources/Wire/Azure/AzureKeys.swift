package import Secrets

/// The two keys of a resource, as Azure's resource manager lists them.
package struct AzureKeyPair: Sendable, Hashable {
  package var key1: Secret
  package var key2: Secret

  package init(key1: Secret, key2: Secret) {
    self.key1 = key1
    self.key2 = key2
  }

  /// Writes the keys in the clear: this is how they travel.
  package func json() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(json: "{\"key1\":")
    key1.reveal { bytes.append(jsonString: $0) }
    bytes.append(json: ",\"key2\":")
    key2.reveal { bytes.append(jsonString: $0) }
    bytes.append(json: "}")
    return bytes
  }
}

/// One of a resource's two keys.
package enum AzureKeySlot: String, Sendable, Hashable, CaseIterable {
  case key1 = "Key1"
  case key2 = "Key2"

  package init?(number: Int) {
    guard Self.allCases.indices.contains(number - 1) else { return nil }
    self = Self.allCases[number - 1]
  }

  package var number: Int { self == .key1 ? 1 : 2 }
}

/// The body of `regenerateKey`.
package struct RegenerateKeyRequest: Sendable, Hashable {
  /// As it was sent: what is not `Key1` or `Key2` is refused by name.
  package var keyName: String

  package init(keyName: String) {
    self.keyName = keyName
  }

  package var slot: AzureKeySlot? { AzureKeySlot(rawValue: keyName) }

  /// Nil for a body that is not such a request.
  package init?(json: [UInt8]) {
    var reader = JSONReader(json)
    var keyName: String?
    do {
      try reader.readObject { name, reader in
        if name == "keyName" {
          keyName = try reader.readString()
        } else {
          try reader.skipValue()
        }
      }
      try reader.finish()
    } catch {
      return nil
    }
    guard let keyName else { return nil }
    self.keyName = keyName
  }
}
