package import Secrets

/// Version 2 of the key-value engine: every write makes a version, and versions are deleted (to be
/// had again) or destroyed (gone) one by one.
extension Vault {
  /// The body of `POST {mount}/data/{path}`.
  package struct Write: Sendable, Hashable {
    package var data: JSONValue
    /// The version that must be the present one; 0 for a secret that must not exist.
    package var checkAndSet: Int?

    package init(data: JSONValue, checkAndSet: Int? = nil) {
      self.data = data
      self.checkAndSet = checkAndSet
    }

    package init?(json: [UInt8]) {
      guard let value = try? JSONValue(json: json), let data = value["data"], data.members != nil
      else { return nil }
      let option = value["options"]?["cas"]
      if let option, option != .null {
        guard let number = option.wholeNumber, number >= 0 else { return nil }
        checkAndSet = number
      } else {
        checkAndSet = nil
      }
      self.data = data
    }

    package func json() -> [UInt8] {
      var members = [JSONValue.Member("data", data)]
      if let checkAndSet { members.append(.init("options", ["cas": .integer(checkAndSet)])) }
      return JSONValue.object(members).json()
    }
  }

  /// What is known of one version without its content.
  package struct VersionMetadata: Sendable, Hashable {
    package var version: Int
    /// As the server writes times, with nine digits of a fraction.
    package var createdTime: String
    /// Empty while the version is not deleted.
    package var deletionTime: String
    package var destroyed: Bool

    package init(version: Int, createdTime: String, deletionTime: String, destroyed: Bool) {
      self.version = version
      self.createdTime = createdTime
      self.deletionTime = deletionTime
      self.destroyed = destroyed
    }

    package init?(_ value: JSONValue) {
      guard let version = value["version"]?.wholeNumber else { return nil }
      self.init(
        version: version,
        createdTime: value["created_time"]?.text ?? "",
        deletionTime: value["deletion_time"]?.text ?? "",
        destroyed: value["destroyed"]?.flag ?? false
      )
    }

    package var value: JSONValue {
      [
        "created_time": .string(createdTime), "custom_metadata": .null,
        "deletion_time": .string(deletionTime), "destroyed": .bool(destroyed),
        "version": .integer(version),
      ]
    }
  }

  /// The data of an answer to `GET {mount}/metadata/{path}`: what is known of a secret without any
  /// of its contents.
  package struct SecretMetadata: Sendable, Hashable {
    package var currentVersion: Int
    /// In the order of their numbers.
    package var versions: [VersionMetadata]

    package init?(_ data: JSONValue) {
      guard let current = data["current_version"]?.wholeNumber,
        let members = data["versions"]?.members
      else { return nil }
      currentVersion = current
      versions = []
      for member in members {
        guard let number = Int(member.name) else { return nil }
        versions.append(
          VersionMetadata(
            version: number,
            createdTime: member.value["created_time"]?.text ?? "",
            deletionTime: member.value["deletion_time"]?.text ?? "",
            destroyed: member.value["destroyed"]?.flag ?? false
          )
        )
      }
      versions.sort { $0.version < $1.version }
    }
  }

  /// The data of an answer to `GET {mount}/data/{path}`.
  package struct Reading: Sendable, Hashable {
    /// The secret's texts by their names; nil for a version that is deleted or destroyed.
    package var texts: [String: Secret]?
    package var metadata: VersionMetadata

    package init?(_ data: JSONValue) {
      guard let metadata = data["metadata"].flatMap(VersionMetadata.init) else { return nil }
      self.metadata = metadata
      texts = data["data"]?.members?.reduce(into: [:]) { texts, member in
        texts[member.name] = member.value.text.map { Secret($0) }
      }
    }
  }

  /// The body of `delete`, `undelete` and `destroy`: `{"versions":[1]}`.
  package struct Versions: Sendable, Hashable {
    package var versions: [Int]

    package init(_ versions: [Int]) {
      self.versions = versions
    }

    package init?(json: [UInt8]) {
      guard let elements = (try? JSONValue(json: json))?["versions"]?.elements else { return nil }
      versions = []
      for element in elements {
        // The command line client sends them as texts.
        guard let number = element.wholeNumber ?? element.text.flatMap({ Int($0) }) else {
          return nil
        }
        versions.append(number)
      }
      guard !versions.isEmpty else { return nil }
    }

    package func json() -> [UInt8] {
      let value: JSONValue = ["versions": .array(versions.map(JSONValue.integer))]
      return value.json()
    }
  }
}
