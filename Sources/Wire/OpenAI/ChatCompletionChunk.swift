/// One piece of a streamed chat completion.
package struct ChatCompletionChunk: Sendable, Codable, Equatable {
  package var id: String
  /// Seconds since 1970.
  package var created: Int64
  package var model: String
  /// Empty in the chunk that carries the usage.
  package var choices: [Choice]
  package var usage: TokenUsage?

  package init(
    id: String,
    created: Int64,
    model: String,
    choices: [Choice],
    usage: TokenUsage? = nil
  ) {
    self.id = id
    self.created = created
    self.model = model
    self.choices = choices
    self.usage = usage
  }

  package struct Choice: Sendable, Codable, Equatable {
    package var index: Int
    package var delta: Delta
    package var finishReason: FinishReason?

    package init(index: Int, delta: Delta, finishReason: FinishReason? = nil) {
      self.index = index
      self.delta = delta
      self.finishReason = finishReason
    }

    enum CodingKeys: String, CodingKey {
      case index
      case delta
      case finishReason = "finish_reason"
    }
  }

  package struct Delta: Sendable, Codable, Equatable {
    package var role: String?
    package var content: String?

    package init(role: String? = nil, content: String? = nil) {
      self.role = role
      self.content = content
    }
  }
}

/// One `data:` record of a chat completion's stream.
package enum ChatStreamRecord: Sendable, Equatable {
  case chunk(ChatCompletionChunk)
  /// The provider failed after it had begun to answer.
  case error(OpenAIErrorBody)
  /// `[DONE]`: the stream is complete. Without it, it was cut off.
  case done

  /// - Parameter payload: of a record, as `ServerSentEventParser` gives it.
  /// - Throws: `JSONFault` for anything else than the three.
  package init(payload: [UInt8]) throws {
    guard payload != ServerSentEvents.done else {
      self = .done
      return
    }
    var reader = JSONReader(payload)
    var chunk = ChatCompletionChunk(id: "", created: 0, model: "", choices: [])
    var failure: OpenAIErrorBody?
    try reader.readObject { name, reader in
      switch name {
      case "id": chunk.id = try reader.readString()
      case "created": chunk.created = Int64(try reader.readInt())
      case "model": chunk.model = try reader.readString()
      case "choices":
        try reader.readArray { reader in
          chunk.choices.append(try ChatCompletionChunk.Choice(from: &reader))
        }
      case "usage":
        if try !reader.readNull() { chunk.usage = try TokenUsage(from: &reader) }
      case "error":
        if try !reader.readNull() { failure = try OpenAIErrorBody(from: &reader) }
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    self = failure.map(ChatStreamRecord.error) ?? .chunk(chunk)
  }
}

extension ChatCompletionChunk.Choice {
  fileprivate init(from reader: inout JSONReader) throws {
    var choice = Self(index: 0, delta: .init())
    try reader.readObject { name, reader in
      switch name {
      case "index": choice.index = try reader.readInt()
      case "delta":
        if try reader.readNull() { break }
        try reader.readObject { name, reader in
          if try reader.readNull() { return }
          switch name {
          case "role": choice.delta.role = try reader.readString()
          case "content": choice.delta.content = try reader.readString()
          default: try reader.skipValue()
          }
        }
      case "finish_reason":
        if try !reader.readNull() {
          choice.finishReason = FinishReason(rawValue: try reader.readString())
        }
      default: try reader.skipValue()
      }
    }
    self = choice
  }
}
