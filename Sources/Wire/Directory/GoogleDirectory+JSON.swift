extension GoogleDirectory.User: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("customerId", customerId)
      json.member("id", id)
      json.member("kind", kind)
      json.member("name", name)
      json.member("organizations", organizations)
      json.member("primaryEmail", primaryEmail)
      json.member("suspended", suspended)
    }
  }

  /// Reads a user as far as a department depends on it; whatever else it holds is skipped.
  ///
  /// - Throws: `JSONFault`, also where a field that is needed has another kind of value.
  package init(json: [UInt8]) throws {
    var reader = JSONReader(json)
    var id: String?
    var user = GoogleDirectory.User(kind: nil, id: "")
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "id": id = try reader.readString()
      case "customerId": user.customerId = try reader.readString()
      case "primaryEmail": user.primaryEmail = try reader.readString()
      case "suspended": user.suspended = try reader.readBool()
      case "organizations":
        var organizations: [GoogleDirectory.Organization] = []
        try reader.readArray { organizations.append(try .init(from: &$0)) }
        user.organizations = organizations
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    guard let id else { throw JSONFault.unexpected(.object, at: 0) }
    user.id = id
    self = user
  }
}

extension GoogleDirectory.Name: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { $0.member("fullName", fullName) }
  }
}

extension GoogleDirectory.Organization: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("department", department)
      json.member("primary", primary)
    }
  }

  fileprivate init(from reader: inout JSONReader) throws {
    var organization = GoogleDirectory.Organization(department: nil)
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "department": organization.department = try reader.readString()
      case "primary": organization.primary = try reader.readBool()
      default: try reader.skipValue()
      }
    }
    self = organization
  }
}
