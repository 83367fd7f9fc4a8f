/// The whole answer of a chat completion that was not streamed.
package struct ChatCompletion: Sendable, Codable, Equatable {
  package var id: String
  /// Seconds since 1970.
  package var created: Int64
  /// The dated snapshot that answered, not the alias asked for.
  package var model: String
  package var choices: [Choice]
  package var usage: TokenUsage?
  package var serviceTier: String?
  /// Names the set-up that answered: with one and the same, a seed gives one answer.
  package var systemFingerprint: String?

  package init(
    id: String,
    created: Int64,
    model: String,
    choices: [Choice],
    usage: TokenUsage?,
    serviceTier: String? = "default",
    systemFingerprint: String? = nil
  ) {
    self.id = id
    self.created = created
    self.model = model
    self.choices = choices
    self.usage = usage
    self.serviceTier = serviceTier
    self.systemFingerprint = systemFingerprint
  }

  enum CodingKeys: String, CodingKey {
    case id
    case created
    case model
    case choices
    case usage
    case serviceTier = "service_tier"
    case systemFingerprint = "system_fingerprint"
  }

  package struct Choice: Sendable, Codable, Equatable {
    package var index: Int
    package var message: Message
    package var finishReason: FinishReason?
    /// Written, never read.
    package var logProbabilities: [TokenLogProbability]?

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
    package var refusal: String?
    package var toolCalls: [ToolCall]?

    package init(
      role: String = "assistant",
      content: String?,
      refusal: String? = nil,
      toolCalls: [ToolCall]? = nil
    ) {
      self.role = role
      self.content = content
      self.refusal = refusal
      self.toolCalls = toolCalls
    }

    enum CodingKeys: String, CodingKey {
      case role
      case content
      case refusal
      case toolCalls = "tool_calls"
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
  /// The answer as the provider sends it.
  package func json(_ additions: ChatAdditions = .none) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(
      800 + choices.reduce(0) { $0 + 200 + ($1.message.content?.utf8.count ?? 0) }
    )
    bytes.append(json: "{\"id\":")
    bytes.append(jsonString: id)
    bytes.append(json: ",\"object\":\"chat.completion\",\"created\":")
    bytes.append(jsonNumber: Int(created))
    bytes.append(json: ",\"model\":")
    bytes.append(jsonString: model)
    bytes.append(json: ",\"choices\":[")
    for (position, choice) in choices.enumerated() {
      if position > 0 { bytes.append(json: ",") }
      choice.append(to: &bytes, additions)
    }
    bytes.append(json: "]")
    if let usage {
      bytes.append(json: ",\"usage\":")
      usage.appendChatUsage(to: &bytes)
    }
    bytes.append(json: ",\"service_tier\":")
    bytes.append(optionalJSONString: serviceTier)
    bytes.append(json: ",\"system_fingerprint\":")
    bytes.append(optionalJSONString: systemFingerprint)
    bytes.append(contentsOf: additions.body)
    bytes.append(json: "}")
    return bytes
  }
}

extension ChatCompletion.Choice {
  fileprivate func append(to bytes: inout [UInt8], _ additions: ChatAdditions) {
    bytes.append(json: "{\"index\":")
    bytes.append(jsonNumber: index)
    bytes.append(json: ",\"message\":{\"role\":")
    bytes.append(jsonString: message.role)
    bytes.append(json: ",\"content\":")
    bytes.append(optionalJSONString: message.content)
    if let calls = message.toolCalls, !calls.isEmpty {
      bytes.append(json: ",\"tool_calls\":[")
      for (index, call) in calls.enumerated() {
        if index > 0 { bytes.append(json: ",") }
        call.append(to: &bytes)
      }
      bytes.append(json: "]")
    }
    bytes.append(json: ",\"refusal\":")
    bytes.append(optionalJSONString: message.refusal)
    bytes.append(json: ",\"annotations\":[]},\"logprobs\":")
    bytes.append(logProbabilities: logProbabilities)
    bytes.append(json: ",\"finish_reason\":")
    bytes.append(optionalJSONString: finishReason?.rawValue)
    bytes.append(contentsOf: additions.choice)
    bytes.append(json: "}")
  }
}

extension [UInt8] {
  /// Appends a JSON string, or `null`.
  mutating func append(optionalJSONString text: String?) {
    if let text { append(jsonString: text) } else { append(json: "null") }
  }
}
