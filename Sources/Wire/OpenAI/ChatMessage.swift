/// One message of a conversation.
package struct ChatMessage: Sendable, Equatable {
  package enum Role: String, Sendable, Codable {
    case developer
    case system
    case user
    case assistant
    case tool
  }

  package var role: Role
  /// Text parts are joined by line feeds when they are read.
  package var content: String
  /// What an assistant had called.
  package var toolCalls: [ToolCall] = []
  /// Of a tool's message: the call that it answers.
  package var toolCallID: String?
  /// Images, sounds and files among its parts: they cost tokens, and nothing else is done with
  /// them.
  package var attachments = 0

  package init(role: Role, content: String) {
    self.role = role
    self.content = content
  }
}

extension ChatMessage {
  func appendToolMembers(to bytes: inout [UInt8]) {
    if !toolCalls.isEmpty {
      bytes.append(json: ",\"tool_calls\":[")
      for (index, call) in toolCalls.enumerated() {
        if index > 0 { bytes.append(json: ",") }
        call.append(to: &bytes)
      }
      bytes.append(json: "]")
    }
    if let toolCallID {
      bytes.append(json: ",\"tool_call_id\":")
      bytes.append(jsonString: toolCallID)
    }
  }

  static func readAll(from reader: inout JSONReader) throws -> [ChatMessage] {
    var messages: [ChatMessage] = []
    try RequestFault.naming("messages", wanted: "an array of objects") {
      try reader.readArray { reader in
        guard messages.count < ChatCompletionRequest.maximumMessages else {
          throw RequestFault.invalid(
            parameter: "messages",
            wanted: "at most \(ChatCompletionRequest.maximumMessages) messages"
          )
        }
        let number = messages.count
        messages.append(
          try RequestFault.naming("messages[\(number)]", wanted: "an object with a role") {
            try ChatMessage(from: &reader, number: number)
          }
        )
      }
    }
    return messages
  }

  private init(from reader: inout JSONReader, number: Int) throws {
    var role: Role?
    var message = ChatMessage(role: .user, content: "")
    try reader.readObject { name, reader in
      switch name {
      case "role":
        let place = "messages[\(number)].role"
        let word = try RequestFault.naming(place, wanted: "a string") { try reader.readString() }
        guard let known = Role(rawValue: word) else {
          throw RequestFault.invalid(
            parameter: place,
            wanted: "one of developer, system, user, assistant, tool"
          )
        }
        role = known
      case "content":
        switch try reader.nextKind() {
        case .null: _ = try reader.readNull()
        case .string: message.content = try reader.readString()
        default:
          let place = "messages[\(number)].content"
          try RequestFault.naming(place, wanted: "a string or an array of parts") {
            try message.readParts(from: &reader, parameter: place)
          }
        }
      case "tool_calls":
        if try reader.readNull() { break }
        try reader.readArray { reader in
          let place = "messages[\(number)].tool_calls[\(message.toolCalls.count)]"
          message.toolCalls.append(try ToolCall(from: &reader, parameter: place))
        }
      case "tool_call_id":
        if try !reader.readNull() { message.toolCallID = try reader.readString() }
      default: try reader.skipValue()
      }
    }
    guard let role else { throw RequestFault.missing(parameter: "messages[\(number)].role") }
    if role == .tool, message.toolCallID == nil {
      throw RequestFault.missing(parameter: "messages[\(number)].tool_call_id")
    }
    message.role = role
    self = message
  }

  /// The parts of a chat completion's message, or of an item of a response's input.
  mutating func readParts(from reader: inout JSONReader, parameter: String) throws {
    var texts: [String] = []
    try reader.readArray { reader in
      var type: String?
      var text: String?
      var hasAttachment = false
      try reader.readObject { name, reader in
        switch name {
        case "type": type = try reader.readString()
        case "text", "refusal": text = try reader.readString()
        case "image_url":
          // A bare address in responses, an object in chat completions.
          if try reader.nextKind() == .string {
            hasAttachment = try !reader.readString().isEmpty
          } else {
            hasAttachment = try reader.readValue()["url"]?.text != nil
          }
        case "input_audio", "file": hasAttachment = try reader.readValue().members != nil
        case "file_id", "file_data", "file_url":
          if try !reader.readNull() {
            try reader.skipValue()
            hasAttachment = true
          }
        default: try reader.skipValue()
        }
      }
      switch type {
      case "text", "input_text", "output_text", "refusal":
        guard let text else { throw RequestFault.missing(parameter: parameter + ".text") }
        texts.append(text)
      case "image_url", "input_audio", "file", "input_image", "input_file":
        guard hasAttachment else { fallthrough }
        attachments += 1
      default:
        throw RequestFault.invalid(
          parameter: parameter,
          wanted: "parts of text, images, sound or files"
        )
      }
    }
    content = texts.joined(separator: "\n")
  }
}

extension ChatMessage {
  /// - Throws: `RequestFault` where a tool's message answers no call before it, or a call is
  ///   left without an answer.
  static func checkToolCalls(in messages: [ChatMessage]) throws {
    var open: Set<String> = []
    for (number, message) in messages.enumerated() {
      if message.role == .tool {
        guard let id = message.toolCallID, open.remove(id) != nil else {
          throw RequestFault.misplacedToolMessage(number: number)
        }
        continue
      }
      guard open.isEmpty else { throw RequestFault.unansweredToolCalls(open.sorted()) }
      for call in message.toolCalls { open.insert(call.id) }
    }
    guard open.isEmpty else { throw RequestFault.unansweredToolCalls(open.sorted()) }
  }
}
