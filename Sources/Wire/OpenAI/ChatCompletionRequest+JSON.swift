extension ChatCompletionRequest {
  /// The request as Keyproof sends it: its `parameters` are only read.
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
      message.appendToolMembers(to: &bytes)
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

  /// Reads a request. Documented parameters without a meaning here are skipped, whatever they
  /// hold; undocumented ones are a fault, as the provider makes them.
  ///
  /// - Parameter modelOtherwise: the model of a request that names none, where its path has one.
  /// - Throws: `RequestFault`.
  package init(json: [UInt8], modelOtherwise: String? = nil) throws {
    var reader = JSONReader(json)
    var model = modelOtherwise
    var messages: [ChatMessage]?
    var request = ChatCompletionRequest(model: "", messages: [])
    try RequestFault.reading {
      try reader.readObject { name, reader in
        switch name {
        case "model":
          // Clients of Azure write null where the path has the model.
          if modelOtherwise != nil, try reader.readNull() { break }
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
    try request.parameters.check()
    try ChatMessage.checkToolCalls(in: messages)
    request.model = model
    request.messages = messages
    self = request
  }
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

  init(from reader: inout JSONReader) throws {
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
