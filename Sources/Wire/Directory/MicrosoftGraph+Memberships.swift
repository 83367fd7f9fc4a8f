extension MicrosoftGraph {
  /// A group or role that somebody is in.
  package struct DirectoryObject: Sendable, Hashable {
    package enum Kind: String, Sendable {
      case group = "#microsoft.graph.group"
      case directoryRole = "#microsoft.graph.directoryRole"
    }

    /// Nil for kinds that are not modelled.
    package var kind: Kind?
    package var id: String
    package var displayName: String?

    package init(kind: Kind?, id: String, displayName: String? = nil) {
      self.kind = kind
      self.id = id
      self.displayName = displayName
    }
  }

  /// One page of `/transitiveMemberOf`.
  package struct DirectoryObjects: Sendable, Hashable {
    package var value: [DirectoryObject]
    /// The whole address of the next page; absent on the last.
    package var nextLink: String?

    package init(value: [DirectoryObject], nextLink: String?) {
      self.value = value
      self.nextLink = nextLink
    }
  }
}

extension MicrosoftGraph.DirectoryObjects: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("@odata.context", "https://graph.microsoft.com/v1.0/$metadata#directoryObjects")
      json.member("@odata.nextLink", nextLink)
      json.member("value", value)
    }
  }

  /// - Throws: `JSONFault`, also for an answer without a list.
  package init(json: [UInt8]) throws {
    var reader = JSONReader(json)
    var value: [MicrosoftGraph.DirectoryObject]?
    var nextLink: String?
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "@odata.nextLink": nextLink = try reader.readString()
      case "value":
        var objects: [MicrosoftGraph.DirectoryObject] = []
        try reader.readArray { objects.append(try .init(from: &$0)) }
        value = objects
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    guard let value else { throw JSONFault.unexpected(.object, at: 0) }
    self.init(value: value, nextLink: nextLink)
  }
}

extension MicrosoftGraph.DirectoryObject: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("@odata.type", kind?.rawValue)
      json.member("displayName", displayName)
      json.member("id", id)
    }
  }

  fileprivate init(from reader: inout JSONReader) throws {
    var object = MicrosoftGraph.DirectoryObject(kind: nil, id: "")
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "@odata.type": object.kind = Kind(rawValue: try reader.readString())
      case "id": object.id = try reader.readString()
      case "displayName": object.displayName = try reader.readString()
      default: try reader.skipValue()
      }
    }
    self = object
  }
}
