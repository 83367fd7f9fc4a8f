extension GoogleChat.Event: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("action", action)
      // The newer form says the same again.
      json.member("common", action.map(GoogleChat.FormAction.Common.init))
      json.member("eventTime", eventTime)
      json.member("message", message)
      json.member("space", space)
      json.member("type", type)
      json.member("user", user)
    }
  }

  /// Reads an event as far as anybody needs it to answer; whatever else it holds is skipped.
  ///
  /// - Throws: `JSONFault`, also where a field that is needed has another kind of value.
  package init(json: [UInt8]) throws {
    var reader = JSONReader(json)
    var type: String?
    var event = GoogleChat.Event(type: "")
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "type": type = try reader.readString()
      case "eventTime": event.eventTime = try reader.readString()
      case "message": event.message = try GoogleChat.Message(from: &reader)
      case "space": event.space = try GoogleChat.Space(from: &reader)
      case "user": event.user = try GoogleChat.User(from: &reader)
      case "action": event.action = try GoogleChat.FormAction(from: &reader)
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    guard let type else { throw JSONFault.unexpected(.object, at: 0) }
    event.type = type
    self = event
  }
}

extension GoogleChat.Message: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("annotations", annotations)
      json.member("argumentText", argumentText)
      json.member("cardsV2", raw: cards)
      json.member("createTime", createTime)
      json.member("lastUpdateTime", lastUpdateTime)
      json.member("name", name)
      json.member("sender", sender)
      json.member("slashCommand", slashCommand)
      json.member("space", space)
      json.member("text", text)
      json.member("thread", thread)
    }
  }

  /// Reads a message without its annotations.
  ///
  /// - Throws: `JSONFault`, also where a field has another kind of value.
  package init(json: [UInt8]) throws {
    var reader = JSONReader(json)
    try self.init(from: &reader)
    try reader.finish()
  }

  fileprivate init(from reader: inout JSONReader) throws {
    var message = GoogleChat.Message()
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "argumentText": message.argumentText = try reader.readString()
      case "cardsV2": message.cards = Array(try reader.readRaw())
      case "slashCommand": message.slashCommand = try GoogleChat.SlashCommand(from: &reader)
      case "createTime": message.createTime = try reader.readString()
      case "lastUpdateTime": message.lastUpdateTime = try reader.readString()
      case "name": message.name = try reader.readString()
      case "sender": message.sender = try GoogleChat.User(from: &reader)
      case "space": message.space = try GoogleChat.Space(from: &reader)
      case "text": message.text = try reader.readString()
      case "thread": message.thread = try GoogleChat.MessageThread(from: &reader)
      default: try reader.skipValue()
      }
    }
    self = message
  }
}

extension GoogleChat.User: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("displayName", displayName)
      json.member("domainId", domainId)
      json.member("email", email)
      json.member("name", name)
      json.member("type", type)
    }
  }

  fileprivate init(from reader: inout JSONReader) throws {
    var name: String?
    var user = GoogleChat.User(name: "")
    try reader.readObject { member, reader in
      if try reader.readNull() { return }
      switch member {
      case "displayName": user.displayName = try reader.readString()
      case "domainId": user.domainId = try reader.readString()
      case "email": user.email = try reader.readString()
      case "name": name = try reader.readString()
      case "type": user.type = try reader.readString()
      default: try reader.skipValue()
      }
    }
    guard let name else { throw JSONFault.unexpected(.object, at: 0) }
    user.name = name
    self = user
  }
}

extension GoogleChat.Space: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("displayName", displayName)
      json.member("name", name)
      json.member("singleUserBotDm", singleUserBotDm)
      json.member("spaceType", spaceType)
      json.member("type", type)
    }
  }

  fileprivate init(from reader: inout JSONReader) throws {
    var name: String?
    var space = GoogleChat.Space(name: "")
    try reader.readObject { member, reader in
      if try reader.readNull() { return }
      switch member {
      case "displayName": space.displayName = try reader.readString()
      case "name": name = try reader.readString()
      case "singleUserBotDm": space.singleUserBotDm = try reader.readBool()
      case "spaceType": space.spaceType = try reader.readString()
      case "type": space.type = try reader.readString()
      default: try reader.skipValue()
      }
    }
    guard let name else { throw JSONFault.unexpected(.object, at: 0) }
    space.name = name
    self = space
  }
}

extension GoogleChat.MessageThread: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("name", name)
      json.member("threadKey", threadKey)
    }
  }

  fileprivate init(from reader: inout JSONReader) throws {
    var thread = GoogleChat.MessageThread()
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "name": thread.name = try reader.readString()
      case "threadKey": thread.threadKey = try reader.readString()
      default: try reader.skipValue()
      }
    }
    self = thread
  }
}

extension GoogleChat.Annotation: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("length", length)
      json.member("startIndex", startIndex)
      json.member("type", type)
      json.member("userMention", userMention)
    }
  }
}

extension GoogleChat.Annotation.UserMention: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("type", type)
      json.member("user", user)
    }
  }
}
