extension GoogleDirectory {
  package static let groupScope =
    "https://www.googleapis.com/auth/admin.directory.group.readonly"

  package struct Group: Sendable, Hashable {
    package var id: String
    package var email: String
    package var name: String?

    package init(id: String, email: String, name: String? = nil) {
      self.id = id
      self.email = email
      self.name = name
    }
  }

  /// One page of `groups?userKey=`.
  package struct Groups: Sendable, Hashable {
    package var groups: [Group]
    /// Absent or empty on the last page.
    package var nextPageToken: String?

    package init(groups: [Group], nextPageToken: String?) {
      self.groups = groups
      self.nextPageToken = nextPageToken
    }
  }
}

extension GoogleDirectory.Groups: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("groups", groups)
      json.member("kind", "admin#directory#groups")
      json.member("nextPageToken", nextPageToken)
    }
  }

  /// Somebody in no group gets an answer without a list.
  ///
  /// - Throws: `JSONFault`.
  package init(json: [UInt8]) throws {
    var reader = JSONReader(json)
    var groups: [GoogleDirectory.Group] = []
    var nextPageToken: String?
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "groups": try reader.readArray { groups.append(try .init(from: &$0)) }
      case "nextPageToken": nextPageToken = try reader.readString()
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    self.init(groups: groups, nextPageToken: nextPageToken)
  }
}

extension GoogleDirectory.Group: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("email", email)
      json.member("id", id)
      json.member("kind", "admin#directory#group")
      json.member("name", name)
    }
  }

  fileprivate init(from reader: inout JSONReader) throws {
    var group = GoogleDirectory.Group(id: "", email: "")
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "id": group.id = try reader.readString()
      case "email": group.email = try reader.readString()
      case "name": group.name = try reader.readString()
      default: try reader.skipValue()
      }
    }
    self = group
  }
}
