extension GoogleChat.SlashCommand: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { $0.member("commandId", commandId) }
  }

  /// The id is a number that some bodies write as a string.
  init(from reader: inout JSONReader) throws {
    var id = ""
    try reader.readObject { name, reader in
      switch (name, try reader.nextKind()) {
      case ("commandId", .string): id = try reader.readString()
      case ("commandId", .number): id = String(try reader.readDouble())
      default: try reader.skipValue()
      }
    }
    self.init(commandId: id)
  }
}

extension GoogleChat.FormAction: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("actionMethodName", actionMethodName)
      json.member("parameters", parameters)
    }
  }

  /// `common`, which says of a button what `action` says.
  struct Common: JSONWritable {
    let action: GoogleChat.FormAction

    func write(to json: inout JSONWriter) {
      json.object { json in
        json.member("hostApp", "CHAT")
        json.member("invokedFunction", action.actionMethodName)
        json.member("parameters", Map(parameters: action.parameters ?? []))
      }
    }
  }

  private struct Map: JSONWritable {
    let parameters: [Parameter]

    func write(to json: inout JSONWriter) {
      json.object { json in
        for parameter in parameters { json.member(parameter.key, parameter.value) }
      }
    }
  }

  init(from reader: inout JSONReader) throws {
    self.init(actionMethodName: "")
    var action = self
    try reader.readObject { name, reader in
      switch (name, try reader.nextKind()) {
      case ("actionMethodName", .string): action.actionMethodName = try reader.readString()
      case ("parameters", .array): action.parameters = try Parameter.readAll(from: &reader)
      default: try reader.skipValue()
      }
    }
    self = action
  }
}

extension GoogleChat.FormAction.Parameter: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("key", key)
      json.member("value", value)
    }
  }

  package static func readAll(from reader: inout JSONReader) throws -> [Self] {
    var parameters: [Self] = []
    try reader.readArray { reader in
      var parameter = Self(key: "", value: "")
      try reader.readObject { name, reader in
        switch (name, try reader.nextKind()) {
        case ("key", .string): parameter.key = try reader.readString()
        case ("value", .string): parameter.value = try reader.readString()
        default: try reader.skipValue()
        }
      }
      parameters.append(parameter)
    }
    return parameters
  }
}
