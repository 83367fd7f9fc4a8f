extension ChatCompletionRequest {
  /// The request as it is sent.
  package func json() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256 + messages.reduce(0) { $0 + $1.content.utf8.count + 40 })
    bytes.append(json: "{\"model\":")
    bytes.append(jsonString: model)
    bytes.append(json: ",\"messages\":[")
    for (index, message) in messages.enumerated() {
      bytes.append(json: index == 0 ? "{\"role\":\"" : ",{\"role\":\"")
      bytes.append(contentsOf: message.role.rawValue.utf8)
      bytes.append(json: "\",\"content\":")
      bytes.append(jsonString: message.content)
      bytes.append(json: "}")
    }
    bytes.append(json: "]")
    if let stream { bytes.append(json: stream ? ",\"stream\":true" : ",\"stream\":false") }
    if let streamOptions { streamOptions.append(to: &bytes) }
    if let maxCompletionTokens {
      bytes.append(json: ",\"max_completion_tokens\":")
      bytes.append(jsonNumber: maxCompletionTokens)
    }
    if let maxTokens {
      bytes.append(json: ",\"max_tokens\":")
      bytes.append(jsonNumber: maxTokens)
    }
    if let temperature {
      bytes.append(json: ",\"temperature\":")
      bytes.append(jsonNumber: temperature)
    }
    if let user {
      bytes.append(json: ",\"user\":")
      bytes.append(jsonString: user)
    }
    bytes.append(json: "}")
    return bytes
  }

  /// Reads a request. Documented parameters that Keyproof does not use are skipped, whatever they
  /// hold; undocumented ones are a fault, as the provider makes them.
  ///
  /// - Throws: `RequestFault`.
  package init(json: [UInt8]) throws {
    var reader = JSONReader(json)
    var model: String?
    var messages: [ChatMessage]?
    var request = ChatCompletionRequest(model: "", messages: [])
    try RequestFault.reading {
      try reader.readObject { name, reader in
        switch name {
        case "model":
          model = try RequestFault.naming("model", wanted: "a string") {
            try reader.readString()
          }
        case "messages": messages = try ChatMessage.readAll(from: &reader)
        default: try request.readOption(name, from: &reader)
        }
      }
      try reader.finish()
    }
    guard let model else { throw RequestFault.missing(parameter: "model") }
    guard let messages else { throw RequestFault.missing(parameter: "messages") }
    guard !messages.isEmpty else {
      throw RequestFault.invalid(parameter: "messages", wanted: "at least one message")
    }
    request.model = model
    request.messages = messages
    self = request
  }

  private mutating func readOption(_ name: String, from reader: inout JSONReader) throws {
    if Self.usedOptions.contains(name), try reader.readNull() { return }
    switch name {
    case "stream":
      stream = try RequestFault.naming(name, wanted: "a boolean") { try reader.readBool() }
    case "stream_options":
      streamOptions = try RequestFault.naming(name, wanted: "an object of booleans") {
        try StreamOptions(from: &reader)
      }
    case "max_completion_tokens", "max_tokens":
      let limit = try RequestFault.naming(name, wanted: "an integer") { try reader.readInt() }
      guard limit >= 1 else {
        throw RequestFault.invalid(parameter: name, wanted: "an integer above 0")
      }
      if name == "max_tokens" { maxTokens = limit } else { maxCompletionTokens = limit }
    case "temperature":
      let value = try RequestFault.naming(name, wanted: "a number") { try reader.readDouble() }
      guard (0...2).contains(value) else {
        throw RequestFault.invalid(parameter: name, wanted: "a number from 0 to 2")
      }
      temperature = value
    case "user":
      user = try RequestFault.naming(name, wanted: "a string") { try reader.readString() }
    default:
      guard Self.otherParameters.contains(name) else {
        throw RequestFault.unknown(parameter: String(name.prefix(64)))
      }
      try reader.skipValue()
    }
  }

  private static let usedOptions: Set<String> = [
    "stream", "stream_options", "max_completion_tokens", "max_tokens", "temperature", "user",
  ]

  /// What the endpoint documents and Keyproof makes no use of.
  private static let otherParameters: Set<String> = [
    "audio", "frequency_penalty", "function_call", "functions", "logit_bias", "logprobs",
    "metadata", "modalities", "moderation", "n", "parallel_tool_calls", "prediction",
    "presence_penalty", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention",
    "reasoning_effort", "response_format", "safety_identifier", "seed", "service_tier", "stop",
    "store", "tool_choice", "tools", "top_logprobs", "top_p", "verbosity", "web_search_options",
  ]
}

extension ChatCompletionRequest.StreamOptions {
  fileprivate func append(to bytes: inout [UInt8]) {
    bytes.append(json: ",\"stream_options\":{")
    if let includeUsage {
      bytes.append(json: includeUsage ? "\"include_usage\":true" : "\"include_usage\":false")
    }
    if let includeObfuscation {
      if includeUsage != nil { bytes.append(json: ",") }
      bytes.append(
        json: includeObfuscation
          ? "\"include_obfuscation\":true" : "\"include_obfuscation\":false"
      )
    }
    bytes.append(json: "}")
  }

  fileprivate init(from reader: inout JSONReader) throws {
    var options = Self()
    try reader.readObject { name, reader in
      switch name {
      case "include_usage": options.includeUsage = try reader.readBool()
      case "include_obfuscation": options.includeObfuscation = try reader.readBool()
      default: try reader.skipValue()
      }
    }
    self = options
  }
}

extension ChatMessage {
  fileprivate static func readAll(from reader: inout JSONReader) throws -> [ChatMessage] {
    var messages: [ChatMessage] = []
    try RequestFault.naming("messages", wanted: "an array of objects") {
      try reader.readArray { reader in
        guard messages.count < ChatCompletionRequest.maximumMessages else {
          throw RequestFault.invalid(
            parameter: "messages",
            wanted: "at most \(ChatCompletionRequest.maximumMessages) messages"
          )
        }
        let parameter = "messages[\(messages.count)]"
        messages.append(
          try RequestFault.naming(parameter, wanted: "a message with role and text content") {
            try ChatMessage(from: &reader, parameter: parameter)
          }
        )
      }
    }
    return messages
  }

  private init(from reader: inout JSONReader, parameter: String) throws {
    var role: Role?
    var content = ""
    try reader.readObject { name, reader in
      switch name {
      case "role":
        guard let known = Role(rawValue: try reader.readString()) else {
          throw RequestFault.invalid(
            parameter: parameter + ".role",
            wanted: "one of developer, system, user, assistant, tool"
          )
        }
        role = known
      case "content":
        switch try reader.nextKind() {
        case .null: _ = try reader.readNull()
        case .string: content = try reader.readString()
        default: content = try Self.readParts(from: &reader, parameter: parameter)
        }
      default: try reader.skipValue()
      }
    }
    guard let role else { throw RequestFault.missing(parameter: parameter + ".role") }
    self.init(role: role, content: content)
  }

  private static func readParts(
    from reader: inout JSONReader,
    parameter: String
  ) throws -> String {
    var texts: [String] = []
    try reader.readArray { reader in
      var type: String?
      var text: String?
      try reader.readObject { name, reader in
        switch name {
        case "type": type = try reader.readString()
        case "text": text = try reader.readString()
        default: try reader.skipValue()
        }
      }
      guard type == "text", let text else {
        throw RequestFault.invalid(parameter: parameter + ".content", wanted: "text parts")
      }
      texts.append(text)
    }
    return texts.joined(separator: "\n")
  }
}
