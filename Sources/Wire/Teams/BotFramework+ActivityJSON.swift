extension BotFramework.Activity {
  /// Reads an activity as far as anybody needs it to answer; whatever else it holds is skipped.
  ///
  /// - Throws: `JSONFault`, also where a field that is needed has another kind of value.
  package init(json: [UInt8]) throws {
    var reader = JSONReader(json)
    var type: String?
    var activity = BotFramework.Activity(type: "")
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "type": type = try reader.readString()
      case "id": activity.id = try reader.readString()
      case "serviceUrl": activity.serviceUrl = try reader.readString()
      case "channelId": activity.channelId = try reader.readString()
      case "text": activity.text = try reader.readString()
      case "replyToId": activity.replyToId = try reader.readString()
      case "from": activity.from = try BotFramework.ChannelAccount(from: &reader)
      case "recipient": activity.recipient = try BotFramework.ChannelAccount(from: &reader)
      case "conversation":
        activity.conversation = try BotFramework.ConversationAccount(from: &reader)
      case "entities": activity.entities = try BotFramework.Entity.readAll(from: &reader)
      case "channelData": activity.channelData = try BotFramework.ChannelData(from: &reader)
      case "name": activity.name = try reader.readString()
      case "value":
        let value = try BotFramework.InvokeValue(from: &reader)
        activity.cardAction = value.cardAction
        activity.feedback = value.feedback
      case "attachments": activity.cards = try BotFramework.readCards(from: &reader)
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    guard let type else { throw JSONFault.unexpected(.object, at: 0) }
    activity.type = type
    self = activity
  }
}

extension BotFramework.Activity: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("channelData", channelData)
      json.member("channelId", channelId)
      json.member("conversation", conversation)
      json.member("entities", entities)
      json.member("from", from)
      json.member("id", id)
      json.member("inputHint", inputHint)
      json.member("locale", locale)
      json.member("name", name)
      json.member("recipient", recipient)
      json.member("replyToId", replyToId)
      json.member("serviceUrl", serviceUrl)
      json.member("text", text)
      json.member("textFormat", textFormat)
      json.member("timestamp", timestamp)
      json.member("type", type)
      json.member("value", cardAction)
      json.member("value", feedback)
    }
  }
}

extension BotFramework.ChannelAccount: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("aadObjectId", aadObjectId)
      json.member("id", id)
      json.member("name", name)
    }
  }

  fileprivate init(from reader: inout JSONReader) throws {
    var account = BotFramework.ChannelAccount(id: "")
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "id": account.id = try reader.readString()
      case "name": account.name = try reader.readString()
      case "aadObjectId": account.aadObjectId = try reader.readString()
      default: try reader.skipValue()
      }
    }
    self = account
  }
}

extension BotFramework.ConversationAccount: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("conversationType", conversationType)
      json.member("id", id)
      json.member("isGroup", isGroup)
      json.member("name", name)
      json.member("tenantId", tenantId)
    }
  }

  fileprivate init(from reader: inout JSONReader) throws {
    var account = BotFramework.ConversationAccount(id: "")
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "id": account.id = try reader.readString()
      case "conversationType": account.conversationType = try reader.readString()
      case "tenantId": account.tenantId = try reader.readString()
      case "isGroup": account.isGroup = try reader.readBool()
      default: try reader.skipValue()
      }
    }
    self = account
  }
}

extension BotFramework.Entity: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("mentioned", mentioned)
      json.member("streamId", streamId)
      json.member("streamSequence", streamSequence.map(Double.init))
      json.member("streamType", streamType)
      json.member("text", text)
      json.member("type", type)
    }
  }

  /// Entities are an open bag: those that are neither mentions nor pieces of a stream are passed
  /// over, whatever they hold.
  fileprivate static func readAll(from reader: inout JSONReader) throws -> [Self] {
    guard try reader.nextKind() == .array else {
      try reader.skipValue()
      return []
    }
    var entities: [Self] = []
    try reader.readArray { reader in
      guard try reader.nextKind() == .object else { return try reader.skipValue() }
      var entity = BotFramework.Entity(type: "")
      try reader.readObject { name, reader in
        switch (name, try reader.nextKind()) {
        case ("type", .string): entity.type = try reader.readString()
        case ("text", .string): entity.text = try reader.readString()
        case ("mentioned", .object):
          entity.mentioned = try BotFramework.ChannelAccount(from: &reader)
        case ("streamId", .string): entity.streamId = try reader.readString()
        case ("streamType", .string): entity.streamType = try reader.readString()
        case ("streamSequence", .number):
          entity.streamSequence = Int(exactly: try reader.readDouble())
        default: try reader.skipValue()
        }
      }
      if ["mention", "streaminfo"].contains(entity.type) { entities.append(entity) }
    }
    return entities
  }
}

extension BotFramework.ChannelData: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("channel", channel)
      json.member("feedbackLoop", feedbackLoop)
      json.member("team", team)
      json.member("tenant", tenant)
    }
  }

  fileprivate init(from reader: inout JSONReader) throws {
    self.init()
    guard try reader.nextKind() == .object else {
      try reader.skipValue()
      return
    }
    var data = self
    try reader.readObject { name, reader in
      switch (name, try reader.nextKind()) {
      case ("tenant", .object):
        data.tenant = try Self.text("id", in: &reader).map { BotFramework.Identified(id: $0) }
      case ("feedbackLoop", .object):
        data.feedbackLoop = try Self.text("type", in: &reader)
          .map { BotFramework.FeedbackLoop(type: $0) }
      default: try reader.skipValue()
      }
    }
    self = data
  }

  /// The member of an object that is a string.
  private static func text(_ wanted: String, in reader: inout JSONReader) throws -> String? {
    var text: String?
    try reader.readObject { name, reader in
      guard name == wanted, try reader.nextKind() == .string else {
        return try reader.skipValue()
      }
      text = try reader.readString()
    }
    return text
  }
}

extension BotFramework.FeedbackLoop: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { $0.member("type", type) }
  }
}

extension BotFramework.Identified: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { $0.member("id", id) }
  }
}

extension BotFramework.ResourceResponse: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { $0.member("id", id) }
  }
}
