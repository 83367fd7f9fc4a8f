/// The body of `POST /v1/chat/completions`.
package struct ChatCompletionRequest: Sendable, Equatable {
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
  package var parameters = ChatParameters()

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

  package struct StreamOptions: Sendable, Equatable {
    package var includeUsage: Bool?
    package var includeObfuscation: Bool?

    package init(includeUsage: Bool? = nil, includeObfuscation: Bool? = nil) {
      self.includeUsage = includeUsage
      self.includeObfuscation = includeObfuscation
    }
  }
}
