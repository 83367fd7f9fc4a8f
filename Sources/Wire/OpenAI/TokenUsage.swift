/// The tokens that a call is billed for, as a response states them.
package struct TokenUsage: Sendable, Hashable {
  package var promptTokens: Int
  package var completionTokens: Int

  package var totalTokens: Int { promptTokens + completionTokens }

  package init(promptTokens: Int, completionTokens: Int) {
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
  }
}

extension TokenUsage: Codable {
  private enum CodingKeys: String, CodingKey {
    case promptTokens = "prompt_tokens"
    case completionTokens = "completion_tokens"
    case totalTokens = "total_tokens"
  }

  /// An embeddings response states no completion tokens: there are none.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    promptTokens = try container.decode(Int.self, forKey: .promptTokens)
    completionTokens = try container.decodeIfPresent(Int.self, forKey: .completionTokens) ?? 0
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(promptTokens, forKey: .promptTokens)
    try container.encode(completionTokens, forKey: .completionTokens)
    try container.encode(totalTokens, forKey: .totalTokens)
  }
}

extension TokenUsage {
  init(from reader: inout JSONReader) throws {
    var usage = TokenUsage(promptTokens: 0, completionTokens: 0)
    try reader.readObject { name, reader in
      switch name {
      case "prompt_tokens": usage.promptTokens = try reader.readInt()
      case "completion_tokens": usage.completionTokens = try reader.readInt()
      default: try reader.skipValue()
      }
    }
    self = usage
  }

  /// With the detail members that a chat completion carries.
  func appendChatUsage(to bytes: inout [UInt8]) {
    bytes.append(json: "{\"prompt_tokens\":")
    bytes.append(jsonNumber: promptTokens)
    bytes.append(json: ",\"completion_tokens\":")
    bytes.append(jsonNumber: completionTokens)
    bytes.append(json: ",\"total_tokens\":")
    bytes.append(jsonNumber: totalTokens)
    bytes.append(
      json: """
        ,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0}\
        ,"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0\
        ,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}
        """
    )
  }
}
