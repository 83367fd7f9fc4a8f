/// The answer to `POST /v1/embeddings`: vectors in the order of the inputs.
package struct EmbeddingsResponse: Sendable, Codable, Equatable {
  package var data: [Embedding]
  package var model: String
  package var usage: TokenUsage

  package init(data: [Embedding], model: String, usage: TokenUsage) {
    self.data = data
    self.model = model
    self.usage = usage
  }

  package struct Embedding: Sendable, Codable, Equatable {
    package var index: Int
    package var embedding: EmbeddingVector

    package init(index: Int, embedding: EmbeddingVector) {
      self.index = index
      self.embedding = embedding
    }
  }
}

extension EmbeddingsResponse {
  package func json() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(json: "{\"object\":\"list\",\"data\":[")
    for (position, item) in data.enumerated() {
      bytes.append(
        json: position == 0
          ? "{\"object\":\"embedding\",\"index\":" : ",{\"object\":\"embedding\",\"index\":"
      )
      bytes.append(jsonNumber: item.index)
      bytes.append(json: ",\"embedding\":")
      item.embedding.append(to: &bytes)
      bytes.append(json: "}")
    }
    bytes.append(json: "],\"model\":")
    bytes.append(jsonString: model)
    bytes.append(json: ",\"usage\":{\"prompt_tokens\":")
    bytes.append(jsonNumber: usage.promptTokens)
    bytes.append(json: ",\"total_tokens\":")
    bytes.append(jsonNumber: usage.totalTokens)
    bytes.append(json: "}}")
    return bytes
  }

  /// - Throws: `JSONFault`.
  package init(json: [UInt8]) throws {
    var reader = JSONReader(json)
    var response = EmbeddingsResponse(
      data: [],
      model: "",
      usage: TokenUsage(promptTokens: 0, completionTokens: 0)
    )
    var hasData = false
    try reader.readObject { name, reader in
      switch name {
      case "data":
        hasData = true
        try reader.readArray { reader in response.data.append(try Embedding(from: &reader)) }
      case "model": response.model = try reader.readString()
      case "usage": response.usage = try TokenUsage(from: &reader)
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    guard hasData else { throw JSONFault.unexpected(.object, at: 0) }
    self = response
  }
}

extension EmbeddingsResponse.Embedding {
  fileprivate init(from reader: inout JSONReader) throws {
    var index = 0
    var vector: EmbeddingVector?
    try reader.readObject { name, reader in
      switch name {
      case "index": index = try reader.readInt()
      case "embedding": vector = try EmbeddingVector(from: &reader)
      default: try reader.skipValue()
      }
    }
    guard let vector else { throw JSONFault.unexpected(.object, at: 0) }
    self.init(index: index, embedding: vector)
  }
}
