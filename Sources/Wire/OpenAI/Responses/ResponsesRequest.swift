/// The body of `POST /v1/responses`.
package struct ResponsesRequest: Sendable, Equatable {
  /// The request in the terms of a chat completion. Its messages are the input's alone: neither
  /// the instructions nor what an earlier response said.
  package var chat: ChatCompletionRequest
  package var instructions: String?
  package var previousResponseID: String?
  /// Whether the response can be asked for later.
  package var store: Bool
  /// The items of the input, as they are listed.
  package var items: [JSONValue]
  /// All members, for the response that states them again.
  package var members: JSONValue

  /// - Throws: `RequestFault`.
  package init(json: [UInt8]) throws {
    let members = try RequestFault.reading { try JSONValue(json: json) }
    guard case .object(let list) = members else { throw RequestFault.notJSON }
    for member in list where !Self.parameters.contains(member.name) {
      throw RequestFault.unknown(parameter: String(member.name.prefix(64)))
    }
    self.members = members
    let model = try members.string("model")
    guard let model else { throw RequestFault.missing(parameter: "model") }
    chat = ChatCompletionRequest(model: model, messages: [])
    chat.stream = try members.boolean("stream")
    chat.maxCompletionTokens = try members.integer("max_output_tokens", 16...(.max))
    chat.temperature = try members.decimal("temperature", 0...2)
    _ = try members.decimal("top_p", 0...1)
    chat.user = try members.string("user")
    instructions = try members.string("instructions")
    previousResponseID = try members.string("previous_response_id")
    store = try members.boolean("store") ?? true
    items = []
    try readInput()
    try readParameters()
    if try members.boolean("background") == true {
      throw RequestFault.notOffered(
        parameter: "background",
        advice: "Responses are answered while their caller waits."
      )
    }
    // What they name is kept by the provider; an answer without it would be another answer.
    if members.present("conversation") != nil {
      throw RequestFault.notOffered(
        parameter: "conversation",
        advice: "Use 'previous_response_id' instead."
      )
    }
    if members.present("prompt") != nil {
      throw RequestFault.notOffered(parameter: "prompt", advice: "Use 'input' instead.")
    }
  }

  /// What the endpoint documents.
  private static let parameters: Set<String> = [
    "background", "conversation", "include", "input", "instructions", "max_output_tokens",
    "max_tool_calls", "metadata", "model", "moderation", "parallel_tool_calls",
    "previous_response_id", "prompt", "prompt_cache_key", "prompt_cache_options",
    "prompt_cache_retention", "reasoning", "safety_identifier", "service_tier", "store", "stream",
    "stream_options", "temperature", "text", "tool_choice", "tools", "top_logprobs", "top_p",
    "truncation", "user",
  ]

  private mutating func readParameters() throws {
    if let tools = members.present("tools") {
      chat.parameters.tools = try RequestFault.naming("tools", wanted: "an array of tools") {
        var reader = JSONReader(tools.json())
        return try ToolOffer.readAll(from: &reader)
      }
    }
    if let choice = members.present("tool_choice") {
      chat.parameters.toolChoice = try RequestFault.naming(
        "tool_choice",
        wanted: "a string or an object"
      ) {
        var reader = JSONReader(choice.json())
        return try ToolChoice(from: &reader)
      }
    }
    if let format = members["text"]?.present("format") {
      var reader = JSONReader(format.json())
      chat.parameters.responseFormat = try ResponseFormat(from: &reader, parameter: "text.format")
    }
    if let metadata = members.present("metadata") {
      var reader = JSONReader(metadata.json())
      try ChatCompletionRequest.checkMetadata(from: &reader)
    }
    if let effort = members["reasoning"]?.present("effort") {
      guard ChatCompletionRequest.efforts.contains(effort.text ?? "") else {
        throw RequestFault.invalid(
          parameter: "reasoning.effort",
          wanted: ChatCompletionRequest.efforts.joined(separator: ", ")
        )
      }
    }
    chat.parameters.serviceTier = try members.string("service_tier")
    chat.parameters.parallelToolCalls = try members.boolean("parallel_tool_calls") ?? true
    if let options = members.present("stream_options") {
      chat.streamOptions = .init(includeObfuscation: options["include_obfuscation"]?.flag)
    }
    let provided = members["tools"]?.elements?.isEmpty == false
    if !provided || !chat.parameters.tools.isEmpty { try chat.parameters.check() }
  }

  private mutating func readInput() throws {
    guard let input = members.present("input") else {
      throw RequestFault.missing(parameter: "input")
    }
    if let text = input.text {
      chat.messages = [ChatMessage(role: .user, content: text)]
      items = [.message(text)]
      return
    }
    guard let list = input.elements else {
      throw RequestFault.wrongType("input", wanted: "a string or an array of items", input)
    }
    guard (1...ChatCompletionRequest.maximumMessages).contains(list.count) else {
      throw RequestFault.invalid(
        parameter: "input",
        wanted: "1 to \(ChatCompletionRequest.maximumMessages) items"
      )
    }
    for (number, item) in list.enumerated() {
      try chat.messages.append(item: item, parameter: "input[\(number)]")
    }
    items = list
  }
}

extension [ChatMessage] {
  /// Appends what an item says in the terms of a chat. Items that only a model's owner could make
  /// sense of, such as its reasoning, say nothing.
  fileprivate mutating func append(item: JSONValue, parameter: String) throws {
    switch item["type"]?.text ?? "message" {
    case "message": append(try ChatMessage(item: item, parameter: parameter))
    case "function_call", "custom_tool_call":
      let kind: ToolCall.Kind = item["type"]?.text == "function_call" ? .function : .custom
      guard let id = item["call_id"]?.text, let name = item["name"]?.text else {
        throw RequestFault.missing(parameter: parameter + ".call_id")
      }
      let input = (item["arguments"] ?? item["input"])?.text ?? ""
      let call = ToolCall(id: id, kind: kind, name: name, input: input)
      if last?.role == .assistant, last?.toolCalls.isEmpty == false {
        self[count - 1].toolCalls.append(call)
      } else {
        var message = ChatMessage(role: .assistant, content: "")
        message.toolCalls = [call]
        append(message)
      }
    case "function_call_output", "custom_tool_call_output":
      guard let id = item["call_id"]?.text else {
        throw RequestFault.missing(parameter: parameter + ".call_id")
      }
      var message = try ChatMessage(
        role: .tool,
        content: item["output"],
        parameter: parameter + ".output"
      )
      message.toolCallID = id
      append(message)
    case "reasoning", "item_reference", "compaction": break
    default:
      throw RequestFault.invalid(
        parameter: parameter + ".type",
        wanted: "message, function_call, function_call_output or reasoning"
      )
    }
  }
}

extension ChatMessage {
  fileprivate init(item: JSONValue, parameter: String) throws {
    guard let word = item["role"]?.text else {
      throw RequestFault.missing(parameter: parameter + ".role")
    }
    guard let role = Role(rawValue: word), role != .tool else {
      throw RequestFault.invalid(
        parameter: parameter + ".role",
        wanted: "one of user, assistant, system, developer"
      )
    }
    self = try ChatMessage(role: role, content: item["content"], parameter: parameter + ".content")
  }

  fileprivate init(role: Role, content: JSONValue?, parameter: String) throws {
    self.init(role: role, content: "")
    switch content {
    case .string(let text): self.content = text
    case .array(let parts):
      var reader = JSONReader(JSONValue.array(parts).json())
      try RequestFault.naming(parameter, wanted: "a string or an array of parts") {
        try readParts(from: &reader, parameter: parameter)
      }
    case nil: throw RequestFault.missing(parameter: parameter)
    default:
      throw RequestFault.wrongType(parameter, wanted: "a string or an array of parts", content)
    }
  }
}

extension JSONValue {
  /// The form in which a text that was the whole input is listed.
  fileprivate static func message(_ text: String) -> JSONValue {
    .object([
      .init("type", .string("message")),
      .init("role", .string("user")),
      .init(
        "content",
        .array([
          .object([.init("type", .string("input_text")), .init("text", .string(text))])
        ])
      ),
    ])
  }

  /// The member with this name, where it is there and not null.
  package func present(_ name: String) -> JSONValue? {
    guard let value = self[name], value != .null else { return nil }
    return value
  }

  fileprivate func string(_ name: String) throws -> String? {
    guard let value = present(name) else { return nil }
    guard let text = value.text else {
      throw RequestFault.wrongType(name, wanted: "a string", value)
    }
    return text
  }

  fileprivate func boolean(_ name: String) throws -> Bool? {
    guard let value = present(name) else { return nil }
    guard let flag = value.flag else {
      throw RequestFault.wrongType(name, wanted: "a boolean", value)
    }
    return flag
  }

  fileprivate func integer(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
    guard let value = present(name) else { return nil }
    guard case .integer(let number) = value else {
      throw RequestFault.wrongType(name, wanted: "an integer", value)
    }
    guard range.contains(number) else {
      throw RequestFault.invalid(
        parameter: name,
        wanted: "an integer of at least \(range.lowerBound)"
      )
    }
    return number
  }

  fileprivate func decimal(_ name: String, _ range: ClosedRange<Double>) throws -> Double? {
    guard let value = present(name) else { return nil }
    guard let number = value.number else {
      throw RequestFault.wrongType(name, wanted: "a number", value)
    }
    guard range.contains(number) else {
      throw RequestFault.invalid(
        parameter: name,
        wanted: "a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))"
      )
    }
    return number
  }
}

extension RequestFault {
  fileprivate static func wrongType(
    _ parameter: String,
    wanted: String,
    _ value: JSONValue?
  ) -> RequestFault {
    .wrongType(parameter: parameter, wanted: wanted, found: value?.kindWords ?? "nothing")
  }
}

extension JSONValue {
  fileprivate var kindWords: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .integer: "an integer"
    case .double: "a decimal number"
    case .bool: "a boolean"
    case .null: "null"
    }
  }
}
