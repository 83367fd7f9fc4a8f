/// The whole answer of a chat completion that was not streamed.
package struct ChatCompletion: Sendable, Codable, Equatable {
  package var id: String
  /// Seconds since 1970.
  package var created: Int64
  /// The dated snapshot that answered, not the alias asked for.
  package var model: String
  package var choices: [Choice]
  package var usage: TokenUsage?

  package init(
    id: String,
    created: Int64,
    model: String,
    choices: [Choice],
    usage: TokenUsage?
  ) {
    self.id = id
    self.created = created
    self.model = model
    self.choices = choices
    self.usage = usage
  }

  package struct Choice: Sendable, Codable, Equatable {
    package var index: Int
    package var message: Message
    package var finishReason: FinishReason?

    package init(index: Int, message: Message, finishReason: FinishReason?) {
      self.index = index
      self.message = message
      self.finishReason = finishReason
    }

    enum CodingKeys: String, CodingKey {
      case index
      case message
      case finishReason = "finish_reason"
    }
  }

  package struct Message: Sendable, Codable, Equatable {
    package var role: String
    package var content: String?

    package init(role: String = "assistant", content: String?) {
      self.role = role
      self.content = content
    }
  }
}

/// Why the model stopped. Open, since providers add reasons.
package struct FinishReason: RawRepresentable, Sendable, Hashable, Codable {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  package static let stop = FinishReason(rawValue: "stop")
  package static let length = FinishReason(rawValue: "length")
  package static let contentFilter = FinishReason(rawValue: "content_filter")
  package static let toolCalls = FinishReason(rawValue: "tool_calls")
}

extension ChatCompletion {
  /// The answer as the provider sends it, with the members that Keyproof never sets.
  package func json() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(json: "{\"id\":")
    bytes.append(jsonString: id)
    bytes.append(json: ",\"object\":\"chat.completion\",\"created\":")
    bytes.append(jsonNumber: Int(created))
    bytes.append(json: ",\"model\":")
    bytes.append(jsonString: model)
    bytes.append(json: ",\"choices\":[")
    for (position, choice) in choices.enumerated() {
      bytes.append(json: position == 0 ? "{\"index\":" : ",{\"index\":")
      bytes.append(jsonNumber: choice.index)
      bytes.append(json: ",\"message\":{\"role\":")
      bytes.append(jsonString: choice.message.role)
      bytes.append(json: ",\"content\":")
      bytes.append(optionalJSONString: choice.message.content)
      bytes.append(
        json: ",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":"
      )
      bytes.append(optionalJSONString: choice.finishReason?.rawValue)
      bytes.append(json: "}")
    }
    bytes.append(json: "]")
    if let usage {
      bytes.append(json: ",\"usage\":")
      usage.appendChatUsage(to: &bytes)
    }
    bytes.append(json: ",\"service_tier\":\"default\",\"system_fingerprint\":null}")
    return bytes
  }
}

extension [UInt8] {
  /// Appends a JSON string, or `null`.
  mutating func append(optionalJSONString text: String?) {
    if let text { append(jsonString: text) } else { append(json: "null") }
  }
}
