/// The body of `POST /v1/chat/completions`, as far as Keyproof uses it.
package struct ChatCompletionRequest: Sendable, Codable, Equatable {
  /// What a request may hold at most.
  package static let maximumMessages = 2_048

  package var model: String
  package var messages: [ChatMessage]
  package var stream: Bool?
  package var streamOptions: StreamOptions?
  package var maxCompletionTokens: Int?
  /// Deprecated; models that reason refuse it.
  package var maxTokens: Int?
  package var temperature: Double?
  package var user: String?

  package init(
    model: String,
    messages: [ChatMessage],
    stream: Bool? = nil,
    streamOptions: StreamOptions? = nil,
    maxCompletionTokens: Int? = nil,
    maxTokens: Int? = nil,
    temperature: Double? = nil,
    user: String? = nil
  ) {
    self.model = model
    self.messages = messages
    self.stream = stream
    self.streamOptions = streamOptions
    self.maxCompletionTokens = maxCompletionTokens
    self.maxTokens = maxTokens
    self.temperature = temperature
    self.user = user
  }

  package struct StreamOptions: Sendable, Codable, Equatable {
    package var includeUsage: Bool?
    package var includeObfuscation: Bool?

    package init(includeUsage: Bool? = nil, includeObfuscation: Bool? = nil) {
      self.includeUsage = includeUsage
      self.includeObfuscation = includeObfuscation
    }

    enum CodingKeys: String, CodingKey {
      case includeUsage = "include_usage"
      case includeObfuscation = "include_obfuscation"
    }
  }

  enum CodingKeys: String, CodingKey {
    case model
    case messages
    case stream
    case streamOptions = "stream_options"
    case maxCompletionTokens = "max_completion_tokens"
    case maxTokens = "max_tokens"
    case temperature
    case user
  }
}

package struct ChatMessage: Sendable, Equatable {
  package enum Role: String, Sendable, Codable {
    case developer
    case system
    case user
    case assistant
    case tool
  }

  package var role: Role
  /// Text parts are joined by line feeds when they are read; other parts are refused.
  package var content: String

  package init(role: Role, content: String) {
    self.role = role
    self.content = content
  }
}

extension ChatMessage: Codable {
  private enum CodingKeys: String, CodingKey {
    case role
    case content
  }

  private struct Part: Decodable {
    var type: String
    var text: String?
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    role = try container.decode(Role.self, forKey: .role)
    if try !container.contains(.content) || container.decodeNil(forKey: .content) {
      content = ""
    } else if let text = try? container.decode(String.self, forKey: .content) {
      content = text
    } else {
      content = try container.decode([Part].self, forKey: .content)
        .map { part in
          guard part.type == "text", let text = part.text else {
            throw DecodingError.dataCorruptedError(
              forKey: .content,
              in: container,
              debugDescription: "only text parts are taken"
            )
          }
          return text
        }
        .joined(separator: "\n")
    }
  }
}
