extension BotFramework {
  /// The Adaptive Cards among an activity's attachments; others are passed over.
  static func readCards(from reader: inout JSONReader) throws -> [[UInt8]] {
    guard try reader.nextKind() == .array else {
      try reader.skipValue()
      return []
    }
    var cards: [[UInt8]] = []
    try reader.readArray { reader in
      guard try reader.nextKind() == .object else { return try reader.skipValue() }
      var contentType = ""
      var content: ArraySlice<UInt8> = []
      try reader.readObject { name, reader in
        switch (name, try reader.nextKind()) {
        case ("contentType", .string): contentType = try reader.readString()
        case ("content", .object): content = try reader.readRaw()
        default: try reader.skipValue()
        }
      }
      if contentType == adaptiveCard { cards.append(Array(content)) }
    }
    return cards
  }
}

extension BotFramework.CardAction {
  /// Reads the `value` of an invoke; nil where no button is in it.
  init?(pressedIn reader: inout JSONReader) throws {
    guard try reader.nextKind() == .object else {
      try reader.skipValue()
      return nil
    }
    var action: Self?
    try reader.readObject { name, reader in
      guard name == "action", try reader.nextKind() == .object else {
        return try reader.skipValue()
      }
      action = try Self(from: &reader)
    }
    guard let action else { return nil }
    self = action
  }

  /// Reads an action, as it stands in a card or in an invoke.
  package init(from reader: inout JSONReader) throws {
    self.init(type: "", verb: "", data: [])
    var action = self
    try reader.readObject { name, reader in
      switch (name, try reader.nextKind()) {
      case ("type", .string): action.type = try reader.readString()
      case ("verb", .string): action.verb = try reader.readString()
      case ("title", .string): action.title = try reader.readString()
      case ("data", .object):
        try reader.readObject { name, reader in
          guard try reader.nextKind() == .string else { return try reader.skipValue() }
          action.data.append(BotFramework.Field(name: name, value: try reader.readString()))
        }
      default: try reader.skipValue()
      }
    }
    self = action
  }
}

extension BotFramework.CardAction: JSONWritable {
  /// As the `value` of an invoke.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("action", Inner(action: self))
      json.member("trigger", "manual")
    }
  }

  private struct Inner: JSONWritable {
    let action: BotFramework.CardAction

    func write(to json: inout JSONWriter) {
      json.object { json in
        json.member("data", Data(fields: action.data))
        json.member("title", action.title)
        json.member("type", action.type)
        json.member("verb", action.verb)
      }
    }
  }

  private struct Data: JSONWritable {
    let fields: [BotFramework.Field]

    func write(to json: inout JSONWriter) {
      json.object { json in
        for field in fields { json.member(field.name, field.value) }
      }
    }
  }
}
