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

extension BotFramework {
  /// The `value` of an invoke, as far as a button is in it.
  struct InvokeValue {
    var cardAction: CardAction?
    var feedback: Feedback?

    init(from reader: inout JSONReader) throws {
      guard try reader.nextKind() == .object else {
        try reader.skipValue()
        return
      }
      var (action, name): (CardAction?, String?)
      var reaction: String?
      try reader.readObject { member, reader in
        switch (member, try reader.nextKind()) {
        case ("action", .object): action = try CardAction(from: &reader)
        case ("actionName", .string): name = try reader.readString()
        case ("actionValue", .object):
          try reader.readObject { member, reader in
            guard member == "reaction", try reader.nextKind() == .string else {
              return try reader.skipValue()
            }
            reaction = try reader.readString()
          }
        default: try reader.skipValue()
        }
      }
      cardAction = action
      if name == Feedback.actionName, let reaction { feedback = Feedback(reaction: reaction) }
    }
  }

  /// What a person thinks of a message, by the thumbs that Teams itself puts under it. The words
  /// that may come with it are not read.
  package struct Feedback: Sendable, Hashable {
    static let actionName = "feedback"

    /// `like` or `dislike`.
    package var reaction: String

    package init(reaction: String) {
      self.reaction = reaction
    }
  }

  package static let submitActionName = "message/submitAction"
}

extension BotFramework.Feedback: JSONWritable {
  /// As the `value` of an invoke, with the form's words left empty.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("actionName", Self.actionName)
      json.member("actionValue", Inner(reaction: reaction))
    }
  }

  private struct Inner: JSONWritable {
    let reaction: String

    func write(to json: inout JSONWriter) {
      json.object { json in
        json.member("feedback", "{}")
        json.member("reaction", reaction)
      }
    }
  }
}

extension BotFramework.CardAction {
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
